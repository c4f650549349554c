import { CryptoError } from '../CryptoError.js'

/**
 * The data without padding method 2 of ISO/IEC 9797-1, as a view. Use it only after the MAC was checked: what it says about
 * unauthenticated data is a padding oracle.
 * @throws CryptoError `CRYPTO_BAD_PADDING` when no 80 is followed by zeros to the end
 */
export function unpadIso9797Method2(data: Uint8Array): Uint8Array {
  let end = data.length - 1
  while (end >= 0 && data[end] === 0) end--
  if (end < 0 || data[end] !== 0x80) throw new CryptoError('CRYPTO_BAD_PADDING', 'data is not padded')
  return data.subarray(0, end)
}
