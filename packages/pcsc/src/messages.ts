import { advise, type Language, type Messages } from '@cccd/core'
import { messages as iso7816Messages } from '@cccd/iso7816/messages'
import type { PcscErrorCode } from './errors.js'

const own: Messages<PcscErrorCode> = {
  PCSC_NO_BINDING: {
    vi: 'Máy chưa có phần mềm giao tiếp đầu đọc thẻ. Hãy cài gói pcsc-mini hoặc pcsclite, rồi chạy lại.',
    en: 'The software that talks to card readers is not installed. Install the package pcsc-mini or pcsclite and run again.',
  },
  PCSC_NO_SERVICE: {
    vi: 'Dịch vụ đầu đọc thẻ (PC/SC) chưa chạy. Hãy khởi động dịch vụ (Linux: pcscd; Windows: Smart Card) rồi thử lại.',
    en: 'The smart card service (PC/SC) is not running. Start it (Linux: pcscd; Windows: Smart Card) and try again.',
  },
  PCSC_SERVICE_LOST: {
    vi: 'Dịch vụ đầu đọc thẻ (PC/SC) đã dừng. Hãy đợi dịch vụ khởi động lại rồi thử lại.',
    en: 'The smart card service (PC/SC) stopped. Wait until it runs again, then try again.',
  },
  PCSC_ACCESS_DENIED: {
    vi: 'Tài khoản này không được phép dùng đầu đọc thẻ. Hãy nhờ quản trị viên cấp quyền (Linux: quy tắc polkit của pcscd).',
    en: 'This account may not use the card reader. Ask the administrator for permission (Linux: the polkit rules of pcscd).',
  },
  PCSC_NO_READER: {
    vi: 'Không tìm thấy đầu đọc thẻ. Hãy cắm đầu đọc và thử lại.',
    en: 'No card reader was found. Plug the reader in and try again.',
  },
  PCSC_NO_CARD: {
    vi: 'Không có thẻ trong đầu đọc. Hãy đặt thẻ lên đầu đọc và giữ yên.',
    en: 'There is no card in the reader. Put the card on the reader and keep it still.',
  },
  PCSC_CARD_MUTE: {
    vi: 'Thẻ không phản hồi đầu đọc. Hãy lấy thẻ ra, đặt lại đúng vị trí và thử lại.',
    en: 'The card does not respond to the reader. Take it away, place it again and try again.',
  },
  PCSC_SHARING_VIOLATION: {
    vi: 'Một chương trình khác đang dùng đầu đọc. Hãy đóng chương trình đó rồi thử lại.',
    en: 'Another program is using the reader. Close it and try again.',
  },
  PCSC_TIMEOUT: {
    vi: 'Đã hết thời gian chờ thẻ. Hãy đặt thẻ lên đầu đọc và thử lại.',
    en: 'No card came in time. Put the card on the reader and try again.',
  },
  PCSC_ABORTED: { vi: 'Đã hủy. Hãy bắt đầu lại khi sẵn sàng.', en: 'Cancelled. Start again when ready.' },
  PCSC_CLOSED: {
    vi: 'Kết nối với dịch vụ đầu đọc đã đóng. Hãy mở lại.',
    en: 'The connection to the smart card service is closed. Open it again.',
  },
  PCSC_FAILED: {
    vi: 'Đầu đọc thẻ báo lỗi. Hãy rút đầu đọc, cắm lại và thử lại; nếu vẫn lỗi, hãy báo cho bộ phận kỹ thuật.',
    en: 'The card reader failed. Unplug it, plug it in again and try again; if it stays, tell the technical team.',
  },
}

/** Texts for every code of `@cccd/pcsc` and of the packages below whose errors come through it. */
export const messages = { ...iso7816Messages, ...own }

/** The text for an error of this package. */
export function advice(error: unknown, language: Language, overrides: Partial<Messages> = {}): string {
  return advise(error, language, overrides, messages)
}
