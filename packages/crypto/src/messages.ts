import { advise, type Language, type Messages } from '@cccd/core'
import type { CryptoErrorCode } from './CryptoError.js'

/** Texts for every code of `@cccd/crypto`. */
export const messages: Messages<CryptoErrorCode> = {
  CRYPTO_UNSUPPORTED: {
    vi: 'Thuật toán mật mã này chưa được hỗ trợ. Hãy cập nhật phần mềm hoặc báo cho bộ phận kỹ thuật.',
    en: 'This cryptographic algorithm is not supported. Update the software or tell the technical team.',
  },
  CRYPTO_KEY_MISMATCH: {
    vi: 'Khóa không thuộc loại mà thuật toán cần. Hãy báo cho bộ phận kỹ thuật.',
    en: 'The key is not of the kind that the algorithm needs. Tell the technical team.',
  },
  CRYPTO_BAD_KEY: {
    vi: 'Khóa không hợp lệ. Hãy đọc lại thẻ; nếu vẫn lỗi, không chấp nhận thẻ này.',
    en: 'The key is not valid. Read the card again; if it stays, do not accept this card.',
  },
  CRYPTO_BAD_POINT: {
    vi: 'Khóa công khai không thuộc đường cong hoặc nhóm của nó. Hãy đọc lại thẻ; nếu vẫn lỗi, không chấp nhận thẻ này.',
    en: 'The public key is not one of its curve or group. Read the card again; if it stays, do not accept this card.',
  },
  CRYPTO_BAD_LENGTH: {
    vi: 'Dữ liệu mã hóa có độ dài sai. Hãy giữ yên thẻ và đọc lại.',
    en: 'The encrypted data has a wrong length. Keep the card still and read it again.',
  },
  CRYPTO_BAD_PADDING: {
    vi: 'Dữ liệu giải mã bị hỏng. Hãy giữ yên thẻ và đọc lại.',
    en: 'The decrypted data is damaged. Keep the card still and read it again.',
  },
  CRYPTO_NO_RANDOMNESS: {
    vi: 'Môi trường chạy không có nguồn số ngẫu nhiên. Hãy báo cho bộ phận kỹ thuật thêm crypto.getRandomValues.',
    en: 'The runtime has no source of randomness. Ask the technical team to add crypto.getRandomValues.',
  },
  CRYPTO_BAD_RANDOMNESS: {
    vi: 'Nguồn số ngẫu nhiên bị hỏng. Dừng lại và báo cho bộ phận kỹ thuật.',
    en: 'The source of randomness is broken. Stop and tell the technical team.',
  },
}

/** The text for an error of this package. */
export function advice(error: unknown, language: Language, overrides: Partial<Messages> = {}): string {
  return advise(error, language, overrides, messages)
}
