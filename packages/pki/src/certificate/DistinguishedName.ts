import { encodeHex, equalBytes, expectTag, isCccdError, readOid, readString, type TlvNode, visibleText } from '@cccd/core'

export interface NameAttribute {
  readonly oid: string
  readonly value: string
}

/** A Name as it stands in a certificate, its attributes in the order of the certificate. Plain data. */
export interface DistinguishedName {
  readonly raw: Uint8Array
  readonly attributes: readonly NameAttribute[]
  /** e.g. `C=VN, O=Vietnam Government Information Security Commission, CN=CSCA ePassport Vietnam`; a comma inside a value has a backslash before it. */
  readonly text: string
}

const labels: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.5', 'serialNumber'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'street'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.97', 'organizationIdentifier'],
  ['1.2.840.113549.1.9.1', 'E'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
])

/**
 * `Name ::= SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }`. A value that is no character string
 * is given as `#` and its hexadecimal (RFC 4514 2.4).
 * @throws CoreError for another structure
 */
export function readDistinguishedName(node: TlvNode): DistinguishedName {
  const attributes = expectTag(node, 0x30)
    .children()
    .flatMap((relative) => readRelativeName(expectTag(relative, 0x31)))
  const text = attributes.map(({ oid, value }) => `${labels.get(oid) ?? oid}=${shown(value)}`).join(', ')
  return { raw: node.raw, attributes, text }
}

/** The attributes of one RelativeDistinguishedName, whatever its tag. */
export function readRelativeName(node: TlvNode): NameAttribute[] {
  return node.children().map((attribute) => {
    const [type, content] = expectTag(attribute, 0x30).children()
    return { oid: readOid(type), value: valueText(content) }
  })
}

function valueText(node: TlvNode | undefined): string {
  try {
    return readString(node)
  } catch (error) {
    if (node === undefined || !isCccdError(error)) throw error
    return `#${encodeHex(node.raw)}`
  }
}

/**
 * What two names have in common when only the case, the string type or the spaces differ (GB, RO, SI issue signers whose issuer
 * is written otherwise than the subject of their CSCA). It finds candidates; it proves nothing.
 */
export function comparisonKey(name: DistinguishedName): string {
  let key = ''
  for (const { oid, value } of name.attributes) key += `${oid}\u0000${comparableValue(value)}\u0001`
  return key
}

/** A value without what does not tell names apart: case and spaces (RFC 5280 7.1). */
export function comparableValue(value: string): string {
  return value.trim().replace(/\s+/g, ' ').toLowerCase()
}

/** Whether two names are the same, without regard to case, string type and spaces. */
export function sameName(a: DistinguishedName, b: DistinguishedName): boolean {
  return equalBytes(a.raw, b.raw) || comparisonKey(a) === comparisonKey(b)
}

/** The first value of an attribute type. */
export function attributeOf(name: DistinguishedName, oid: string): string | undefined {
  for (const attribute of name.attributes) if (attribute.oid === oid) return attribute.value
  return undefined
}

/**
 * RFC 4514, 2.4: what does not show, or moves what does, as `\XX` of its UTF-8; what would begin another attribute, with a backslash. A name chosen
 * by a forger must not draw lines of a report, nor one value look like two.
 */
function shown(value: string): string {
  return visibleText(value.replace(/[,\\]/g, '\\$&'))
}
