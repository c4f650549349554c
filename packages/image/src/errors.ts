import { CccdError } from '@cccd/core'

/** Every code that `@cccd/image` throws. */
export const imageErrorCodes = [
  'IMAGE_TYPE_UNKNOWN',
  'IMAGE_TOO_LARGE',
  'IMAGE_TOO_MANY_PIXELS',
  'IMAGE_UNSUPPORTED',
  'IMAGE_CORRUPT',
] as const

export type ImageErrorCode = (typeof imageErrorCodes)[number]

/** Bytes that are no image, or one that is not decoded here. */
export class ImageError extends CccdError<ImageErrorCode> {
  override readonly name = 'ImageError'
}
