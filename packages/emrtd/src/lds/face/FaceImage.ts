import type { ImageType } from '../imageType.js'

/** The standards that a biometric data block of DG2 follows. */
export type FaceStandard = 'ISO/IEC 19794-5' | 'ISO/IEC 39794-5'

/** One portrait of DG2. */
export interface FaceImage {
  readonly standard: FaceStandard
  /** By the image's first bytes. */
  readonly imageType: ImageType
  readonly image: Uint8Array
  /** Pixels as the record says; absent when it does not. */
  readonly width?: number
  readonly height?: number
}

/** A face whose image no longer shares memory with the file. */
export function withOwnBytes<Face extends FaceImage>(face: Face): Face {
  return { ...face, image: new Uint8Array(face.image) }
}
