import type { Messages } from '@cccd/core'
import type { CliErrorCode } from './errors.js'

/** Texts for every code of the command line. */
export const messages: Messages<CliErrorCode> = {
  CLI_USAGE: {
    vi: 'Lệnh chưa đúng. Thêm --help để xem cách dùng.',
    en: 'The command line is wrong. Add --help to see how to use it.',
  },
  CLI_WRONG_OPTION: {
    vi: 'Giá trị của một tùy chọn chưa đúng. Thêm --help để xem các giá trị được chấp nhận.',
    en: 'The value of an option is wrong. Add --help to see what is accepted.',
  },
  CLI_NEEDS_OPTION: {
    vi: 'Thiếu một tùy chọn. Thêm --help để xem cách dùng.',
    en: 'An option is missing. Add --help to see how to use it.',
  },
  CLI_NO_FILE: {
    vi: 'Không tìm thấy tệp hoặc thư mục. Hãy kiểm tra đường dẫn.',
    en: 'The file or folder was not found. Check the path.',
  },
  CLI_EXISTS: {
    vi: 'Thư mục hoặc tệp đích đã có. Hãy chọn tên khác, hoặc thêm --force để thay thế.',
    en: 'The output folder or file exists. Choose another name, or add --force to replace it.',
  },
  CLI_FILE_UNREADABLE: {
    vi: 'Không đọc hoặc ghi được tệp. Hãy kiểm tra quyền truy cập.',
    en: 'A file cannot be read or written. Check its permissions.',
  },
  CLI_FILE_TOO_LARGE: {
    vi: 'Tệp lớn hơn mức cho phép.',
    en: 'A file is larger than allowed.',
  },
  CLI_NOT_A_CARD: {
    vi: 'Thư mục không chứa thẻ DEMO. Hãy tạo bằng: cccd card new --out DIR',
    en: 'The folder holds no DEMO card. Make one with: cccd card new --out DIR',
  },
  CLI_NOTHING_TO_VERIFY: {
    vi: 'Thư mục không có tệp nào của chip (EF_SOD.bin, EF_DG1.bin, … hoặc reading.json).',
    en: 'The folder holds no file of a chip (EF_SOD.bin, EF_DG1.bin, … or reading.json).',
  },
  CLI_TWO_FILES: {
    vi: 'Thư mục có hai tệp khác nhau cho cùng một tên (ví dụ EF_DG1.bin và DG1.bin). Hãy giữ lại một tệp.',
    en: 'The folder holds two different files of one name (EF_DG1.bin and DG1.bin, say). Keep one of them.',
  },
  CLI_QR_NOT_FOUND: {
    vi: 'Không tìm thấy mã QR trong ảnh. Hãy chụp lại cho rõ, đủ sáng và lấy trọn mã.',
    en: 'No QR code was found in the image. Take it again: sharp, well lit, with the whole code.',
  },
  CLI_PART_MISSING: {
    vi: 'Thiếu một gói tùy chọn. Hãy cài lại: npm install @cccd/cli',
    en: 'A part is not installed. Install again: npm install @cccd/cli',
  },
  CLI_CANCELLED: { vi: 'Đã hủy.', en: 'Cancelled.' },
}
