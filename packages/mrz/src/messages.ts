import { advise, type Language, type Messages } from '@cccd/core'
import { messages as coreMessages } from '@cccd/core/messages'
import { messages as identityMessages } from '@cccd/identity/messages'
import type { MrzErrorCode } from './errors.js'

/** Texts for every code of `@cccd/mrz`. */
export const messages: Messages<MrzErrorCode> = {
  MRZ_FORMAT: {
    vi: 'Vùng MRZ không đủ dòng hoặc sai độ dài. Hãy quét lại toàn bộ các dòng ở mặt sau thẻ.',
    en: 'The MRZ has the wrong number or length of lines. Scan all its lines again.',
  },
  MRZ_CHARACTER: {
    vi: 'Vùng MRZ có ký tự không hợp lệ (chỉ gồm A–Z, 0–9 và <). Hãy quét lại.',
    en: 'The MRZ has a character other than A–Z, 0–9 and <. Scan it again.',
  },
  MRZ_FIELD: {
    vi: 'Một mục trong vùng MRZ có nội dung không hợp lệ. Hãy quét lại.',
    en: 'A field of the MRZ holds what it cannot hold. Scan it again.',
  },
  MRZ_DATE: {
    vi: 'Ngày trong vùng MRZ không có trong lịch. Hãy quét lại.',
    en: 'A date in the MRZ is not in the calendar. Scan it again.',
  },
  MRZ_CHECK_DIGIT: {
    vi: 'Số kiểm tra trong vùng MRZ không khớp. Hãy quét lại hoặc nhập lại cẩn thận.',
    en: 'A check digit of the MRZ is wrong. Scan it again or type it carefully.',
  },
}

/** The text for an error of this package or of those it stands on. */
export function advice(error: unknown, language: Language, overrides: Partial<Messages> = {}): string {
  return advise(error, language, overrides, messages, identityMessages, coreMessages)
}
