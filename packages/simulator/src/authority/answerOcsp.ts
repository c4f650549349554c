import { concatBytes, encodeOid, encodeTlv, equalBytes } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import { hashAlgorithmByOid, PkiError, parseCertificate } from '@cccd/pki'
import { type OcspCertificateId, type OcspRequest, parseOcspRequest } from '@cccd/pki/revocation'
import { shiftDate } from '../issuer/shiftDate.js'
import type { DemoServices } from './createServices.js'
import type { Revoked } from './demoRevocationList.js'
import { extension, generalizedTime, objectIdentifier, octetString, sequence } from './der.js'
import { type AuthorityContext, signed } from './signed.js'

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

const statuses = { malformedRequest: 1, tryLater: 3 } as const
const refusal = (status: number): Uint8Array => sequence(encodeTlv(0x0a, Uint8Array.of(status)))

/**
 * Answers an OCSP request (DER) in the name of an issuer: `good` for whatever is not revoked, `unknown` for certificates of other issuers,
 * signed by its responder, in force for a day (RFC 6960 4.2). What is no request gets `malformedRequest`.
 *
 * @example
 * const answer = await answerOcsp(encodeOcspRequest({ certificate, issuer }), services, { at, random })
 */
export async function answerOcsp(request: Uint8Array, services: DemoServices, input: OcspInput): Promise<Uint8Array> {
  const { fault, random, crypto = defaultCrypto() } = input
  const asked = readRequest(request)
  if (asked === undefined) return refusal(statuses.malformedRequest)
  if (fault === 'try-later') return refusal(statuses.tryLater)
  const { responder } = fault === 'wrong-signer' ? services.impostor : fault === 'expired-signer' ? services.expired : services
  const thisUpdate = shiftDate(input.at, { days: fault === 'stale' ? -3 : fault === 'future' ? 3 : 0 })
  const nonce = fault === 'no-nonce' ? undefined : fault === 'wrong-nonce' ? random(16) : asked.nonce
  const { keyIdentifier = new Uint8Array(0) } = parseCertificate(responder.certificate)
  const tbs = sequence(
    encodeTlv(0xa2, octetString(keyIdentifier)),
    generalizedTime(thisUpdate),
    sequence(
      ...asked.certificates.map((id) =>
        sequence(
          identifier(fault === 'other-certificate' ? { ...id, serialNumber: Uint8Array.of(1) } : id),
          statusOf(id, services, input, crypto),
          generalizedTime(thisUpdate),
          encodeTlv(0xa0, generalizedTime(shiftDate(thisUpdate, { days: 1 }))),
        ),
      ),
    ),
    ...(nonce === undefined ? [] : [encodeTlv(0xa1, sequence(extension('1.3.6.1.5.5.7.48.1.2', octetString(nonce))))]),
  )
  const certificates = encodeTlv(0xa0, sequence(responder.certificate))
  const basic = await signed(tbs, responder, { crypto, random, broken: fault === 'broken-signature' }, certificates)
  const answer = sequence(
    encodeTlv(0x0a, Uint8Array.of(0)),
    encodeTlv(0xa0, sequence(objectIdentifier('1.3.6.1.5.5.7.48.1.1'), octetString(basic))),
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

function identifier({ hashOid, issuerNameHash, issuerKeyHash, serialNumber }: OcspCertificateId): Uint8Array {
  return sequence(
    sequence(encodeTlv(0x06, encodeOid(hashOid)), encodeTlv(0x05)),
    octetString(issuerNameHash),
    octetString(issuerKeyHash),
    encodeTlv(0x02, serialNumber),
  )
}

/** CertStatus ::= CHOICE { good [0] NULL, revoked [1] RevokedInfo, unknown [2] NULL } */
function statusOf(
  { hashOid, issuerNameHash, serialNumber }: OcspCertificateId,
  { issuer }: DemoServices,
  { revoked = [], fault }: OcspInput,
  crypto: CryptoPort,
): Uint8Array {
  const hash = hashAlgorithmByOid(hashOid)
  const { subject } = parseCertificate(issuer.certificate)
  const ours = hash !== undefined && equalBytes(crypto.hash(hash, subject.raw), issuerNameHash)
  if (fault === 'unknown-status' || !ours) return encodeTlv(0x82)
  const entry = revoked.find((each) => equalBytes(each.serialNumber, serialNumber))
  if (entry === undefined) return encodeTlv(0x80)
  const reason = entry.reason === undefined ? [] : [encodeTlv(0xa0, encodeTlv(0x0a, Uint8Array.of(entry.reason)))]
  return encodeTlv(0xa1, concatBytes(generalizedTime(new Date(entry.at)), ...reason))
}
