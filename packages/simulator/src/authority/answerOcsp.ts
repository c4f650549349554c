import { equalBytes } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import { hashAlgorithmByOid, PkiError, parseCertificate } from '@cccd/pki'
import { type OcspCertificateId, type OcspRequest, parseOcspRequest } from '@cccd/pki/revocation'
import {
  BasicOCSPResponse,
  CertID,
  CertStatus,
  KeyHash,
  OCSPResponse,
  OCSPResponseStatus,
  ResponderID,
  ResponseBytes,
  ResponseData,
  RevokedInfo,
  SingleResponse,
} from '@peculiar/asn1-ocsp'
import { OctetString } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier, Certificate, CRLReason, Extension } from '@peculiar/asn1-x509'
import { buffer, decode, encode } from '../asn1/encode.js'
import { shiftDate } from '../issuer/shiftDate.js'
import type { DemoServices } from './createServices.js'
import type { Revoked } from './demoRevocationList.js'
import { type AuthorityContext, algorithmOf, signatureOver } from './signatureOver.js'

export const ocspFaults = [
  'wrong-signer',
  'expired-signer',
  'broken-signature',
  'stale',
  'future',
  'wrong-nonce',
  'no-nonce',
  'unknown-status',
  'other-certificate',
  'try-later',
  'malformed',
] as const
export type OcspFault = (typeof ocspFaults)[number]

export interface OcspInput extends AuthorityContext {
  readonly revoked?: readonly Revoked[]
  readonly fault?: OcspFault | undefined
}

const basicResponse = '1.3.6.1.5.5.7.48.1.1'
const nonceExtension = '1.3.6.1.5.5.7.48.1.2'
const refusal = (responseStatus: OCSPResponseStatus): Uint8Array => encode(new OCSPResponse({ responseStatus }))
const octets = (bytes: Uint8Array): OctetString => new OctetString(buffer(bytes))

/**
 * Answers an OCSP request (DER) in the name of an issuer: `good` for whatever is not revoked, `unknown` for certificates of other issuers,
 * signed by its responder, in force for a day (RFC 6960 4.2). What is no request gets `malformedRequest`. Written with `@peculiar/asn1-ocsp`:
 * nothing of it is shared with the reader in `@cccd/pki`.
 *
 * @example
 * const answer = await answerOcsp(encodeOcspRequest({ certificate, issuer }), services, { at, random })
 */
export async function answerOcsp(request: Uint8Array, services: DemoServices, input: OcspInput): Promise<Uint8Array> {
  const { fault, random, crypto = defaultCrypto() } = input
  const asked = readRequest(request)
  if (asked === undefined) return refusal(OCSPResponseStatus.malformedRequest)
  if (fault === 'try-later') return refusal(OCSPResponseStatus.tryLater)
  const { responder } = fault === 'wrong-signer' ? services.impostor : fault === 'expired-signer' ? services.expired : services
  const thisUpdate = shiftDate(input.at, { days: fault === 'stale' ? -3 : fault === 'future' ? 3 : 0 })
  const nonce = fault === 'no-nonce' ? undefined : fault === 'wrong-nonce' ? random(16) : asked.nonce
  const { keyIdentifier = new Uint8Array(0) } = parseCertificate(responder.certificate)
  const tbsResponseData = new ResponseData({
    responderID: new ResponderID({ byKey: new KeyHash(buffer(keyIdentifier)) }),
    producedAt: thisUpdate,
    responses: asked.certificates.map(
      (id) =>
        new SingleResponse({
          certID: identifier(fault === 'other-certificate' ? { ...id, serialNumber: Uint8Array.of(1) } : id),
          certStatus: statusOf(id, services, input, crypto),
          thisUpdate,
          nextUpdate: shiftDate(thisUpdate, { days: 1 }),
        }),
    ),
    ...(nonce && {
      responseExtensions: [new Extension({ extnID: nonceExtension, extnValue: octets(encode(octets(nonce))) })],
    }),
  })
  const signature = await signatureOver(encode(tbsResponseData), responder, {
    crypto,
    random,
    broken: fault === 'broken-signature',
  })
  const basic = new BasicOCSPResponse({
    tbsResponseData,
    signatureAlgorithm: algorithmOf(responder),
    signature: buffer(signature),
    certs: [decode(responder.certificate, Certificate)],
  })
  const answer = encode(
    new OCSPResponse({
      responseStatus: OCSPResponseStatus.successful,
      responseBytes: new ResponseBytes({ responseType: basicResponse, response: octets(encode(basic)) }),
    }),
  )
  return fault === 'malformed' ? answer.subarray(0, answer.length - 1) : answer
}

function readRequest(request: Uint8Array): OcspRequest | undefined {
  try {
    return parseOcspRequest(request)
  } catch (error) {
    if (error instanceof PkiError) return undefined
    throw error
  }
}

function identifier({ hashOid, issuerNameHash, issuerKeyHash, serialNumber }: OcspCertificateId): CertID {
  return new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: hashOid, parameters: null }),
    issuerNameHash: octets(issuerNameHash),
    issuerKeyHash: octets(issuerKeyHash),
    serialNumber: buffer(serialNumber),
  })
}

/** CertStatus ::= CHOICE { good [0] NULL, revoked [1] RevokedInfo, unknown [2] NULL } */
function statusOf(
  { hashOid, issuerNameHash, serialNumber }: OcspCertificateId,
  { issuer }: DemoServices,
  { revoked = [], fault }: OcspInput,
  crypto: CryptoPort,
): CertStatus {
  const hash = hashAlgorithmByOid(hashOid)
  const { subject } = parseCertificate(issuer.certificate)
  const ours = hash !== undefined && equalBytes(crypto.hash(hash, subject.raw), issuerNameHash)
  if (fault === 'unknown-status' || !ours) return new CertStatus({ unknown: null })
  const entry = revoked.find((each) => equalBytes(each.serialNumber, serialNumber))
  if (entry === undefined) return new CertStatus({ good: null })
  const { at, reason } = entry
  const revocation = new RevokedInfo({
    revocationTime: shiftDate(at, {}),
    ...(reason !== undefined && { revocationReason: new CRLReason(reason) }),
  })
  return new CertStatus({ revoked: revocation })
}
