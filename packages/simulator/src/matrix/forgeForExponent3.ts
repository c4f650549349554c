import { bigIntToBytes, bytesToBigInt, concatBytes, decodeHex } from '@cccd/core'

const digestInfo = decodeHex('3031300d060960864801650304020105000420')

/**
 * A signature without the key, for exponent 3 (Bleichenbacher 2006): its cube begins as PKCS #1 v1.5 wants for a SHA-256 hash and goes on as it
 * will. Who reads the hash and looks no further takes it.
 */
export function forgeForExponent3(hash: Uint8Array, length: number): Uint8Array {
  const beginning = concatBytes(Uint8Array.of(0, 1), new Uint8Array(8).fill(0xff), Uint8Array.of(0), digestInfo, hash)
  const wanted = bytesToBigInt(beginning) << BigInt(8 * (length - beginning.length))
  let low = 0n
  let high = 1n << BigInt(Math.ceil((8 * length) / 3) + 1)
  while (low < high) {
    const middle = (low + high) / 2n
    if (middle ** 3n < wanted) low = middle + 1n
    else high = middle
  }
  return bigIntToBytes(low, length)
}
