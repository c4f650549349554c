import { advise, type Language, type Messages } from '@cccd/core'
import { messages as coreMessages } from '@cccd/core/messages'
import { messages as cryptoMessages } from '@cccd/crypto/messages'
import { messages as identityMessages } from '@cccd/identity/messages'
import { messages as isoMessages } from '@cccd/iso7816/messages'
import { messages as mrzMessages } from '@cccd/mrz/messages'
import { messages as pkiMessages } from '@cccd/pki/messages'
import type { EmrtdErrorCode } from './errors.js'

const badAnswer = {
  vi: 'Thẻ trả lời không hợp lệ. Hãy nhấc thẻ ra, đặt lại và thử lại; nếu vẫn lỗi, thẻ có thể bị hỏng hoặc giả mạo.',
  en: 'The card gave an answer that is not valid. Take the card off, put it back and try again; if it stays, it may be damaged or not genuine.',
}

/** Texts for every code of `@cccd/emrtd`. */
export const messages: Messages<EmrtdErrorCode> = {
  EMRTD_FILE_TOO_LARGE: {
    vi: 'Tệp trong chip lớn hơn mức cho phép. Hãy đọc lại; nếu vẫn lỗi, không chấp nhận thẻ này.',
    en: 'A file of the chip is larger than allowed. Read it again; if it stays, do not accept this card.',
  },
  EMRTD_FILE_MALFORMED: {
    vi: 'Một tệp trong chip không đúng cấu trúc. Hãy giữ yên thẻ và đọc lại; nếu vẫn lỗi, hãy báo cho bộ phận kỹ thuật.',
    en: 'A file of the chip does not have the expected structure. Keep the card still and read it again; if it stays, tell the technical team.',
  },
  EMRTD_SECURITY_INFOS_MALFORMED: {
    vi: 'Danh sách giao thức bảo mật của chip bị hỏng. Hãy đặt lại thẻ và thử lại.',
    en: 'The list of security protocols of the chip is damaged. Put the card back and try again.',
  },
  EMRTD_SOD_MALFORMED: {
    vi: 'Dữ liệu chữ ký (SOD) trong chip bị hỏng. Hãy đọc lại; nếu vẫn lỗi, không chấp nhận thẻ này.',
    en: 'The signed data (SOD) of the chip is damaged. Read it again; if it stays, do not accept this card.',
  },
  EMRTD_FACE_MALFORMED: {
    vi: 'Ảnh khuôn mặt trong chip bị hỏng hoặc không phải JPEG, JPEG 2000. Hãy đọc lại thẻ.',
    en: 'The portrait in the chip is damaged, or neither JPEG nor JPEG 2000. Read the card again.',
  },
  EMRTD_FACE_UNSUPPORTED: {
    vi: 'Khuôn mặt trong chip ở dạng phần mềm chưa đọc được (mô hình ba chiều, phần mở rộng hoặc phiên bản khác). Hãy cập nhật phần mềm.',
    en: 'The face in the chip has a form that the software cannot read (three-dimensional, an extension or another version). Update the software.',
  },
  EMRTD_READING_INVALID: {
    vi: 'Dữ liệu đọc thẻ gửi lên thiếu hoặc sai định dạng. Hãy đọc lại thẻ và gửi lại.',
    en: 'The reading that was sent is incomplete or malformed. Read the card again and send it again.',
  },
  NOT_VERIFIED: {
    vi: 'Thẻ chưa được chứng minh là thật. Hãy xem các bước kiểm tra còn thiếu và đọc lại thẻ, hoặc chuyển cho người có thẩm quyền.',
    en: 'The document is not proven. Look at the checks that are lacking, read the card again, or pass the case on.',
  },
  EMRTD_APPLICATION_NOT_FOUND: {
    vi: 'Đây không phải thẻ căn cước gắn chip, hoặc chip không có ứng dụng giấy tờ điện tử. Hãy đặt đúng thẻ.',
    en: 'This is not an identity card with a chip, or the chip has no electronic document. Put the right card on the reader.',
  },
  EMRTD_ACCESS_DENIED: {
    vi: 'Không mở được chip bằng thông tin đã nhập. Hãy quét lại mã QR hoặc kiểm tra số trên thẻ; có thể đây là thẻ khác.',
    en: 'The chip does not open with what was entered. Scan the QR again or check the number on the card; it may be another card.',
  },
  EMRTD_ACCESS_INPUT: {
    vi: 'Thông tin để mở chip không hợp lệ. Hãy quét lại mã QR hoặc nhập lại 6 số cuối của số định danh, hay các dòng MRZ.',
    en: 'The data to open the chip is not valid. Scan the QR again, or enter the last 6 digits of the number or the MRZ lines again.',
  },
  PACE_NOT_OFFERED: {
    vi: 'Chip không hỗ trợ PACE. Nếu chính sách cho phép, hãy đọc bằng BAC với các dòng MRZ.',
    en: 'The chip does not offer PACE. If the policy allows it, read it with BAC and the MRZ lines.',
  },
  PACE_UNSUPPORTED: {
    vi: 'Chip dùng kiểu PACE chưa được hỗ trợ. Hãy cập nhật phần mềm hoặc báo cho bộ phận kỹ thuật.',
    en: 'The chip offers a kind of PACE that is not supported. Update the software or tell the technical team.',
  },
  PACE_WRONG_PASSWORD: {
    vi: 'Mật khẩu chip sai. Hãy quét lại mã QR của chính thẻ này hoặc kiểm tra 6 số cuối của số định danh.',
    en: 'The password of the chip is wrong. Scan the QR of this very card again, or check the last 6 digits of the number.',
  },
  PACE_SUSPENDED: {
    vi: 'Chỉ còn một lần nhập PIN. Hãy nhập thêm số CAN in trên thẻ rồi mới thử lần cuối.',
    en: 'One try of the PIN is left. Enter the card access number printed on the card as well before the last try.',
  },
  PACE_BLOCKED: {
    vi: 'Chip đã khóa mật khẩu sau nhiều lần thử sai. Hãy nhấc thẻ ra, chờ một lát rồi thử lại với thông tin đúng; PIN bị khóa thì cần mã PUK.',
    en: 'The chip has blocked the password after wrong tries. Take the card off, wait a moment and try again with the right data; a blocked PIN needs the PUK.',
  },
  PACE_DEACTIVATED: {
    vi: 'Mật khẩu này chưa được kích hoạt trên thẻ. Hãy dùng cách mở khác hoặc hỏi nơi cấp thẻ.',
    en: 'This password is switched off on the card. Use another way to open it, or ask the issuer.',
  },
  PACE_FAILED: {
    vi: 'Không thiết lập được kênh bảo mật với chip. Hãy nhấc thẻ ra, đặt lại và thử lại.',
    en: 'The secure channel to the chip could not be set up. Take the card off, put it back and try again.',
  },
  PACE_BAD_ANSWER: badAnswer,
  BAC_WRONG_KEY: {
    vi: 'Khóa BAC sai. Hãy kiểm tra số giấy tờ, ngày sinh và ngày hết hạn trong các dòng MRZ.',
    en: 'The BAC key is wrong. Check document number, date of birth and date of expiry in the MRZ lines.',
  },
  BAC_FAILED: {
    vi: 'Không mở được chip bằng BAC. Hãy nhấc thẻ ra, đặt lại và thử lại.',
    en: 'The chip could not be opened with BAC. Take the card off, put it back and try again.',
  },
  BAC_BAD_ANSWER: badAnswer,
  SM_BAD_ANSWER: badAnswer,
  SM_MAC_WRONG: {
    vi: 'Dữ liệu từ chip bị thay đổi trên đường truyền. Hãy nhấc thẻ ra, đặt lại và thử lại; nếu lặp lại, không chấp nhận thẻ này.',
    en: 'What the chip sent was changed on the way. Take the card off, put it back and try again; if it repeats, do not accept this card.',
  },
  SM_CHANNEL_LOST: {
    vi: 'Chip đã đóng kênh bảo mật. Hãy nhấc thẻ ra, đặt lại và đọc tiếp.',
    en: 'The chip closed the secure channel. Take the card off, put it back and read on.',
  },
  EMRTD_FILE_STATUS: {
    vi: 'Chip không cho đọc một tệp cần thiết. Hãy đặt lại thẻ và thử lại.',
    en: 'The chip does not give a file that is needed. Put the card back and try again.',
  },
  EMRTD_FILE_LENGTH: {
    vi: 'Chip báo độ dài tệp không hợp lệ. Hãy đọc lại; nếu vẫn lỗi, không chấp nhận thẻ này.',
    en: 'The chip announces a file length that is not valid. Read it again; if it stays, do not accept this card.',
  },
  CHIP_AUTHENTICATION_FAILED: {
    vi: 'Chip không qua được xác thực chip. Hãy đọc lại; nếu vẫn lỗi, thẻ có thể là bản sao.',
    en: 'The chip did not pass Chip Authentication. Read it again; if it stays, the card may be a copy.',
  },
  CHIP_AUTHENTICATION_UNSUPPORTED: {
    vi: 'Kiểu xác thực chip này chưa được hỗ trợ. Hãy cập nhật phần mềm hoặc báo cho bộ phận kỹ thuật.',
    en: 'This kind of Chip Authentication is not supported. Update the software or tell the technical team.',
  },
  ACTIVE_AUTHENTICATION_FAILED: {
    vi: 'Chip không trả lời xác thực chủ động. Hãy đọc lại; nếu vẫn lỗi, thẻ có thể là bản sao.',
    en: 'The chip did not answer Active Authentication. Read it again; if it stays, the card may be a copy.',
  },
  DIFFERENT_CARD: {
    vi: 'Đây là thẻ khác với thẻ đang đọc dở. Hãy đặt lại đúng thẻ ban đầu hoặc bắt đầu lại.',
    en: 'This is another card than the one being read. Put the first card back or start again.',
  },
}

/** The text for an error of this package and of those it stands on. */
export function advice(error: unknown, language: Language, overrides: Partial<Messages> = {}): string {
  const below = [pkiMessages, mrzMessages, isoMessages, cryptoMessages, identityMessages, coreMessages]
  return advise(error, language, overrides, messages, ...below)
}
