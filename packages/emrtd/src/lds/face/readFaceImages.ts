import type { Finding } from '@cccd/core'
import type { FaceImage } from './FaceImage.js'
import { faceBlockLayout } from './faceBlockLayout.js'
import { faceRecordLayout } from './faceRecordLayout.js'

/** ISO/IEC 39794-5 is ASN.1: its block begins with context tag 1 or application tag 5, never with the letters FAC. */
export function isFaceBlock(data: Uint8Array): boolean {
  return data[0] === 0xa1 || data[0] === 0x65
}

/** The images of a biometric data block of either standard, as views of it: what a verifier needs, and nothing else of the record. */
export function readFaceImages(data: Uint8Array, findings: Finding[]): FaceImage[] {
  if (isFaceBlock(data)) return faceBlockLayout(data, findings).representations.map(({ face }) => face)
  return faceRecordLayout(data, findings).map(({ standard, imageType, image, width, height }) => ({
    standard,
    imageType,
    image,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
  }))
}
