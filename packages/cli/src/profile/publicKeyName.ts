import { bytesToBigInt, isCccdError } from '@cccd/core'

/** The kind of a public key: its curve, or `rsa` with bits and exponent; the error's code where it is neither. */
export async function publicKeyName(publicKeyInfo: Uint8Array): Promise<string> {
  const { parsePublicKeyInfo } = await import('@cccd/pki')
  try {
    const key = parsePublicKeyInfo(publicKeyInfo)
    if (key.type === 'ec') return key.curve
    return `rsa ${bytesToBigInt(key.modulus).toString(2).length} e ${bytesToBigInt(key.exponent)}`
  } catch (error) {
    if (!isCccdError(error)) throw error
    return error.code
  }
}
