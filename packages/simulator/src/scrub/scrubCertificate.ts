import { decodeUtf8, encodeHex, encodeUtf8, parseTlv, readOid, type TlvNode } from '@cccd/core'
import type { CryptoPort, PrivateKeySpec, RandomSource } from '@cccd/crypto'
import { parseCertificate, signatureSchemeOf } from '@cccd/pki'
import type { Disguise } from './Disguise.js'
import { demoLetters } from './demoText.js'
import type { Rekeying } from './Rekeying.js'
import { type ScrubAuthorities, signToLength } from './ScrubAuthorities.js'
import { scrubRefused } from './scrubRefused.js'
import { scrubTree } from './scrubTree.js'

/** What the parts of a scrub share. */
export interface ScrubTools {
  readonly crypto: CryptoPort
  readonly random: RandomSource
  readonly disguise: Disguise
  readonly keys: Rekeying
  readonly authorities: ScrubAuthorities
}

const country = '2.5.4.6'
const subjectKeyIdentifier = '2.5.29.14'
const authorityKeyIdentifier = '2.5.29.35'
/** What says nothing of who made the certificate: usage, periods, constraints, policies, document types; and the mark of a DEMO. */
const keptExtensions: readonly string[] = [
  ...['2.5.29.15', '2.5.29.16', '2.5.29.19', '2.5.29.32', '2.5.29.37', '2.23.136.1.1.6.1', '2.23.136.1.1.6.2'],
  '1.3.6.1.4.1.99999.9303.1',
]
const stringTags: readonly number[] = [0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a, 0x81, 0x82, 0x86]
const wideTags: readonly number[] = [0x1c, 0x1e]

/**
 * Overwrites a certificate in place: another key of the same kind, other names of the same length that say DEMO (the country stays), other
 * serial number and key identifiers, signed again by a DEMO country CA with a signature of the same length.
 *
 * @returns the new private key
 */
export async function scrubCertificate(raw: Uint8Array, tools: ScrubTools): Promise<PrivateKeySpec> {
  const { crypto, random, keys, authorities } = tools
  const before = parseCertificate(raw.slice())
  const scheme = signatureSchemeOf(before.signatureAlgorithm)
  const [tbs, , signature] = parseTlv(raw).children()
  const fields = (tbs as TlvNode).children()
  if (fields[0]?.tag === 0xa0) fields.shift()
  const [serial, , issuer, , subject, publicKeyInfo, ...optional] = fields as [
    TlvNode,
    TlvNode,
    TlvNode,
    TlvNode,
    TlvNode,
    TlvNode,
  ]
  scrubSerial(serial.value, tools)
  scrubName(issuer, tools)
  scrubName(subject, tools)
  const privateKey = await keys.replace(publicKeyInfo.raw)
  const extensions = (optional as TlvNode[]).find(({ tag }) => tag === 0xa3)
  for (const extension of extensions?.children()[0]?.children() ?? []) scrubExtension(extension, tools)

  const after = parseCertificate(raw)
  const place = (signature as TlvNode).value.subarray(1)
  const authority = await authorities.keyFor({
    issuer: issuer.raw,
    keyIdentifier: after.authorityKeyIdentifier,
    scheme,
    signatureLength: place.length,
    curve: privateKey.type === 'ec' ? privateKey.curve : undefined,
    validity: { notBefore: after.notBefore, notAfter: after.notAfter },
  })
  const key = await crypto.importPrivateKey(authority)
  place.set(await signToLength(() => key.sign(scheme, (tbs as TlvNode).raw, random), place.length, 'certificate'))
  return privateKey
}

/** Another serial number of the same length and sign; the same one by the same. */
export function scrubSerial(value: Uint8Array, tools: ScrubTools): void {
  const substitute = likewise(value, tools)
  const [first = 0, second = 0] = value
  if (first === 0 && value.length > 1) {
    substitute[0] = 0
    substitute[1] = (substitute[1] as number) | (second & 0x80)
  } else substitute[0] = ((substitute[0] as number) & 0x3f) | 0x40
  value.set(substitute)
}

/** Other bytes of the same length; the same ones by the same. */
export function likewise(value: Uint8Array, { disguise, random }: ScrubTools): Uint8Array {
  const id = `bytes ${encodeHex(value)}`
  const known = disguise.known(id)
  if (known === undefined) disguise.learn(id, encodeHex(random(value.length)))
  const digits = disguise.known(id) as string
  return Uint8Array.from({ length: value.length }, (_, index) => Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16))
}

/** A distinguished name in place: every attribute but the country. */
export function scrubName(name: TlvNode, tools: ScrubTools): void {
  for (const set of name.children())
    for (const attribute of set.children()) {
      const [type, value] = attribute.children()
      if (value !== undefined && readOid(type) !== country) scrubString(value, tools)
    }
}

function scrubString({ tag, value }: TlvNode, { disguise }: ScrubTools): void {
  if (wideTags.includes(tag)) {
    const width = tag === 0x1c ? 4 : 2
    const letters = demoLetters(Math.floor(value.length / width))
    value.fill(0)
    for (let i = 0; i < letters.length; i++) value[width * i + width - 1] = letters.charCodeAt(i)
    return
  }
  // One character a byte, whatever the type: the substitute is ASCII.
  const text = Array.from(value, (byte) => String.fromCharCode(byte)).join('')
  value.set(encodeUtf8(disguise.organisation(text)))
}

function scrubExtension(extension: TlvNode, tools: ScrubTools): void {
  const parts = extension.children()
  const oid = readOid(parts[0])
  const content = parts[parts.length - 1] as TlvNode
  if (keptExtensions.includes(oid)) return
  if (oid === subjectKeyIdentifier) {
    const { value } = parseTlv(content.value)
    value.set(likewise(value, tools))
    return
  }
  const isIdentifier = oid === authorityKeyIdentifier
  const known = scrubTree(content.value, (node, path) => {
    if (isIdentifier && path.length === 2 && node.tag === 0x80) node.value.set(likewise(node.value, tools))
    else if (isIdentifier && path.length === 2 && node.tag === 0x82) scrubSerial(node.value, tools)
    else if (node.tag === 0x30 && isAttribute(node)) scrubAttribute(node, tools)
    else if (stringTags.includes(node.tag)) scrubAddress(node, tools)
    else if (wideTags.includes(node.tag)) scrubString(node, tools)
    else if (!node.constructed && node.length > 4 && node.tag !== 0x06) node.value.set(tools.random(node.length))
    else return false
    return true
  })
  if (!known) throw scrubRefused('structure', { step: 'certificate' })
}

function isAttribute(node: TlvNode): boolean {
  const [type, value, more] = node.children()
  return type?.tag === 0x06 && value !== undefined && more === undefined && stringTags.concat(wideTags).includes(value.tag)
}

/** Of a directory name: the country stays, and a locality of three letters, which Doc 9303-12 makes the country's code. */
function scrubAttribute(node: TlvNode, tools: ScrubTools): void {
  const [type, value] = node.children() as [TlvNode, TlvNode]
  const isCode = value.length <= 3 && readOid(type) === '2.5.4.7'
  if (!isCode && readOid(type) !== country) scrubString(value, tools)
}

/** Mail addresses, host names, locations; a location keeps its scheme. */
function scrubAddress(node: TlvNode, tools: ScrubTools): void {
  const { value, tag } = node
  const scheme = tag === 0x86 ? (/^[a-z]{2,5}:\/\//.exec(asciiIn(value))?.[0].length ?? 0) : 0
  const rest = value.subarray(scheme)
  if (rest.length === 0) return
  rest.set(encodeUtf8(tools.disguise.organisation(asciiIn(rest)).toLowerCase()))
}

function asciiIn(bytes: Uint8Array): string {
  return bytes.every((byte) => byte < 0x80) ? decodeUtf8(bytes) : Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}
