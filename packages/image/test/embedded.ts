import { detectImageType } from '@cccd/image'

/** The image inside a biometric data group, by its magic. */
export function embedded(bytes: Uint8Array): Uint8Array {
  for (let i = 0; i < bytes.length; i++) if (detectImageType(bytes.subarray(i)) !== undefined) return bytes.subarray(i)
  throw new Error('no image inside')
}
