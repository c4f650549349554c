import { advise, type Language, type Messages } from './advice.js'
import type { CoreErrorCode } from './errors/CoreError.js'

const damaged = {
  vi: 'Dữ liệu bị hỏng hoặc không đúng định dạng. Hãy đọc lại.',
  en: 'The data is damaged or not in the expected format. Read it again.',
}

/** Texts for every code of `@cccd/core`. */
export const messages: Messages<CoreErrorCode> = {
  UTF8_INVALID: {
    vi: 'Chữ trong dữ liệu không phải UTF-8 hợp lệ. Hãy quét hoặc đọc lại.',
    en: 'The text in the data is not valid UTF-8. Scan or read it again.',
  },
  CURSOR_END: damaged,
  TLV_TRUNCATED: {
    vi: 'Dữ liệu bị cắt ngắn. Hãy giữ yên thẻ và đọc lại.',
    en: 'The data is cut short. Keep the card still and read it again.',
  },
  TLV_TOO_LARGE: { vi: 'Dữ liệu lớn hơn mức cho phép.', en: 'The data is larger than allowed.' },
  TLV_TOO_DEEP: damaged,
  TLV_TRAILING_BYTES: damaged,
  TLV_BAD_LENGTH: damaged,
  TLV_BAD_TAG: damaged,
  TLV_UNEXPECTED_TAG: damaged,
  DER_BAD_VALUE: damaged,
  JSON_INVALID: { vi: 'Tệp JSON không đúng định dạng.', en: 'The JSON is not in the expected format.' },
}

/** The text for an error of this package. */
export function advice(error: unknown, language: Language, overrides: Partial<Messages> = {}): string {
  return advise(error, language, overrides, messages)
}
