import { advise, type Language, type Messages } from '@cccd/core'
import { messages as coreMessages } from '@cccd/core/messages'
import type { IdentityErrorCode } from './errors.js'

/** Texts for every code of `@cccd/identity`. */
export const messages: Messages<IdentityErrorCode> = {
  IDENTITY_PERSONAL_NUMBER: {
    vi: 'Số định danh cá nhân phải gồm đúng 12 chữ số. Hãy kiểm tra và nhập lại.',
    en: 'The personal number must be exactly 12 digits. Check it and enter it again.',
  },
  IDENTITY_PREVIOUS_NUMBER: {
    vi: 'Số CMND cũ phải gồm đúng 9 chữ số. Hãy kiểm tra và nhập lại.',
    en: 'The previous identity card number must be exactly 9 digits. Check it and enter it again.',
  },
  IDENTITY_DATE: {
    vi: 'Ngày không đúng định dạng hoặc không có trong lịch. Hãy nhập lại theo dạng ngày/tháng/năm.',
    en: 'The date is malformed or not in the calendar. Enter it again as day/month/year.',
  },
  IDENTITY_SEX: {
    vi: 'Giới tính phải là "Nam" hoặc "Nữ". Hãy kiểm tra lại.',
    en: 'The sex must be "Nam" or "Nữ". Check it again.',
  },
  IDENTITY_NAME: {
    vi: 'Họ tên trống hoặc có ký tự không viết được trong vùng MRZ. Hãy kiểm tra lại họ tên.',
    en: 'The name is empty or has a character that cannot be written in an MRZ. Check the name again.',
  },
}

/** The text for an error of this package or of those it stands on. */
export function advice(error: unknown, language: Language, overrides: Partial<Messages> = {}): string {
  return advise(error, language, overrides, messages, coreMessages)
}
