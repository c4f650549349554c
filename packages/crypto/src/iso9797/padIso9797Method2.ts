/**
 * Padding method 2 of ISO/IEC 9797-1: 80, then zeros to a multiple of the block length. Always adds at least one byte.
 * @throws RangeError when `blockLength` is not a positive integer
 */
export function padIso9797Method2(data: Uint8Array, blockLength: number): Uint8Array {
  if (!Number.isInteger(blockLength) || blockLength < 1) throw new RangeError('blockLength must be a positive integer')
  const out = new Uint8Array((Math.floor(data.length / blockLength) + 1) * blockLength)
  out.set(data)
  out[data.length] = 0x80
  return out
}
