import { advise, type Language, type Messages } from '@cccd/core'
import { messages as iso7816Messages } from '@cccd/iso7816/messages'
import type { NfcErrorCode } from './errors.js'

const own: Messages<NfcErrorCode> = {
  NFC_NOT_INSTALLED: {
    vi: 'Ứng dụng thiếu thư viện NFC. Nhà phát triển hãy cài react-native-nfc-manager rồi tạo lại bản dựng.',
    en: 'The app lacks the NFC library. Developers: install react-native-nfc-manager and build the app again.',
  },
  NFC_UNSUPPORTED: {
    vi: 'Điện thoại này không đọc được chip NFC. Hãy dùng điện thoại khác.',
    en: 'This phone cannot read NFC chips. Use another phone.',
  },
  NFC_DISABLED: {
    vi: 'NFC đang tắt. Hãy bật NFC trong phần cài đặt của điện thoại rồi thử lại.',
    en: 'NFC is switched off. Switch it on in the settings of the phone and try again.',
  },
  NFC_NOT_PERMITTED: {
    vi: 'Ứng dụng chưa được phép dùng NFC. Nhà phát triển hãy kiểm tra quyền NFC và danh sách AID trong cấu hình ứng dụng.',
    en: 'The app may not use NFC. Developers: check the NFC entitlement and the list of AIDs in the configuration of the app.',
  },
  NFC_BUSY: {
    vi: 'NFC đang được dùng. Hãy đợi vài giây rồi thử lại.',
    en: 'NFC is in use. Wait a few seconds and try again.',
  },
  NFC_WRONG_CARD: {
    vi: 'Thẻ này không có chip căn cước hoặc hộ chiếu. Hãy áp đúng thẻ vào điện thoại.',
    en: 'This card has no chip of an identity card or passport. Hold the right card to the phone.',
  },
  NFC_TIMEOUT: {
    vi: 'Đã hết thời gian chờ thẻ. Hãy áp thẻ vào mặt lưng điện thoại và thử lại.',
    en: 'No card came in time. Hold the card to the back of the phone and try again.',
  },
  NFC_CANCELLED: { vi: 'Bạn đã hủy đọc thẻ. Hãy bắt đầu lại khi sẵn sàng.', en: 'You cancelled. Start again when ready.' },
  NFC_ABORTED: { vi: 'Đã dừng đọc thẻ. Hãy bắt đầu lại khi sẵn sàng.', en: 'Reading was stopped. Start again when ready.' },
  NFC_SESSION_ENDED: {
    vi: 'Phiên đọc thẻ đã đóng hoặc hết giờ. Hãy bắt đầu lại; phần đã đọc không bị mất.',
    en: 'The reading session was closed or its time was over. Start again; what was read is kept.',
  },
  NFC_FAILED: {
    vi: 'NFC của điện thoại báo lỗi. Hãy tắt rồi bật lại NFC và thử lại; nếu vẫn lỗi, hãy khởi động lại điện thoại.',
    en: 'The NFC of the phone failed. Switch NFC off and on and try again; if it stays, restart the phone.',
  },
}

/** Texts for every code of `@cccd/react-native` and of the packages below whose errors come through it. */
export const messages = { ...iso7816Messages, ...own }

/** The text for an error of this package. */
export function advice(error: unknown, language: Language, overrides: Partial<Messages> = {}): string {
  return advise(error, language, overrides, messages)
}
