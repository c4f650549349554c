import { wipe } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import type { CipherParameters } from './cipherParameters.js'

/** The counters of Doc 9303-11, 9.7.1: what a derived key is for. */
export const keyPurpose = { encryption: 1, mac: 2, password: 3 } as const

/**
 * KDF(K, c) = H(K ‖ c), cut to the length of the key (Doc 9303-11, 9.7.1). 3DES keys get odd parity (9.7.1.1).
 *
 * @param secret shared secret K; not changed
 * @example deriveKey(crypto, cipherParameters['AES-128'], sharedSecret, keyPurpose.mac)
 */
export function deriveKey(
  crypto: CryptoPort,
  cipher: CipherParameters,
  secret: Uint8Array,
  purpose: (typeof keyPurpose)[keyof typeof keyPurpose],
): Uint8Array {
  const digest = crypto.hash(cipher.hash, secret, Uint8Array.of(0, 0, 0, purpose))
  const key = digest.slice(0, cipher.keyLength)
  wipe(digest)
  return cipher.name === '3DES' ? withOddParity(key) : key
}

function withOddParity(key: Uint8Array): Uint8Array {
  for (const [at, byte] of key.entries()) {
    let ones = 0
    for (let rest = byte >> 1; rest > 0; rest >>= 1) ones += rest & 1
    key[at] = (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0)
  }
  return key
}
