import { bytesToBigInt } from '../bytes.js'
import { CoreError } from '../errors/CoreError.js'
import { decodeLatin1, decodeUtf8 } from '../utf8.js'
import { expectTag } from './parseTlv.js'
import type { TlvNode } from './TlvNode.js'

const bad = (message: string, node: TlvNode): CoreError =>
  new CoreError('DER_BAD_VALUE', message, { params: { offset: node.start } })

/** The value bytes of an INTEGER, checked to be minimal (X.690 8.3.2). @throws CoreError `DER_BAD_VALUE`, `TLV_UNEXPECTED_TAG` */
export function integerBytes(node: TlvNode | undefined, tag = 0x02): Uint8Array {
  return checkedInteger(node, tag).value
}

function checkedInteger(node: TlvNode | undefined, tag: number): TlvNode {
  const checked = expectTag(node, tag)
  const { source, valueStart, length } = checked
  if (length === 0) throw bad('INTEGER has no content', checked)
  const first = source[valueStart] as number
  const second = source[valueStart + 1] as number
  if (checked.rules === 'der' && length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
    throw bad('INTEGER is not minimal', checked)
  return checked
}

/** An INTEGER of any size, negative ones included. Throws as {@link integerBytes}. */
export function readInteger(node: TlvNode | undefined, tag = 0x02): bigint {
  const value = integerBytes(node, tag)
  const magnitude = bytesToBigInt(value)
  return (value[0] as number) >= 0x80 ? magnitude - (1n << BigInt(8 * value.length)) : magnitude
}

/** A small non-negative INTEGER as a number. @throws CoreError `DER_BAD_VALUE` when negative or over 2^31-1 */
export function readSmallInteger(node: TlvNode | undefined, tag = 0x02): number {
  const checked = checkedInteger(node, tag)
  const { source, valueStart, valueEnd } = checked
  let number = (source[valueStart] as number) >= 0x80 ? Number.POSITIVE_INFINITY : 0
  for (let i = valueStart; i < valueEnd; i++) number = number * 256 + (source[i] as number)
  if (number > 0x7fffffff) throw bad('INTEGER is out of range', checked)
  return number
}

/** An OBJECT IDENTIFIER in dotted form. @throws CoreError `DER_BAD_VALUE`, `TLV_UNEXPECTED_TAG` */
export function readOid(node: TlvNode | undefined, tag = 0x06): string {
  const { source, valueStart, valueEnd } = expectTag(node, tag)
  return oidBetween(source, valueStart, valueEnd)
}

/** The dotted form of OBJECT IDENTIFIER content octets. @throws CoreError `DER_BAD_VALUE` */
export function decodeOid(value: Uint8Array): string {
  return oidBetween(value, 0, value.length)
}

function oidBetween(source: Uint8Array, from: number, to: number): string {
  const length = to - from
  if (length === 0 || length > 64 || (source[to - 1] as number) >= 0x80) throw badOid(length)
  let dotted = ''
  let arc = 0
  let start = true
  for (let i = from; i < to; i++) {
    const byte = source[i] as number
    if (start && byte === 0x80) throw badOid(length)
    // Arcs that a number cannot hold exist (2.25.UUID); they are rare enough to begin again for.
    if (arc > 0x1fffffffffff) return decodeLongOid(source.subarray(from, to))
    arc = arc * 128 + (byte & 0x7f)
    start = byte < 0x80
    if (!start) continue
    dotted += dotted === '' ? firstArcs(arc) : `.${arc}`
    arc = 0
  }
  return dotted
}

function firstArcs(arc: number): string {
  return arc < 40 ? `0.${arc}` : arc < 80 ? `1.${arc - 40}` : `2.${arc - 80}`
}

function decodeLongOid(value: Uint8Array): string {
  const arcs: bigint[] = []
  let arc = 0n
  for (const byte of value) {
    arc = (arc << 7n) | BigInt(byte & 0x7f)
    if (byte >= 0x80) continue
    arcs.push(arc)
    arc = 0n
  }
  const [first = 0n, ...rest] = arcs
  const root = first < 40n ? 0n : first < 80n ? 1n : 2n
  return [root, first - 40n * root, ...rest].join('.')
}

function badOid(length: number): CoreError {
  return new CoreError('DER_BAD_VALUE', 'OBJECT IDENTIFIER is malformed', { params: { length } })
}

/** The content octets of a dotted OBJECT IDENTIFIER. @throws TypeError when the text is not one */
export function encodeOid(dotted: string): Uint8Array {
  if (!/^[0-2](\.(0|[1-9]\d*))+$/.test(dotted)) throw new TypeError('not a dotted object identifier')
  const arcs = dotted.split('.').map(BigInt) as [bigint, bigint, ...bigint[]]
  const out: number[] = []
  for (const arc of [arcs[0] * 40n + arcs[1], ...arcs.slice(2)]) {
    const septets = [Number(arc & 0x7fn)]
    for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) septets.unshift(Number(rest & 0x7fn) | 0x80)
    out.push(...septets)
  }
  return Uint8Array.from(out)
}

/** A BOOLEAN; in DER only 00 and FF. @throws CoreError `DER_BAD_VALUE`, `TLV_UNEXPECTED_TAG` */
export function readBoolean(node: TlvNode | undefined, tag = 0x01): boolean {
  const checked = expectTag(node, tag)
  const byte = checked.value[0]
  if (checked.length !== 1 || (checked.rules === 'der' && byte !== 0 && byte !== 0xff)) throw bad('BOOLEAN is malformed', checked)
  return byte !== 0
}

/** A BIT STRING: its bytes and how many bits of the last one do not count. @throws CoreError `DER_BAD_VALUE`, `TLV_UNEXPECTED_TAG` */
export function readBitString(node: TlvNode | undefined, tag = 0x03): { bytes: Uint8Array; unusedBits: number } {
  const checked = expectTag(node, tag)
  const unusedBits = checked.value[0]
  if (unusedBits === undefined || unusedBits > 7 || (checked.length === 1 && unusedBits !== 0))
    throw bad('BIT STRING is malformed', checked)
  return { bytes: checked.value.subarray(1), unusedBits }
}

/** An OCTET STRING, also a constructed one of BER (its parts joined). @throws CoreError `TLV_UNEXPECTED_TAG` */
export function readOctetString(node: TlvNode | undefined): Uint8Array {
  if (node === undefined || node.tag !== 0x24 || node.rules === 'der') return expectTag(node, 0x04).value
  const parts = node.children().map(readOctetString)
  let length = 0
  for (const part of parts) length += part.length
  const out = new Uint8Array(length)
  let at = 0
  // Not concatBytes: foreign bytes hold any number of parts, and arguments stand on the stack.
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/**
 * The text of any ASN.1 string type that certificates and cards use (UTF8, Printable, Teletex as Latin-1, IA5,
 * Visible, Numeric, BMP, Universal).
 * @throws CoreError `UTF8_INVALID`, `DER_BAD_VALUE`, `TLV_UNEXPECTED_TAG`
 */
export function readString(node: TlvNode | undefined): string {
  const checked = node ?? expectTag(node, 0x0c)
  switch (checked.tag) {
    case 0x0c:
      return decodeUtf8(checked.value)
    case 0x12:
    case 0x13:
    case 0x14:
    case 0x16:
    case 0x1a:
      return decodeLatin1(checked.value)
    case 0x1e:
      return wideString(checked, 2)
    case 0x1c:
      return wideString(checked, 4)
    default:
      throw new CoreError('TLV_UNEXPECTED_TAG', 'not a character string', {
        params: { found: checked.tag.toString(16), offset: checked.start },
      })
  }
}

function wideString(node: TlvNode, width: 2 | 4): string {
  if (node.length % width !== 0) throw bad('character string has half a character', node)
  let out = ''
  for (let i = 0; i < node.length; i += width) {
    const code = Number(bytesToBigInt(node.value.subarray(i, i + width)))
    if (code > 0x10ffff) throw bad('character is out of range', node)
    out += width === 2 ? String.fromCharCode(code) : String.fromCodePoint(code)
  }
  return out
}

/**
 * UTCTime or GeneralizedTime as an ISO 8601 instant. Two-digit years from 50 are 19xx (RFC 5280 4.1.2.5.1); UTCTime
 * without seconds is read, old certificates have it.
 * @throws CoreError `DER_BAD_VALUE`, `TLV_UNEXPECTED_TAG`
 */
export function readTime(node: TlvNode | undefined): string {
  const tag = node?.tag === 0x18 ? 0x18 : 0x17
  const checked = expectTag(node, tag)
  const text = decodeLatin1(checked.value)
  // Fractions of a second (GeneralizedTime of timestamps) are dropped.
  const digits = /^(\d+)(?:\.\d+)?Z$/.exec(text)?.[1] ?? ''
  const yearLength = tag === 0x18 ? 4 : 2
  const withSeconds = digits.length === yearLength + 10
  if (!withSeconds && !(tag === 0x17 && digits.length === 10 && text.length === 11)) throw bad('time is malformed', checked)
  if (tag === 0x17 && text.length !== digits.length + 1) throw bad('time is malformed', checked)
  const short = digits.slice(0, yearLength)
  const year = tag === 0x18 ? short : short >= '50' ? `19${short}` : `20${short}`
  const part = (index: number): string => digits.slice(yearLength + 2 * index, yearLength + 2 * index + 2)
  const month = part(0)
  const day = part(1)
  const second = withSeconds ? part(4) : '00'
  if (!isCalendarDay(Number(year), Number(month), Number(day)) || part(2) > '23' || part(3) > '59' || second > '59')
    throw bad('no such time', checked)
  return `${year}-${month}-${day}T${part(2)}:${part(3)}:${second}Z`
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isCalendarDay(year: number, month: number, day: number): boolean {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day >= 1 && day <= (monthLengths[month - 1] ?? 0) + (leap ? 1 : 0)
}
