import { defaultCrypto } from '@cccd/crypto/default'
import { PkiError } from '@cccd/pki'
import { parseTimestampRequest, type TimestampRequest } from '@cccd/pki/timestamp'
import { OctetString } from '@peculiar/asn1-schema'
import {
  MessageImprint,
  PKIFailureInfo,
  PKIStatus,
  PKIStatusInfo,
  TimeStampResp,
  TimeStampToken,
  TSTInfo,
} from '@peculiar/asn1-tsp'
import { hashIdentifier } from '../asn1/algorithmIdentifier.js'
import { buffer, decode, encode } from '../asn1/encode.js'
import { signingCertificate } from '../asn1/signingCertificate.js'
import { shiftDate } from '../issuer/shiftDate.js'
import { signedData } from '../issuer/signedData.js'
import type { DemoServices } from './createServices.js'
import type { AuthorityContext } from './signatureOver.js'

export const timestampFaults = [
  'wrong-signer',
  'expired-signer',
  'broken-signature',
  'wrong-nonce',
  'no-nonce',
  'wrong-imprint',
  'wrong-policy',
  'no-signing-certificate',
  'past',
  'refused',
  'malformed',
] as const
export type TimestampFault = (typeof timestampFaults)[number]

export interface TimestampInput extends AuthorityContext {
  readonly fault?: TimestampFault | undefined
}

/** The policy under which DEMO timestamps are given. */
export const demoTimestampPolicy = '1.3.6.1.4.1.99999.3161.1'
const otherPolicy = '1.3.6.1.4.1.99999.3161.2'
const tokenInfo = '1.2.840.113549.1.9.16.1.4'
const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47'
/** Bits of PKIFailureInfo (RFC 3161 2.4.2). */
const failures = { badAlgorithm: 0, badRequest: 2, unacceptedPolicy: 15, unacceptedExtension: 16, systemFailure: 25 } as const

/**
 * Answers a timestamp request (DER) with a token of the authority's clock, or refuses it as RFC 3161 2.4.2 says. Written with
 * `@peculiar/asn1-tsp`: nothing of it is shared with the reader in `@cccd/pki`.
 *
 * @example
 * const response = parseTimestampResponse(await answerTimestamp(encodeTimestampRequest({ hash, algorithm: 'sha256' }), services, { at, random }))
 */
export async function answerTimestamp(request: Uint8Array, services: DemoServices, input: TimestampInput): Promise<Uint8Array> {
  const { fault, random, crypto = defaultCrypto() } = input
  const asked = readRequest(request)
  if (asked === undefined) return refused('badRequest')
  const { imprint, policy = demoTimestampPolicy, unknownCritical, nonce } = asked
  if (imprint.algorithm === undefined || imprint.hash.length !== crypto.hash(imprint.algorithm).length)
    return refused('badAlgorithm')
  if (policy !== demoTimestampPolicy) return refused('unacceptedPolicy')
  if (unknownCritical.length > 0) return refused('unacceptedExtension')
  if (fault === 'refused') return refused('systemFailure')
  const signer = (fault === 'wrong-signer' ? services.impostor : fault === 'expired-signer' ? services.expired : services)
    .timestamps
  const at = shiftDate(input.at, { years: fault === 'past' ? -20 : 0 })
  const hash = fault === 'wrong-imprint' ? crypto.hash(imprint.algorithm, imprint.hash) : imprint.hash
  const echoed = fault === 'no-nonce' || nonce === undefined ? undefined : fault === 'wrong-nonce' ? positive(random(8)) : nonce
  const content = new TSTInfo({
    policy: fault === 'wrong-policy' ? otherPolicy : policy,
    messageImprint: new MessageImprint({
      hashAlgorithm: hashIdentifier(imprint.algorithm),
      hashedMessage: new OctetString(buffer(hash)),
    }),
    serialNumber: buffer(positive(random(8))),
    genTime: at,
    ...(echoed && { nonce: buffer(echoed) }),
  })
  const bound = { [signingCertificateV2]: signingCertificate(crypto.hash('sha256', signer.certificate)) }
  const token = await signedData({
    signer,
    contentType: tokenInfo,
    content: encode(content),
    signingTime: at.toISOString(),
    ...(fault !== 'no-signing-certificate' && { attributes: bound }),
    ...(asked.certificate ? {} : { withoutCertificate: true }),
    crypto,
    random,
  })
  const last = token.length - 1
  const sent = token.slice()
  // The signature is the last thing in a token.
  if (fault === 'broken-signature') sent[last] = (sent[last] as number) ^ 1
  const status = new PKIStatusInfo({ status: PKIStatus.granted })
  const response = encode(new TimeStampResp({ status, timeStampToken: decode(sent, TimeStampToken) }))
  return fault === 'malformed' ? response.subarray(0, last) : response
}

/** Bytes as the content of an INTEGER that is neither negative nor padded. */
function positive(bytes: Uint8Array): Uint8Array {
  const out = bytes.slice()
  out[0] = ((out[0] as number) & 0x3f) | 0x40
  return out
}

function readRequest(request: Uint8Array): TimestampRequest | undefined {
  try {
    return parseTimestampRequest(request)
  } catch (error) {
    if (error instanceof PkiError) return undefined
    throw error
  }
}

/** PKIStatusInfo ::= SEQUENCE { status rejection(2), statusString OPTIONAL, failInfo BIT STRING OPTIONAL } */
function refused(failure: keyof typeof failures): Uint8Array {
  const bit = failures[failure]
  const bytes = new Uint8Array((bit >> 3) + 1)
  bytes[bit >> 3] = 0x80 >> (bit & 7)
  const failInfo = new PKIFailureInfo(buffer(bytes), 7 - (bit & 7))
  return encode(new TimeStampResp({ status: new PKIStatusInfo({ status: PKIStatus.rejection, failInfo }) }))
}
