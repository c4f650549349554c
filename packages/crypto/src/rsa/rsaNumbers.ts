import { assertBytes, bytesToBigInt } from '@cccd/core'
import { CryptoError } from '../CryptoError.js'
import { bitLength } from '../curves/bits.js'

export const minModulusBits = 512
/** OpenSSL's bound; master lists hold keys of up to 6144 bits. */
export const maxModulusBits = 16_384
/** Above this size of the modulus an exponent of more than 64 bits is refused: it costs minutes and nobody has one. */
const freeExponentBits = 4096

/**
 * Modulus and exponent of a public key, with what every backend asks of them.
 * @throws CryptoError `CRYPTO_BAD_KEY`
 */
export function rsaNumbers(modulus: Uint8Array, exponent: Uint8Array): { n: bigint; e: bigint; bits: number } {
  assertBytes(modulus, 'modulus')
  assertBytes(exponent, 'exponent')
  if (modulus.length > maxModulusBits / 8 + 1 || exponent.length > maxModulusBits / 8 + 1) throw badRsaKey('size')
  const n = bytesToBigInt(modulus)
  const e = bytesToBigInt(exponent)
  const bits = bitLength(n)
  if (bits < minModulusBits || bits > maxModulusBits) throw badRsaKey('size')
  if ((n & 1n) === 0n) throw badRsaKey('modulus')
  if (e < 3n || (e & 1n) === 0n || e >= n || (bits > freeExponentBits && bitLength(e) > 64)) throw badRsaKey('exponent')
  return { n, e, bits }
}

export function badRsaKey(part: 'size' | 'modulus' | 'exponent' | 'private', cause?: unknown): CryptoError {
  return new CryptoError('CRYPTO_BAD_KEY', 'RSA key is malformed', { params: { part }, cause })
}
