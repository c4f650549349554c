import { bytesToBigInt, concatBytes, decodeHex } from '@cccd/core'
import { CryptoError } from '../CryptoError.js'
import { bitLength } from '../curves/bits.js'
import { hashLength } from '../hash/hashLength.js'
import { keyMismatch } from '../keyMismatch.js'
import type { CryptoPort, PrivateKey, RandomSource } from '../port.js'
import { randomBytes } from '../randomBytes.js'
import { type Iso9796Trailer, iso9796Trailers } from './trailers.js'

export interface SignIso9796Options {
  readonly crypto: Pick<CryptoPort, 'hash'>
  /** Says the hash too. */
  readonly trailer: Iso9796Trailer
  /** Draws M1, which a chip fills with random bytes. */
  readonly random: RandomSource
}

/**
 * Signs as a chip does in active authentication with RSA (Doc 9303-11 6.1.2.2): M1 drawn to fill the block, `message2` the challenge.
 * @throws CryptoError `CRYPTO_KEY_MISMATCH` for an EC key, `CRYPTO_BAD_KEY` for a modulus that is no multiple of 8 bits or too short
 */
export async function signIso9796_2(key: PrivateKey, message2: Uint8Array, options: SignIso9796Options): Promise<Uint8Array> {
  if (key.publicKey.type !== 'rsa') throw keyMismatch()
  const hash = iso9796Trailers[options.trailer]
  const trailer = decodeHex(options.trailer)
  const bits = bitLength(bytesToBigInt(key.publicKey.modulus))
  const message1Length = bits / 8 - 1 - hashLength(hash) - trailer.length
  if (!Number.isInteger(message1Length) || message1Length < 1)
    throw new CryptoError('CRYPTO_BAD_KEY', 'the modulus has no room for this hash', { params: { bits } })
  const message1 = randomBytes(options.random, message1Length)
  return key.rawRsa(concatBytes(Uint8Array.of(0x6a), message1, options.crypto.hash(hash, message1, message2), trailer))
}
