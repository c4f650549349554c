/** The bytes of all parts, one after the other, in a new array. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const out = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** Whether two public byte strings are equal. Not for secrets: use `constantTimeEqual` of `@cccd/crypto`. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Lexicographic order of byte strings, a prefix first (the order of DER SET OF, X.690 11.6). */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** Overwrites key material with zeros. */
export function wipe(...secrets: readonly (Uint8Array | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0)
}

/** Throws a TypeError, naming the argument, when a value is not a Uint8Array. */
export function assertBytes(value: unknown, argument: string): asserts value is Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError(`${argument} must be a Uint8Array`)
}

/**
 * The bytes as they are now, in memory of their own: what is judged of them holds whoever writes into the given ones afterwards.
 * @throws TypeError for what is no Uint8Array, with the argument's name
 */
export function copyBytes(value: unknown, argument: string): Uint8Array {
  assertBytes(value, argument)
  return new Uint8Array(value)
}

/** An unsigned big-endian number from its bytes (none: 0n). */
export function bytesToBigInt(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${encodeHex(bytes)}`)
}

/**
 * The big-endian bytes of an unsigned number, left-padded to `length`.
 * @throws RangeError when the number is negative or does not fit.
 */
export function bigIntToBytes(value: bigint, length: number): Uint8Array {
  const hex = value === 0n ? '' : value.toString(16)
  if (value < 0n || hex.length > 2 * length) throw new RangeError('value does not fit into length')
  return decodeHex(hex.padStart(2 * length, '0'))
}

const hexDigits = '0123456789abcdef'

/** Lower-case hexadecimal. */
export function encodeHex(bytes: Uint8Array): string {
  let out = ''
  for (const byte of bytes) out += hexDigits.charAt(byte >> 4) + hexDigits.charAt(byte & 15)
  return out
}

/**
 * Bytes from hexadecimal, either case, no separators.
 * @throws TypeError when the text is not hexadecimal. The message never holds the text.
 */
export function decodeHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) throw new TypeError('hexadecimal text has an odd length')
  const out = new Uint8Array(text.length / 2)
  for (let i = 0; i < out.length; i++) {
    const high = hexValue(text.charCodeAt(2 * i))
    const low = hexValue(text.charCodeAt(2 * i + 1))
    if (high < 0 || low < 0) throw new TypeError('text is not hexadecimal')
    out[i] = (high << 4) | low
  }
  return out
}

function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}
