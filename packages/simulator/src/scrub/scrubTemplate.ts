import { ByteCursor, decodeHex, encodeHex, type TlvNode } from '@cccd/core'
import { detectImageType } from '@cccd/image'
import type { ScrubTools } from './scrubCertificate.js'
import { type ImageOptions, scrubImage } from './scrubImage.js'
import { scrubTree } from './scrubTree.js'

/** Biometric headers of CBEFF that say how a block is written, and nothing of when or by whom (Doc 9303-10, table 47). */
const keptHeaders: readonly number[] = [0x80, 0x81, 0x82, 0x87, 0x88]
const tagList = 0x5c
const mostPictures = 16
const faceRecord = 0x46414300
const biometricTags: readonly number[] = [0x5f2e, 0x7f2e]

/**
 * Overwrites a data group in place: tags and lengths stay. Texts and numbers are disguised, images replaced, whatever else is longer than
 * a small number is cleared.
 *
 * @returns whether the file is well-formed; what is not must be blanked
 */
export async function scrubTemplate(bytes: Uint8Array, tools: ScrubTools, images: ImageOptions): Promise<boolean> {
  const pictures: Uint8Array[] = []
  const isWellFormed = scrubTree(bytes, (node, path) => {
    const { tag, value } = node
    if (biometricTags.includes(tag) && isFaceRecord(value)) return scrubFaceRecord(value, pictures)
    if (node.constructed) return false
    if (isKept(node, path)) return true
    if (detectImageType(value) !== undefined) pictures.push(value)
    else value.set(tools.disguise.text(value) ?? cleared(value, tools))
    return true
  })
  if (!isWellFormed || pictures.length > mostPictures) return false
  for (const picture of pictures) picture.set((await scrubImage(picture, images)) ?? new Uint8Array(picture.length))
  return true
}

function isKept({ tag, length }: TlvNode, path: readonly number[]): boolean {
  if (tag === tagList || tag === 0x06) return true
  if (path[path.length - 2] === 0xa1 && keptHeaders.includes(tag)) return true
  // Counts and versions.
  return tag === 0x02 && length <= 1
}

/** A date in BCD stays one; other bytes say nothing more. */
function cleared(value: Uint8Array, { disguise }: ScrubTools): Uint8Array {
  const date = value.length === 4 ? disguise.dated(encodeHex(value)) : undefined
  return date === undefined ? new Uint8Array(value.length) : decodeHex(date)
}

function isFaceRecord(value: Uint8Array): boolean {
  return value.length > 14 && new ByteCursor(value).uint32() === faceRecord
}

/**
 * ISO/IEC 19794-5, 5.4 to 5.7: of each face the colours of eyes and hair, the features, the pose and the feature points are cleared, the
 * picture is noted. What is shorter than it says is not well-formed.
 */
function scrubFaceRecord(record: Uint8Array, pictures: Uint8Array[]): true {
  const cursor = new ByteCursor(record)
  cursor.take(12)
  const count = cursor.uint16()
  for (let face = 0; face < count; face++) {
    const length = cursor.uint32()
    const points = cursor.uint16()
    const information = cursor.take(14)
    information.fill(0, 1)
    cursor.take(8 * points).fill(0)
    cursor.take(12)
    pictures.push(cursor.take(length - 32 - 8 * points))
  }
  cursor.take(cursor.remaining).fill(0)
  return true
}

/** Keeps of a file what says how long it is, and nothing else. */
export function blank(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length)
  const [, first = 0] = bytes
  const header = first < 0x80 ? 2 : 2 + Math.min(first & 0x7f, 4)
  out.set(bytes.subarray(0, Math.min(header, bytes.length)))
  return out
}
