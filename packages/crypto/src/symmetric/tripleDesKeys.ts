import { concatBytes } from '@cccd/core'

export const tripleDesKeyLengths = [8, 16, 24] as const
export const desBlockLength = 8

/** A key of 8, 16 or 24 bytes as the three keys of EDE (K1 K1 K1, K1 K2 K1, K1 K2 K3): single DES is 3DES with one key. */
export function tripleDesKey(key: Uint8Array): Uint8Array {
  if (key.length === 24) return key
  const first = key.subarray(0, 8)
  return concatBytes(first, key.length === 16 ? key.subarray(8) : first, first)
}
