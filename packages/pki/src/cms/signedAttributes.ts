import { compareBytes, encodeTlv, equalBytes, isCccdError, parseTlv, readOctetString, readOid, readTime } from '@cccd/core'
import type { Attribute, SignedData, SignerInfo } from './SignedData.js'

export const attributeOids = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const

const idData = '1.2.840.113549.1.7.1'

/** The single value of an attribute: `missing` or `repeated` otherwise, in instances or in values (RFC 5652 11.1, 11.2). */
export function singleValue(attributes: readonly Attribute[], oid: string): Uint8Array | 'missing' | 'repeated' {
  const found = attributes.filter((attribute) => attribute.oid === oid)
  const [first] = found
  if (first === undefined) return 'missing'
  const [value] = first.values
  return found.length === 1 && first.values.length === 1 && value !== undefined ? value : 'repeated'
}

/** Why signed attributes do not belong to their content, or undefined when they do. */
export function attributesProblem(
  signer: SignerInfo,
  signedData: SignedData,
  content: Uint8Array,
  digest: Uint8Array,
): 'structure-wrong' | 'content-type-differs' | 'digest-wrong' | undefined {
  if (signer.signedAttributes === undefined) {
    // RFC 5652 5.3: attributes may be left out for id-data only; and content that is itself a set of attributes would
    // make one signer's attributes the other's message.
    return signedData.eContentType === idData && content[0] !== 0x31 ? undefined : 'structure-wrong'
  }
  const { attributes } = signer.signedAttributes
  const contentType = singleValue(attributes, attributeOids.contentType)
  const messageDigest = singleValue(attributes, attributeOids.messageDigest)
  if (typeof contentType === 'string' || typeof messageDigest === 'string') return 'structure-wrong'
  if (readOid(parseTlv(contentType)) !== signedData.eContentType) return 'content-type-differs'
  return equalBytes(readOctetString(parseTlv(messageDigest)), digest) ? undefined : 'digest-wrong'
}

/** Whether the attributes name the certificate at all, as RFC 3161 and CAdES want. */
export function namesSigningCertificate(attributes: readonly Attribute[]): boolean {
  return attributes.some(({ oid }) => oid === attributeOids.signingCertificate || oid === attributeOids.signingCertificateV2)
}

/** The signing-time attribute as an instant; a repeated or malformed one is none. */
export function signingTimeOf(signer: SignerInfo): string | undefined {
  const value = singleValue(signer.signedAttributes?.attributes ?? [], attributeOids.signingTime)
  if (typeof value === 'string') return undefined
  try {
    return readTime(parseTlv(value))
  } catch (error) {
    if (isCccdError(error)) return undefined
    throw error
  }
}

/** What the signature of a SignerInfo covers: the attributes as sent, with the tag of SET OF (RFC 5652 5.4), else the content. */
export function signedMessage(signer: SignerInfo, content: Uint8Array): Uint8Array {
  if (signer.signedAttributes === undefined) return content
  // Not slice(): a Buffer's is a view, and these bytes are the caller's.
  const asSent = new Uint8Array(signer.signedAttributes.raw)
  asSent[0] = 0x31
  return asSent
}

/** The attributes sorted as DER wants: what a signer may have signed who sent them otherwise. Undefined when they are as sent. */
export function sortedMessage(signer: SignerInfo): Uint8Array | undefined {
  if (signer.signedAttributes === undefined) return undefined
  const { raw } = signer.signedAttributes
  const parts = parseTlv(raw)
    .children()
    .map((child) => child.raw)
  const sorted = encodeTlv(0x31, ...parts.sort(compareBytes))
  // All but the tag, which is another one.
  return equalBytes(sorted.subarray(1), raw.subarray(1)) ? undefined : sorted
}
