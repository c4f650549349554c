import { concatBytes, encodeOid, encodeTlv, encodeUtf8 } from '@cccd/core'

// The few forms in which the matrix writes what no library would.

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => encodeTlv(0x30, ...parts)
export const set = (...parts: readonly Uint8Array[]): Uint8Array => encodeTlv(0x31, ...parts)
export const objectIdentifier = (dotted: string): Uint8Array => encodeTlv(0x06, encodeOid(dotted))
export const octetString = (...parts: readonly Uint8Array[]): Uint8Array => encodeTlv(0x04, ...parts)
export const bitString = (bytes: Uint8Array): Uint8Array => encodeTlv(0x03, Uint8Array.of(0), bytes)

/** An INTEGER that is not negative, from its magnitude. */
export function integer(magnitude: number | Uint8Array): Uint8Array {
  const bytes = typeof magnitude === 'number' ? Uint8Array.of(magnitude >>> 16, magnitude >>> 8, magnitude) : magnitude
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const minimal = bytes.subarray(start)
  return encodeTlv(0x02, (minimal[0] ?? 0) >= 0x80 ? concatBytes(Uint8Array.of(0), minimal) : minimal)
}

/** Content of GeneralizedTime of an instant, whole seconds. */
export const generalizedTimeText = (at: Date): Uint8Array => encodeUtf8(digits(at, 0))

/** Time of X.509: UTCTime up to 2049 (RFC 5280 4.1.2.5). */
export const time = (at: Date): Uint8Array =>
  at.getUTCFullYear() < 2050 ? encodeTlv(0x17, encodeUtf8(digits(at, 2))) : encodeTlv(0x18, generalizedTimeText(at))

const digits = (at: Date, from: number): string => `${at.toISOString().replace(/[-T:]/g, '').slice(from, 14)}Z`
