import { advise, type Language, type Messages } from '@cccd/core'
import { messages as coreMessages } from '@cccd/core/messages'
import { messages as identityMessages } from '@cccd/identity/messages'
import { messages as imageMessages } from '@cccd/image/messages'
import type { QrErrorCode } from './errors.js'

const scanAgain = {
  vi: 'Hãy lau sạch mã QR trên thẻ và quét lại.',
  en: 'Wipe the QR code on the card and scan it again.',
}

/** Texts for every code of `@cccd/qr`. */
export const messages: Messages<QrErrorCode> = {
  QR_EMPTY: { vi: `Mã QR không có dữ liệu. ${scanAgain.vi}`, en: `The QR code holds nothing. ${scanAgain.en}` },
  QR_TOO_LARGE: {
    vi: 'Dữ liệu dài hơn mọi mã QR trên thẻ. Hãy kiểm tra đã quét đúng mã trên thẻ căn cước.',
    en: 'The data is longer than any QR code on a card. Check that the code on the identity card was scanned.',
  },
  QR_ENCODING: {
    vi: 'Chữ trong mã QR bị lỗi mã hóa. Hãy quét lại, hoặc đặt máy quét ở chế độ UTF-8.',
    en: 'The text of the QR code is damaged. Scan it again, or set the scanner to UTF-8.',
  },
  QR_CONTROL_CHARACTER: {
    vi: 'Mã QR có ký tự điều khiển không được phép. Hãy kiểm tra cấu hình máy quét và quét lại.',
    en: 'The QR code has control characters. Check the settings of the scanner and scan again.',
  },
  QR_NOT_A_CARD: {
    vi: 'Đây không phải mã QR trên thẻ căn cước. Hãy quét mã QR in trên thẻ.',
    en: 'This is not the QR code of an identity card. Scan the code printed on the card.',
  },
  QR_FIELD_COUNT: {
    vi: 'Mã QR không đủ số mục của thẻ căn cước. Hãy quét mã trên thẻ gắn chip và quét trọn mã.',
    en: 'The QR code does not have as many fields as an identity card. Scan the whole code of a chip card.',
  },
  QR_PERSONAL_NUMBER: {
    vi: `Số định danh trong mã QR không phải 12 chữ số. ${scanAgain.vi}`,
    en: `The personal number in the QR code is not 12 digits. ${scanAgain.en}`,
  },
  QR_PREVIOUS_ID_NUMBER: {
    vi: `Số CMND cũ trong mã QR không phải 9 chữ số. ${scanAgain.vi}`,
    en: `The previous card number in the QR code is not 9 digits. ${scanAgain.en}`,
  },
  QR_FULL_NAME: {
    vi: `Họ tên trong mã QR không hợp lệ. ${scanAgain.vi}`,
    en: `The name in the QR code is not a name. ${scanAgain.en}`,
  },
  QR_DATE_OF_BIRTH: {
    vi: `Ngày sinh trong mã QR không có trong lịch. ${scanAgain.vi}`,
    en: `The date of birth in the QR code is not in the calendar. ${scanAgain.en}`,
  },
  QR_SEX: {
    vi: `Giới tính trong mã QR không phải "Nam" hoặc "Nữ". ${scanAgain.vi}`,
    en: `The sex in the QR code is neither "Nam" nor "Nữ". ${scanAgain.en}`,
  },
  QR_ISSUE_DATE: {
    vi: `Ngày cấp trong mã QR không có trong lịch. ${scanAgain.vi}`,
    en: `The date of issue in the QR code is not in the calendar. ${scanAgain.en}`,
  },
  QR_NOT_FOUND: {
    vi: 'Không tìm thấy mã QR trong ảnh. Hãy chụp lại: đủ sáng, rõ nét, mã QR nằm trọn trong khung.',
    en: 'No QR code was found in the picture. Take it again: enough light, in focus, the whole code inside.',
  },
  QR_DECODER: {
    vi: 'Bộ đọc mã QR không chạy được. Hãy báo cho bộ phận kỹ thuật.',
    en: 'The QR decoder could not run. Tell the technical team.',
  },
}

/** The text for an error of this package or of those it stands on. */
export function advice(error: unknown, language: Language, overrides: Partial<Messages> = {}): string {
  return advise(error, language, overrides, messages, identityMessages, imageMessages, coreMessages)
}
