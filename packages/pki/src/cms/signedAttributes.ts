import {
  compareBytes,
  concatBytes,
  encodeTlv,
  equalBytes,
  isCccdError,
  parseTlv,
  readOctetString,
  readOid,
  readTime,
} from '@cccd/core'
import type { Attribute, SignedData, SignerInfo } from './SignedData.js'

export const attributeOids = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
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

/**
 * What the signature of a SignerInfo may cover, in the order in which it is tried: the attributes as sent, with the tag of
 * SET OF (RFC 5652 5.4), and, where these are not sorted as DER wants, sorted.
 */
export function signedMessages(signer: SignerInfo, content: Uint8Array): readonly { message: Uint8Array; sorted: boolean }[] {
  if (signer.signedAttributes === undefined) return [{ message: content, sorted: false }]
  const { raw } = signer.signedAttributes
  const asSent = concatBytes(Uint8Array.of(0x31), raw.subarray(1))
  const parts = parseTlv(raw)
    .children()
    .map((child) => child.raw)
  const sorted = encodeTlv(0x31, ...[...parts].sort(compareBytes))
  return equalBytes(asSent, sorted)
    ? [{ message: asSent, sorted: false }]
    : [
        { message: asSent, sorted: false },
        { message: sorted, sorted: true },
      ]
}
