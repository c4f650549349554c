const standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const urlSafe = `${standard.slice(0, 62)}-_`

function encode(bytes: Uint8Array, alphabet: string, padding: boolean): string {
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i] as number
    const b = bytes[i + 1]
    const c = bytes[i + 2]
    out += alphabet.charAt(a >> 2) + alphabet.charAt(((a & 3) << 4) | ((b ?? 0) >> 4))
    if (b !== undefined) out += alphabet.charAt(((b & 15) << 2) | ((c ?? 0) >> 6))
    if (c !== undefined) out += alphabet.charAt(c & 63)
    if (padding && c === undefined) out += b === undefined ? '==' : '='
  }
  return out
}

/** Base64url without padding (RFC 4648 section 5): the form of bytes in every JSON of this SDK. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encode(bytes, urlSafe, false)
}

/** Base64 with padding (RFC 4648 section 4), as PEM and Vietnamese upload forms have it. */
export function encodeBase64(bytes: Uint8Array): string {
  return encode(bytes, standard, true)
}

function sextet(code: number): number {
  if (code >= 65 && code <= 90) return code - 65
  if (code >= 97 && code <= 122) return code - 71
  if (code >= 48 && code <= 57) return code + 4
  if (code === 43 || code === 45) return 62
  if (code === 47 || code === 95) return 63
  return -1
}

/**
 * Bytes from base64 or base64url, with or without padding; no white space.
 * @throws TypeError when the text is neither, or has bits left over. The message never holds the text.
 */
export function decodeBase64(text: string): Uint8Array {
  let length = text.length
  while (length > 0 && text.length - length < 2 && text.charCodeAt(length - 1) === 61) length--
  if (length % 4 === 1) throw new TypeError('text is not base64')
  const out = new Uint8Array(Math.floor((length * 3) / 4))
  let buffer = 0
  let bits = 0
  let at = 0
  for (let i = 0; i < length; i++) {
    const value = sextet(text.charCodeAt(i))
    if (value < 0) throw new TypeError('text is not base64')
    buffer = ((buffer << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      out[at++] = (buffer >> bits) & 255
    }
  }
  if ((buffer & ((1 << bits) - 1)) !== 0) throw new TypeError('base64 text has bits left over')
  return out
}
