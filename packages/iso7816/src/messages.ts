import { advise, type Language, type Messages } from '@cccd/core'
import type { IsoErrorCode } from './errors/IsoError.js'
import type { TransportErrorCode } from './errors/TransportError.js'

/** Texts for every code of `@cccd/iso7816`. */
export const messages: Messages<IsoErrorCode | TransportErrorCode> = {
  LINK_LOST: {
    vi: 'Mất kết nối với thẻ. Hãy đặt lại thẻ, giữ yên và thử lại; phần đã đọc không bị mất.',
    en: 'The connection to the card was lost. Put the card back, keep it still and try again; what was read is kept.',
  },
  TRANSPORT_TIMEOUT: {
    vi: 'Thẻ không trả lời kịp thời. Hãy đặt lại thẻ, giữ yên và thử lại.',
    en: 'The card did not answer in time. Put the card back, keep it still and try again.',
  },
  TRANSPORT_ABORTED: {
    vi: 'Đã hủy đọc thẻ. Hãy bắt đầu lại khi sẵn sàng.',
    en: 'Reading the card was cancelled. Start again when ready.',
  },
  TRANSPORT_CLOSED: {
    vi: 'Kết nối với thẻ đã đóng. Hãy đặt lại thẻ và bắt đầu lại.',
    en: 'The connection to the card is closed. Put the card back and start again.',
  },
  TRANSPORT_EMPTY_RESPONSE: {
    vi: 'Thẻ trả lời không hợp lệ. Hãy đặt lại thẻ; nếu vẫn lỗi, hãy thử đầu đọc khác.',
    en: 'The card gave no valid answer. Put the card back; if it stays, try another reader.',
  },
  TRANSPORT_LENGTH: {
    vi: 'Dữ liệu dài hơn mức đầu đọc cho phép. Hãy thử đầu đọc khác hoặc báo cho bộ phận kỹ thuật.',
    en: 'The data is longer than the reader can carry. Try another reader or tell the technical team.',
  },
  TRANSPORT_REPLAY_MISMATCH: {
    vi: 'Lệnh không khớp với bản ghi. Hãy phát lại với cùng phiên bản và cùng tùy chọn như khi ghi.',
    en: 'The command is not the recorded one. Replay with the version and options of the recording.',
  },
  TRANSPORT_REPLAY_EXHAUSTED: {
    vi: 'Bản ghi đã hết. Hãy phát lại với cùng tùy chọn như khi ghi.',
    en: 'The recording ends here. Replay with the options of the recording.',
  },
  TRANSPORT_TRACE_INVALID: {
    vi: 'Tệp ghi không đúng định dạng. Hãy chọn tệp khác.',
    en: 'The file is not a recording. Choose another file.',
  },
  APDU_MALFORMED: {
    vi: 'Dữ liệu trao đổi với thẻ không hợp lệ. Hãy đặt lại thẻ và thử lại.',
    en: 'What was exchanged with the card is not valid. Put the card back and try again.',
  },
  APDU_STATUS: {
    vi: 'Thẻ từ chối lệnh. Hãy đặt lại thẻ và thử lại; nếu vẫn lỗi, hãy báo cho bộ phận kỹ thuật.',
    en: 'The card refused a command. Put the card back and try again; if it stays, tell the technical team.',
  },
  APDU_RESPONSE_TOO_LONG: {
    vi: 'Thẻ gửi dữ liệu không dừng. Thẻ có thể bị hỏng hoặc giả mạo; hãy báo cho bộ phận kỹ thuật.',
    en: 'The card sends data without end. It may be damaged or not genuine; tell the technical team.',
  },
}

/** The text for an error of this package. */
export function advice(error: unknown, language: Language, overrides: Partial<Messages> = {}): string {
  return advise(error, language, overrides, messages)
}
