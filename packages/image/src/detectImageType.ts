import { assertBytes } from '@cccd/core'
import type { ImageType } from './types.js'

const signatures: readonly (readonly [ImageType, readonly number[]])[] = [
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['jp2', [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a]],
  ['j2k', [0xff, 0x4f, 0xff, 0x51]],
]

/**
 * The type of an image by its first bytes, whatever the record around it claims: the type field of ISO/IEC 19794-5 is
 * wrong on some cards. Undefined when it is none of the four.
 * @example detectImageType(portrait) // 'jp2'
 */
export function detectImageType(bytes: Uint8Array): ImageType | undefined {
  assertBytes(bytes, 'bytes')
  for (const [type, signature] of signatures)
    if (bytes.length >= signature.length && signature.every((byte, i) => bytes[i] === byte)) return type
  return undefined
}
