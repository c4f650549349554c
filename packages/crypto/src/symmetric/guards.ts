import { assertBytes } from '@cccd/core'
import { CryptoError } from '../CryptoError.js'

/**
 * The arguments of a cipher without padding.
 * @throws TypeError, RangeError for key and IV (the caller's), CryptoError `CRYPTO_BAD_LENGTH` for data (the chip's)
 */
export function assertCipherArguments(
  key: Uint8Array,
  keyLengths: readonly number[],
  iv: Uint8Array,
  data: Uint8Array,
  blockLength: number,
): void {
  assertKey(key, keyLengths)
  assertBytes(iv, 'iv')
  if (iv.length !== blockLength) throw new RangeError(`iv must have ${blockLength} bytes`)
  assertBlocks(data, blockLength)
}

/** @throws TypeError, RangeError */
export function assertKey(key: Uint8Array, keyLengths: readonly number[]): void {
  assertBytes(key, 'key')
  if (!keyLengths.includes(key.length)) throw new RangeError(`key must have ${keyLengths.join(', ')} bytes`)
}

/** @throws TypeError, CryptoError `CRYPTO_BAD_LENGTH` */
export function assertBlocks(data: Uint8Array, blockLength: number): void {
  assertBytes(data, 'data')
  if (data.length % blockLength !== 0)
    throw new CryptoError('CRYPTO_BAD_LENGTH', 'data is not a multiple of the block length', {
      params: { length: data.length, blockLength },
    })
}
