const blockLength = 16

/** CMAC (NIST SP 800-38B 6.2) by a CBC encryption that has no padding. */
export function cmacOverCbc(
  encryptCbc: (key: Uint8Array, iv: Uint8Array, data: Uint8Array) => Uint8Array,
  key: Uint8Array,
  data: Uint8Array,
): Uint8Array {
  const zero = new Uint8Array(blockLength)
  const subkey = doubled(encryptCbc(key, zero, zero))
  const padded = new Uint8Array(Math.max(1, Math.ceil(data.length / blockLength)) * blockLength)
  padded.set(data)
  const complete = data.length === padded.length
  if (!complete) padded[data.length] = 0x80
  const mask = complete ? subkey : doubled(subkey)
  const last = padded.length - blockLength
  for (let i = 0; i < blockLength; i++) padded[last + i] = (padded[last + i] as number) ^ (mask[i] as number)
  return encryptCbc(key, zero, padded).slice(last)
}

/** Multiplication by x in GF(2^128), without a branch on the key's bits. */
function doubled(block: Uint8Array): Uint8Array {
  const out = new Uint8Array(blockLength)
  for (let i = 0; i < blockLength; i++) out[i] = ((block[i] as number) << 1) | ((block[i + 1] ?? 0) >> 7)
  out[blockLength - 1] = (out[blockLength - 1] as number) ^ (0x87 & -((block[0] as number) >> 7))
  return out
}
