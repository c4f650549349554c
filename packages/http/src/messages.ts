import { advise, type Language, type Messages } from '@cccd/core'
import { messages as coreMessages } from '@cccd/core/messages'
import type { HttpErrorCode } from './errors.js'

/** Texts for every code of `@cccd/http`. */
export const messages: Messages<HttpErrorCode> = {
  HTTP_URL: {
    vi: 'Địa chỉ mạng không hợp lệ. Hãy kiểm tra cấu hình hoặc báo cho bộ phận kỹ thuật.',
    en: 'The network address cannot be used. Check the configuration or tell the technical team.',
  },
  HTTP_REFUSED: {
    vi: 'Chính sách mạng không cho phép truy cập địa chỉ này. Hãy báo cho bộ phận kỹ thuật.',
    en: 'The network policy does not allow this address. Tell the technical team.',
  },
  HTTP_NAME_UNKNOWN: {
    vi: 'Không tìm thấy máy chủ theo tên. Hãy kiểm tra kết nối mạng và thử lại.',
    en: 'The name of the host is not known. Check the network connection and try again.',
  },
  HTTP_CONNECTION: {
    vi: 'Không kết nối được với máy chủ. Hãy kiểm tra kết nối mạng và thử lại.',
    en: 'The host cannot be reached. Check the network connection and try again.',
  },
  HTTP_TIMEOUT: {
    vi: 'Máy chủ không trả lời kịp thời. Hãy thử lại sau ít phút.',
    en: 'The host did not answer in time. Try again in a few minutes.',
  },
  HTTP_ABORTED: {
    vi: 'Đã hủy yêu cầu mạng. Hãy bắt đầu lại khi sẵn sàng.',
    en: 'The request was cancelled. Start again when ready.',
  },
  HTTP_REDIRECT: {
    vi: 'Máy chủ chuyển hướng đến nơi không được phép. Hãy báo cho bộ phận kỹ thuật.',
    en: 'The host sends the request on to where it may not go. Tell the technical team.',
  },
  HTTP_TOO_LARGE: {
    vi: 'Dữ liệu trả về lớn hơn mức cho phép. Hãy báo cho bộ phận kỹ thuật.',
    en: 'The answer is larger than allowed. Tell the technical team.',
  },
  HTTP_CONTENT: {
    vi: 'Máy chủ trả về loại dữ liệu khác với loại được yêu cầu. Hãy báo cho bộ phận kỹ thuật.',
    en: 'The host answers with another kind of data than was asked for. Tell the technical team.',
  },
  HTTP_UNAVAILABLE: {
    vi: 'Môi trường này không có chức năng truy cập mạng. Hãy báo cho bộ phận kỹ thuật.',
    en: 'This runtime cannot reach the network. Tell the technical team.',
  },
}

/** The text for an error of this package or of those it stands on. */
export function advice(error: unknown, language: Language, overrides: Partial<Messages> = {}): string {
  return advise(error, language, overrides, messages, coreMessages)
}
