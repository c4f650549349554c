import type { Language } from '@cccd/core'

/** What a doubt means, by its code. A test holds the table complete for every code that the packages give. */
export const findingTexts: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'aa-algorithm-not-stated': {
    vi: 'DG14 không nêu thuật toán của xác thực chủ động; đã suy ra từ khóa',
    en: 'DG14 does not name the algorithm of Active Authentication; taken from the key',
  },
  'aa-der-signature': {
    vi: 'chip trả chữ ký ECDSA ở dạng DER thay vì dạng ghép r và s',
    en: 'the chip gave its ECDSA signature in DER, not as plain r and s',
  },
  'algorithm-differs': {
    vi: 'chứng thư nêu thuật toán ký khác nhau ở hai nơi',
    en: 'the certificate names its signature algorithm twice, differently',
  },
  'alternative-name': {
    vi: 'tên thay thế trong chứng thư thiếu mã quốc gia ba chữ cái',
    en: 'an alternative name of the certificate lacks the three-letter country code',
  },
  'anchor-without-signer': {
    vi: 'chứng thư gốc do một chứng thư khác ký mà ở đây không có',
    en: 'the anchor was signed by a certificate that is not here',
  },
  'birth-date-incomplete': { vi: 'chỉ có năm, hoặc tháng và năm sinh', en: 'only the year, or year and month, of birth' },
  'birth-place-ambiguous': {
    vi: 'mã nơi đăng ký khai sinh trong số định danh ứng với nhiều nơi',
    en: 'the place code in the personal number stands for several places',
  },
  'birth-place-not-confirmed': {
    vi: 'mã quốc gia trong số định danh chưa có nguồn xác nhận',
    en: 'the country code in the personal number is not confirmed by a source',
  },
  'birth-place-unknown': {
    vi: 'mã nơi đăng ký khai sinh trong số định danh không có trong danh mục',
    en: 'the place code in the personal number is in no list',
  },
  'birth-year-differs-from-number': {
    vi: 'năm sinh khác với năm sinh trong số định danh',
    en: 'the year of birth is not the one in the personal number',
  },
  'blanks-removed': { vi: 'đã bỏ khoảng trắng thừa', en: 'superfluous blanks were removed' },
  'certificate-field-unreadable': {
    vi: 'có trường của chứng thư không đọc được',
    en: 'a field of the certificate cannot be read',
  },
  'certificate-purpose': {
    vi: 'chứng thư không được cấp cho mục đích này',
    en: 'the certificate was not issued for this purpose',
  },
  'certificate-unreadable': {
    vi: 'có chứng thư không đọc được, đã bỏ qua',
    en: 'a certificate could not be read and was left out',
  },
  'certificate-version': { vi: 'chứng thư không phải phiên bản 3', en: 'the certificate is not of version 3' },
  'check-digit-wrong': { vi: 'số kiểm tra của MRZ sai', en: 'a check digit of the MRZ is wrong' },
  'com-unknown-tag': {
    vi: 'EF.COM liệt kê một tệp không có trong chuẩn',
    en: 'EF.COM lists a file that the standard does not know',
  },
  'common-name-missing': { vi: 'tên trong chứng thư thiếu phần CN', en: 'a name in the certificate has no common name' },
  'count-differs': { vi: 'số phần tử khác với số đã ghi', en: 'there are more or fewer of it than stated' },
  'country-differs': {
    vi: 'bên cấp và chủ thể của chứng thư thuộc hai quốc gia khác nhau',
    en: 'issuer and subject of the certificate are of different countries',
  },
  'country-form': {
    vi: 'mã quốc gia trong chứng thư không đúng dạng hai chữ hoa',
    en: 'a country code in the certificate is not two upper-case letters',
  },
  'country-missing': { vi: 'tên trong chứng thư thiếu quốc gia', en: 'a name in the certificate has no country' },
  'curve-named': {
    vi: 'khóa chỉ nêu tên đường cong, không ghi đủ tham số',
    en: 'the key names its curve and does not state its parameters',
  },
  'date-not-in-calendar': { vi: 'ngày không có trong lịch', en: 'the date is not in the calendar' },
  'dg13-encoding-oid': { vi: 'DG13 nêu kiểu mã hóa chữ khác với UTF-8', en: 'DG13 names another text encoding than UTF-8' },
  'dg13-field-twice': { vi: 'trường xuất hiện hai lần', en: 'the field stands there twice' },
  'dg13-not-a-string': { vi: 'giá trị không phải chuỗi ký tự', en: 'the value is not a string' },
  'dg13-not-nfc': { vi: 'chữ chưa ở dạng Unicode NFC', en: 'the text is not in Unicode NFC' },
  'dg13-odd-value': { vi: 'giá trị không đúng dạng thường gặp', en: 'the value does not have its usual form' },
  'dg13-one-parent': { vi: 'chỉ ghi một người trong cha và mẹ', en: 'only one parent is named' },
  'dg13-previous-id-in-16': { vi: 'số CMND cũ nằm ở trường 16', en: 'the old number stands in field 16' },
  'dg13-sequence-for-set': { vi: 'danh sách trường là SEQUENCE thay vì SET', en: 'the list of fields is a SEQUENCE, not a SET' },
  'dg13-string-type': { vi: 'loại chuỗi không khớp với nội dung', en: 'the string type does not fit its content' },
  'dg13-unknown-field': { vi: 'trường chưa rõ ý nghĩa', en: 'a field whose meaning is not known' },
  'dg15-unsigned-modulus': {
    vi: 'khóa RSA thiếu byte 0 đứng đầu; đã đọc như số dương',
    en: 'the RSA key lacks its leading zero; read as a positive number',
  },
  'dg2-face-length': { vi: 'độ dài của khuôn mặt khác với độ dài đã ghi', en: 'the face is longer or shorter than stated' },
  'dg2-image-type-differs': { vi: 'loại ảnh khác với loại đã ghi', en: 'the image is of another type than stated' },
  'dg2-record-length': {
    vi: 'độ dài của bản ghi khuôn mặt khác với độ dài đã ghi',
    en: 'the face record is longer or shorter than stated',
  },
  'distribution-point': {
    vi: 'nơi công bố danh sách thu hồi không phải địa chỉ ldap, http hay https',
    en: 'a place of revocation lists is no ldap, http or https address',
  },
  'document-code-unusual': { vi: 'mã loại giấy tờ khác thường', en: 'an unusual document code' },
  'document-number-differs-from-personal-number': {
    vi: 'số giấy tờ không phải chín số cuối của số định danh',
    en: 'the document number is not the last nine digits of the personal number',
  },
  'document-type': {
    vi: 'danh sách loại giấy tờ trong chứng thư không đúng dạng',
    en: 'the list of document types in the certificate has another form',
  },
  'document-type-not-listed': {
    vi: 'chứng thư của bên ký không nêu loại giấy tờ này',
    en: "the signer's certificate does not list this type of document",
  },
  'element-twice': {
    vi: 'phần tử xuất hiện hai lần với cùng giá trị',
    en: 'the element stands there twice, with the same value',
  },
  'extension-criticality': {
    vi: 'phần mở rộng có dấu "bắt buộc" sai quy định',
    en: 'an extension is critical, or not, against the profile',
  },
  'extension-missing': {
    vi: 'chứng thư thiếu một phần mở rộng phải có',
    en: 'the certificate lacks an extension that it must have',
  },
  'extension-not-allowed': {
    vi: 'chứng thư có một phần mở rộng không được dùng',
    en: 'the certificate has an extension that it must not have',
  },
  'extension-not-critical': {
    vi: 'phần mở rộng lẽ ra phải được đánh dấu quan trọng',
    en: 'an extension that should be critical is not',
  },
  'extension-unknown-critical': {
    vi: 'chứng thư có phần mở rộng bắt buộc chưa biết',
    en: 'the certificate has a critical extension that is not known',
  },
  'file-malformed': {
    vi: 'tệp sai cấu trúc, nội dung không được dùng',
    en: 'the file is malformed and its content was not used',
  },
  'file-padded': { vi: 'tệp được chèn byte lấp đầy ở cuối', en: 'the file is filled up at its end' },
  'generation-unclear': {
    vi: 'số trường của mã QR không khớp với ngày cấp',
    en: 'the number of fields does not fit the date of issue',
  },
  'hash-not-permitted': {
    vi: 'chữ ký của chứng thư dùng hàm băm không được phép',
    en: 'the signature of the certificate is over a hash that is not permitted',
  },
  'image-type-unknown': { vi: 'ảnh không phải JPEG hay JPEG 2000', en: 'the image is neither JPEG nor JPEG 2000' },
  'issue-before-birth': { vi: 'ngày cấp trước ngày sinh', en: 'issued before the date of birth' },
  'authority-key-identifier-differs': {
    vi: 'định danh khóa của bên cấp trong chứng thư ký không phải của khóa đã ký nó',
    en: 'the signer names another key as its issuer than the one that signed it',
  },
  'issuer-name-differs': {
    vi: 'tên nơi cấp ghi trong chứng thư khác với tên của chứng thư cấp',
    en: 'the certificate names its issuer differently than the issuer names itself',
  },
  'key-identifier': {
    vi: 'chứng thư không nêu khóa của bên cấp bằng mã khóa',
    en: 'the certificate does not name its issuer by key identifier',
  },
  'key-usage': {
    vi: 'chứng thư thiếu quyền dùng khóa mà vai trò của nó cần',
    en: 'the certificate lacks the key usage that its role needs',
  },
  'key-usage-more': {
    vi: 'chứng thư có nhiều quyền dùng khóa hơn vai trò của nó cần',
    en: 'the certificate has more key usages than its role needs',
  },
  'key-usage-period': {
    vi: 'thời gian dùng khóa nằm ngoài hiệu lực của chứng thư',
    en: 'the key usage period is outside the validity of the certificate',
  },
  'line-end-removed': { vi: 'đã bỏ ký tự xuống dòng hoặc tab của máy quét', en: 'line ends or tabs of a scanner were removed' },
  'link-without-name-change': {
    vi: 'chứng thư liên kết giữa hai tên không nêu việc đổi tên',
    en: 'a link between two names does not say that the name changed',
  },
  'list-missing': { vi: 'thiếu danh sách các phần tử', en: 'the list of elements is missing' },
  'list-names-template': {
    vi: 'danh sách nêu khuôn mẫu thay vì tên khác',
    en: 'the list names the template, not the other names in it',
  },
  'listed-not-there': { vi: 'phần tử được liệt kê nhưng không có', en: 'an element is listed that is not there' },
  'master-list-old': {
    vi: 'danh sách chủ được ký hơn 180 ngày trước; hãy tải bản mới',
    en: 'the master list was signed more than 180 days before; get a newer one',
  },
  'trust-source-old': {
    vi: 'nguồn tin cậy được nạp hơn 180 ngày trước; hãy tải bản mới và tạo lại kho',
    en: 'the source was loaded more than 180 days before; get a newer one and build the store again',
  },
  'master-list-anchored-in-itself': {
    vi: 'danh sách chỉ được kiểm bằng chứng thư gốc nằm trong chính nó',
    en: 'the list was checked only with a root that it holds itself',
  },
  'mojibake-repaired': {
    vi: 'đã sửa lỗi phông chữ do máy quét giải mã sai',
    en: 'text that a scanner decoded wrongly was repaired',
  },
  'mrz-character-repaired': { vi: 'đã sửa một ký tự của MRZ đọc nhầm', en: 'a misread character of the MRZ was repaired' },
  'mrz-length-repaired': { vi: 'đã sửa độ dài một dòng MRZ', en: 'the length of an MRZ line was repaired' },
  'name-not-wrapped': { vi: 'tên khác nằm ngoài khuôn mẫu của nó', en: 'another name stands outside its template' },
  'name-odd': { vi: 'họ tên có hơn hai phần', en: 'the name has more than two identifiers' },
  'not-a-ca': { vi: 'chứng thư không phải của CA', en: 'the certificate is not that of an authority' },
  'not-listed': { vi: 'phần tử có mặt nhưng không được liệt kê', en: 'an element is there that is not listed' },
  'not-nfc': { vi: 'chữ chưa ở dạng Unicode NFC, đã chuẩn hóa', en: 'the text was not in Unicode NFC and was normalised' },
  'outside-key-usage-period': {
    vi: 'khóa đã ký ngoài thời hạn được dùng để ký',
    en: 'the key signed outside of its period of use',
  },
  'path-length': {
    vi: 'chứng thư của CSCA không giới hạn độ dài chuỗi bằng 0',
    en: 'the certificate of the country CA has another path length than 0',
  },
  'personal-number-missing': { vi: 'MRZ không có số định danh', en: 'the MRZ has no personal number' },
  'personal-number-odd': { vi: 'số định danh không đúng cấu trúc', en: 'the personal number does not have its form' },
  'place-of-residence-empty': { vi: 'nơi cư trú để trống', en: 'the place of residence is empty' },
  'revocation-unknown': {
    vi: 'không rõ chứng thư có bị thu hồi hay không',
    en: 'whether the certificate is revoked is not known',
  },
  'scanner-prefix-removed': { vi: 'đã bỏ ký hiệu do máy quét thêm ở đầu', en: 'a prefix that the scanner added was removed' },
  'serial-number': {
    vi: 'số sê-ri của chứng thư âm, bằng 0 hoặc quá dài',
    en: 'the serial number of the certificate is negative, zero or too long',
  },
  'several-signers': { vi: 'có nhiều bên ký', en: 'there are several signers' },
  'sex-differs-from-number': {
    vi: 'giới tính khác với giới tính trong số định danh',
    en: 'the sex is not the one in the personal number',
  },
  'signature-hash-differs': {
    vi: 'thuật toán chữ ký nêu hàm băm khác với hàm đã dùng',
    en: 'the signature algorithm names another hash than was used',
  },
  'signed-attributes-not-sorted': {
    vi: 'các thuộc tính được ký không xếp theo thứ tự DER',
    en: 'the signed attributes are not in DER order',
  },
  'signer-is-ca': { vi: 'chứng thư của bên ký cũng là chứng thư CA', en: "the signer's certificate is a CA certificate too" },
  'sod-content-type': { vi: 'nội dung được ký mang mã loại khác thường', en: 'the signed content has an unusual type' },
  'sod-without-tag': { vi: 'SOD thiếu thẻ bao ngoài (77)', en: 'the security object lacks its outer tag (77)' },
  'template-tag-odd': {
    vi: 'các khuôn mẫu không được đánh số liên tục',
    en: 'the templates are not numbered one after the other',
  },
  'text-latin1': { vi: 'chữ không phải UTF-8; đã đọc theo Latin-1', en: 'the text is not UTF-8; read as Latin-1' },
  'time-encoding': {
    vi: 'thời hạn trong chứng thư được ghi không đúng dạng',
    en: 'a time in the certificate is written in another form',
  },
  'unique-identifier': {
    vi: 'chứng thư có mã định danh duy nhất không được dùng',
    en: 'the certificate has a unique identifier, which it must not have',
  },
  'unknown-fields-filled': {
    vi: 'có dữ liệu trong các trường chưa công bố ý nghĩa',
    en: 'fields whose meaning is not published hold something',
  },
  'value-odd': { vi: 'giá trị không đúng dạng chuẩn, đã bỏ qua', en: 'the value does not have its form and was left out' },
  'weak-hash': { vi: 'dùng hàm băm yếu (SHA-1)', en: 'a weak hash is in use (SHA-1)' },
  'weak-key': { vi: 'khóa ngắn hơn mức khuyến nghị', en: 'the key is shorter than recommended' },
}
