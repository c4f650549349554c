import { advise, type Language, type Messages } from '@cccd/core'
import type { ImageErrorCode } from './errors.js'

/** Texts for every code of `@cccd/image`. */
export const messages: Messages<ImageErrorCode> = {
  IMAGE_TYPE_UNKNOWN: {
    vi: 'Tệp không phải ảnh PNG, JPEG hay JPEG 2000. Hãy chọn tệp ảnh khác.',
    en: 'The file is not a PNG, JPEG or JPEG 2000 image. Choose another image file.',
  },
  IMAGE_TOO_LARGE: {
    vi: 'Tệp ảnh lớn hơn mức cho phép. Hãy dùng ảnh nhỏ hơn.',
    en: 'The image file is larger than allowed. Use a smaller image.',
  },
  IMAGE_TOO_MANY_PIXELS: {
    vi: 'Ảnh có quá nhiều điểm ảnh. Hãy thu nhỏ ảnh rồi thử lại.',
    en: 'The image has too many pixels. Scale it down and try again.',
  },
  IMAGE_UNSUPPORTED: {
    vi: 'Ảnh thuộc một biến thể chưa được hỗ trợ. Hãy lưu lại dưới dạng PNG hoặc JPEG thông thường.',
    en: 'The image is of a variant that is not supported. Save it again as an ordinary PNG or JPEG.',
  },
  IMAGE_CORRUPT: {
    vi: 'Ảnh bị hỏng. Hãy đọc lại thẻ hoặc chụp lại ảnh.',
    en: 'The image is damaged. Read the card again or take the picture again.',
  },
}

/** The text for an error of this package; a caller's own texts go first. */
export function advice(error: unknown, language: Language, overrides: Partial<Messages> = {}): string {
  return advise(error, language, overrides, messages)
}
