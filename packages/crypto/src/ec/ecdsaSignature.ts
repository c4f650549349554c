import { concatBytes, encodeTlv } from '@cccd/core'

/**
 * The r and s of an ECDSA signature side by side, each with the length of the order (BSI TR-03111 5.2.1), or undefined when
 * the encoding is not exactly the one that DER has for it. One strict reading for every backend: a second encoding of a valid
 * signature is a wrong signature.
 *
 * ```asn1
 * ECDSA-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }   -- RFC 5480 appendix A
 * ```
 */
export function plainSignature(signature: Uint8Array, format: 'der' | 'plain', orderLength: number): Uint8Array | undefined {
  if (format === 'plain') return signature.length === 2 * orderLength ? signature : undefined
  const content = readElement(signature, 0, 0x30)
  if (content === undefined || content.end !== signature.length) return undefined
  const r = readElement(signature, content.start, 0x02)
  if (r === undefined) return undefined
  const s = readElement(signature, r.end, 0x02)
  if (s === undefined || s.end !== signature.length) return undefined
  const out = new Uint8Array(2 * orderLength)
  for (const [index, { start, end }] of [r, s].entries()) {
    const magnitude = positiveInteger(signature.subarray(start, end))
    if (magnitude === undefined || magnitude.length > orderLength) return undefined
    out.set(magnitude, (index + 1) * orderLength - magnitude.length)
  }
  return out
}

/** The DER form of a plain signature. */
export function derSignature(plain: Uint8Array): Uint8Array {
  const half = plain.length / 2
  return encodeTlv(0x30, derInteger(plain.subarray(0, half)), derInteger(plain.subarray(half)))
}

function derInteger(bytes: Uint8Array): Uint8Array {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const magnitude = bytes.subarray(start)
  return encodeTlv(0x02, (magnitude[0] as number) < 0x80 ? magnitude : concatBytes(Uint8Array.of(0), magnitude))
}

/** Lengths up to 255 in their shortest form; no signature of a known curve is longer. */
function readElement(bytes: Uint8Array, at: number, tag: number): { start: number; end: number } | undefined {
  const first = bytes[at + 1]
  if (bytes[at] !== tag || first === undefined) return undefined
  if (first < 0x80) return within(bytes, at + 2, first)
  const second = bytes[at + 2]
  return first === 0x81 && second !== undefined && second >= 0x80 ? within(bytes, at + 3, second) : undefined
}

function within(bytes: Uint8Array, start: number, length: number): { start: number; end: number } | undefined {
  return start + length <= bytes.length ? { start, end: start + length } : undefined
}

/** The magnitude of a positive INTEGER in minimal form; undefined for negative, zero or padded ones. */
function positiveInteger(value: Uint8Array): Uint8Array | undefined {
  const [first, second] = value
  if (first === undefined || first >= 0x80) return undefined
  if (first !== 0) return value
  return second !== undefined && second >= 0x80 ? value.subarray(1) : undefined
}
