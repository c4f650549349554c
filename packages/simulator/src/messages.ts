import { advise, type Language, type Messages } from '@cccd/core'
import { messages as core } from '@cccd/core/messages'
import { messages as iso7816 } from '@cccd/iso7816/messages'
import type { SimulatorErrorCode } from './errors.js'

/** Texts for every code of `@cccd/simulator`. */
export const messages: Messages<SimulatorErrorCode> = {
  SIMULATOR_CARD_INVALID: {
    vi: 'Tệp thẻ mô phỏng bị thiếu hoặc không đúng định dạng. Hãy tạo thẻ DEMO mới.',
    en: 'The files of the software card are missing or not in the expected format. Make a new DEMO card.',
  },
  SIMULATOR_UNSUPPORTED: {
    vi: 'Thẻ mô phỏng không hỗ trợ thuật toán hoặc lựa chọn này. Hãy chọn giá trị khác.',
    en: 'The software card does not have this algorithm or option. Choose another one.',
  },
  SIMULATOR_IMAGE_ENCODER: {
    vi: 'Không mã hóa được ảnh chân dung mô phỏng. Hãy chọn định dạng ảnh khác.',
    en: 'The drawn portrait could not be encoded. Choose another image format.',
  },
  SIMULATOR_SCRUB_REFUSED: {
    vi: 'Không thể xóa hết dữ liệu cá nhân khỏi bản ghi này, nên không ghi gì ra. Hãy ghi lại bằng: cccd read --trace',
    en: 'The personal data in this recording cannot all be replaced, so nothing was written. Record again with: cccd read --trace',
  },
  SIMULATOR_VPCD_UNREACHABLE: {
    vi: 'Không kết nối được với đầu đọc ảo. Hãy kiểm tra pcscd và vpcd đã chạy chưa rồi thử lại.',
    en: 'The virtual reader cannot be reached. Check that pcscd with vpcd is running, then try again.',
  },
  SIMULATOR_VPCD_PROTOCOL: {
    vi: 'Đầu đọc ảo gửi dữ liệu không đúng giao thức. Hãy kiểm tra phiên bản vpcd.',
    en: 'The virtual reader sent data that is not its protocol. Check the version of vpcd.',
  },
}

/** The text for an error of this package or of one below it. */
export function advice(error: unknown, language: Language, overrides: Partial<Messages> = {}): string {
  return advise(error, language, overrides, messages, iso7816, core)
}
