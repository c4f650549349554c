import { advise, type Language, type Messages } from '@cccd/core'
import { messages as coreMessages } from '@cccd/core/messages'
import { messages as cryptoMessages } from '@cccd/crypto/messages'
import type { PkiErrorCode } from './errors.js'

/** Texts for every code of `@cccd/pki`. */
export const messages: Messages<PkiErrorCode> = {
  PKI_BAD_CERTIFICATE: {
    vi: 'Chứng thư số bị hỏng hoặc không đúng định dạng X.509. Hãy lấy lại tệp từ nguồn phát hành.',
    en: 'The certificate is damaged or not X.509. Get the file again from where it is published.',
  },
  PKI_BAD_PUBLIC_KEY: {
    vi: 'Khóa công khai trong chứng thư số không đúng định dạng. Không dùng chứng thư này; hãy báo cho bộ phận kỹ thuật.',
    en: 'The public key in the certificate is malformed. Do not use this certificate; tell the technical team.',
  },
  PKI_UNKNOWN_CURVE: {
    vi: 'Khóa dùng đường cong elliptic không thuộc các đường cong tiêu chuẩn nên không được chấp nhận. Hãy báo cho bộ phận kỹ thuật.',
    en: 'The key is on an elliptic curve that is none of the standardised ones and is not accepted. Tell the technical team.',
  },
  PKI_UNSUPPORTED_ALGORITHM: {
    vi: 'Thuật toán chữ ký chưa được hỗ trợ. Hãy cập nhật phần mềm hoặc báo cho bộ phận kỹ thuật.',
    en: 'The signature algorithm is not supported. Update the software or tell the technical team.',
  },
  PKI_BAD_SIGNED_DATA: {
    vi: 'Dữ liệu ký số (CMS) bị hỏng. Hãy đọc lại thẻ hoặc lấy lại tệp.',
    en: 'The signed data (CMS) is damaged. Read the card or get the file again.',
  },
  PKI_BAD_MASTER_LIST: {
    vi: 'Danh sách chứng thư gốc (master list) không đúng định dạng. Hãy tải lại danh sách.',
    en: 'The master list is not in the expected format. Download it again.',
  },
  PKI_MASTER_LIST_REFUSED: {
    vi: 'Chữ ký của danh sách chứng thư gốc (master list) không đúng. Không dùng danh sách này; hãy tải lại từ nguồn chính thức.',
    en: 'The signature of the master list is not right. Do not use this list; download it again from the official source.',
  },
  PKI_BAD_REVOCATION_LIST: {
    vi: 'Danh sách chứng thư bị thu hồi (CRL) bị hỏng. Hãy tải lại từ nơi phát hành.',
    en: 'The certificate revocation list (CRL) is damaged. Download it again from where it is published.',
  },
  PKI_BAD_OCSP: {
    vi: 'Thông điệp kiểm tra trạng thái chứng thư (OCSP) không đúng định dạng. Hãy thử lại hoặc báo cho bên cung cấp dịch vụ.',
    en: 'The certificate status message (OCSP) is not in the expected format. Try again or tell the service provider.',
  },
  PKI_BAD_TIMESTAMP: {
    vi: 'Dấu thời gian (RFC 3161) không đúng định dạng. Hãy yêu cầu dấu thời gian mới.',
    en: 'The timestamp (RFC 3161) is not in the expected format. Ask for a new one.',
  },
  PKI_BAD_DEVIATION_LIST: {
    vi: 'Danh sách sai lệch (deviation list) không đúng định dạng. Hãy tải lại danh sách.',
    en: 'The deviation list is not in the expected format. Download it again.',
  },
  PKI_BAD_PEM: {
    vi: 'Tệp PEM bị hỏng. Hãy lấy lại tệp.',
    en: 'The PEM file is damaged. Get the file again.',
  },
  PKI_BAD_LDIF: {
    vi: 'Tệp LDIF không đúng định dạng. Hãy tải lại tệp từ thư mục PKD; số dòng lỗi có trong chi tiết.',
    en: 'The LDIF file is malformed. Download it again from the directory; the details name the line.',
  },
  PKI_BAD_TRUST_STORE: {
    vi: 'Tệp kho tin cậy đã biên dịch bị hỏng hoặc thuộc phiên bản khác. Hãy tạo lại bằng lệnh cccd trust build.',
    en: 'The compiled trust store is damaged or of another version. Make it again with cccd trust build.',
  },
  PKI_BAD_PIN_FILE: {
    vi: 'Tệp ghim chứng thư ký bị hỏng hoặc không đúng định dạng. Không sửa tay tệp này; hãy khôi phục từ bản sao lưu.',
    en: 'The pin file is damaged or not in the expected format. Do not edit it by hand; restore it from a backup.',
  },
  PKI_PIN_FILE_BUSY: {
    vi: 'Một người khác đang ghi tệp ghim. Hãy thử lại; nếu không còn ai ghi, hãy xóa tệp .lock bên cạnh.',
    en: 'Somebody else is writing the pin file. Try again; when nobody is, delete the .lock file beside it.',
  },
  PKI_PIN_REFUSED: {
    vi: 'Không thể thực hiện thao tác ghim này: cần hai người khác nhau xác nhận cùng một mục ghim. Hãy để người thứ hai thực hiện.',
    en: 'The pin cannot be changed this way: two different operators must confirm the same pin. Let the second one do it.',
  },
  PKI_TOO_MANY_SIGNERS: {
    vi: 'Có quá nhiều chứng thư ký khác nhau để thống kê một lần. Hãy chia các lần đọc thành nhiều thư mục và thống kê từng thư mục.',
    en: 'There are more different signers than one census counts. Split the readings over folders and count each.',
  },
  PKI_BAD_PIN: {
    vi: 'Mục ghim chứng thư ký không hợp lệ: cần dấu vân tay SHA-256 hoặc chứng thư, nguồn và thời hạn đúng. Hãy sửa lại mục này.',
    en: 'The pinned signer is not valid: it needs a SHA-256 fingerprint or the certificate, a source and a right period. Correct the entry.',
  },
  PKI_DEMO_REFUSED: {
    vi: 'Đây là chứng thư DEMO, chỉ dùng để thử nghiệm. Hãy bỏ chứng thư này khỏi kho tin cậy chính thức.',
    en: 'This is a DEMO certificate, for tests only. Take it out of the production trust store.',
  },
  PKI_PATH_UNREADABLE: {
    vi: 'Không đọc được tệp hoặc thư mục chứng thư. Hãy kiểm tra đường dẫn và quyền truy cập.',
    en: 'The certificate file or directory cannot be read. Check the path and the permissions.',
  },
  PKI_NO_TRUST_MATERIAL: {
    vi: 'Không tìm thấy chứng thư hoặc danh sách chứng thư gốc trong đường dẫn này. Hãy kiểm tra lại tệp.',
    en: 'There is no certificate and no master list at this path. Check the file.',
  },
}

/** The text for an error of this package or of one below it. */
export function advice(error: unknown, language: Language, overrides: Partial<Messages> = {}): string {
  return advise(error, language, overrides, messages, cryptoMessages, coreMessages)
}
