import { encodeHex } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'

/** SHA-256 of DER bytes in lower-case hexadecimal. */
export function fingerprintOf(raw: Uint8Array, crypto: CryptoPort): string {
  return encodeHex(crypto.hash('sha256', raw))
}
