import { decodeLatin1, encodeTlv, encodeUtf8, equalBytes, parseTlv, readOctetString, readOid, type TlvNode } from '@cccd/core'
import type { HashAlgorithm, PrivateKeySpec } from '@cccd/crypto'
import { hashAlgorithmByOid, parseSignedData, signatureSchemeOf } from '@cccd/pki'
import { signToLength } from './ScrubAuthorities.js'
import { likewise, type ScrubTools, scrubCertificate, scrubName, scrubSerial } from './scrubCertificate.js'
import { scrubRefused } from './scrubRefused.js'

const messageDigest = '1.2.840.113549.1.9.4'
const signingTime = '1.2.840.113549.1.9.5'
const keptAttributes: readonly string[] = ['1.2.840.113549.1.9.3', messageDigest, signingTime]

/**
 * Overwrites a CMS SignedData in place: content by what `content` makes of it, certificates as {@link scrubCertificate}, and signs it
 * again. Without a certificate nobody can verify it, and the signature becomes random bytes.
 */
export async function scrubSignedData(
  bytes: Uint8Array,
  content: (content: Uint8Array) => Uint8Array | Promise<Uint8Array>,
  tools: ScrubTools,
): Promise<void> {
  const before = parseSignedData(bytes.slice())
  const body = parseTlv(bytes).children()[1]?.children()[0]?.children() ?? []
  const [, , encapsulated, ...rest] = body
  const bag = rest[0]?.tag === 0xa0 ? rest.shift() : undefined
  if (rest[0]?.tag === 0xa1) throw scrubRefused('unsupported', { step: 'revocation-list' })
  const octets = encapsulated?.children()[1]?.children()[0]
  if (octets === undefined) throw scrubRefused('structure', { step: 'security-object' })
  const changed = await content(readOctetString(octets).slice())
  writeOctets(octets, changed)

  const keys = new Map<TlvNode, PrivateKeySpec>()
  const certificates = bag?.children() ?? []
  const originals = certificates.map((node) => node.raw.slice())
  for (const node of certificates) keys.set(node, await scrubCertificate(node.raw, tools))
  const signers = rest[0]?.children() ?? []
  for (const [index, signer] of signers.entries()) {
    const info = before.signers[index]
    if (info === undefined) throw scrubRefused('structure', { step: 'security-object' })
    const parts = signer.children()
    scrubSignerIdentifier(parts[1] as TlvNode, tools)
    const certificate =
      certificates[
        Math.max(
          0,
          originals.findIndex((raw) => signedBy(info.identifier, raw)),
        )
      ]
    const attributes = parts.find(({ tag }) => tag === 0xa0)
    const digest = hashAlgorithmByOid(info.digestAlgorithm.oid)
    if (digest === undefined) throw scrubRefused('unsupported', { step: 'security-object' })
    for (const attribute of attributes?.children() ?? [])
      scrubAttribute(attribute, { digest, content: changed, certificate }, tools)
    const unsigned = parts.find(({ tag }) => tag === 0xa1)
    if (unsigned !== undefined) throw scrubRefused('unsupported', { step: 'unsigned-attributes' })
    const place = parts.filter(({ tag }) => tag === 0x04 || tag === 0x24).pop()
    if (place === undefined) throw scrubRefused('structure', { step: 'security-object' })
    const key = certificate === undefined ? undefined : keys.get(certificate)
    const { length } = readOctetString(place)
    if (key === undefined) {
      writeOctets(place, tools.random(length))
      continue
    }
    const scheme = signatureSchemeOf(info.signatureAlgorithm, { digest })
    const toSign = attributes === undefined ? changed : encodeTlv(0x31, attributes.value)
    const signing = await tools.crypto.importPrivateKey(key)
    writeOctets(place, await signToLength(() => signing.sign(scheme, toSign, tools.random), length, 'security-object'))
  }
}

type Identifier = ReturnType<typeof parseSignedData>['signers'][number]['identifier']

/** Whether an identifier names a certificate, both as they were. */
function signedBy(identifier: Identifier, certificate: Uint8Array): boolean {
  const fields = parseTlv(certificate).children()[0]?.children() ?? []
  if (fields[0]?.tag === 0xa0) fields.shift()
  const serial = fields[0]
  return identifier.type === 'issuer-and-serial' && serial !== undefined && equalBytes(identifier.serialNumber, serial.value)
}

function scrubSignerIdentifier(node: TlvNode, tools: ScrubTools): void {
  if (node.tag === 0x80) {
    node.value.set(likewise(node.value, tools))
    return
  }
  const [issuer, serial] = node.children()
  if (issuer === undefined || serial === undefined) throw scrubRefused('structure', { step: 'security-object' })
  scrubName(issuer, tools)
  scrubSerial(serial.value, tools)
}

interface Signed {
  readonly digest: HashAlgorithm
  readonly content: Uint8Array
  readonly certificate: TlvNode | undefined
}

/** The digest of the new content; of the signing time the month. Attributes that are not known are refused. */
function scrubAttribute(attribute: TlvNode, signed: Signed, tools: ScrubTools): void {
  const [type, values] = attribute.children()
  const oid = readOid(type)
  const value = values?.children()[0]
  if (value === undefined) return
  if (oid === messageDigest) {
    const hash = tools.crypto.hash(signed.digest, signed.content)
    if (hash.length !== value.length) throw scrubRefused('structure', { step: 'security-object' })
    value.value.set(hash)
  } else if (oid === signingTime) scrubTime(value, signed.certificate)
  else if (!keptAttributes.includes(oid)) throw scrubRefused('unsupported', { step: 'signed-attributes' })
}

/** UTCTime or GeneralizedTime: the first of the month, at midnight; not before the certificate was valid, if it was. */
function scrubTime({ tag, value }: TlvNode, certificate: TlvNode | undefined): void {
  const before = decodeLatin1(value)
  const month = tag === 0x17 ? 4 : 6
  const zeros = '0'.repeat(Math.max(0, before.length - month - 3))
  const coarse = `${before.slice(0, month)}01${zeros}Z`
  const from = certificate === undefined ? undefined : validFrom(certificate)
  const sameForm = from?.tag === tag && from.length === value.length
  const start = sameForm ? decodeLatin1(from.value) : ''
  value.set(encodeUtf8(before >= start && coarse < start ? start : coarse).subarray(0, value.length))
}

function validFrom(certificate: TlvNode): TlvNode | undefined {
  const fields = certificate.children()[0]?.children() ?? []
  return fields[fields[0]?.tag === 0xa0 ? 4 : 3]?.children()[0]
}

/** An OCTET STRING in one piece or in several, over what was there. */
function writeOctets(node: TlvNode, bytes: Uint8Array): void {
  let at = 0
  const write = (part: TlvNode): void => {
    if (part.constructed) for (const child of part.children()) write(child)
    else {
      part.value.set(bytes.subarray(at, at + part.length))
      at += part.length
    }
  }
  write(node)
  if (at !== bytes.length) throw scrubRefused('structure')
}
