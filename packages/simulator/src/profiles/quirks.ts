import type { KeyAlgorithm } from '../issuer/KeyAlgorithm.js'
import type { PaceOffer } from '../lds/protocols.js'
import type { CardPlan } from './CardPlan.js'
import { rsaAlgorithms } from './plans.js'
import type { Quirk } from './Quirk.js'
import type { QuirkId } from './QuirkId.js'

const camOffer: PaceOffer = { cipher: 'AES-128', parameterId: 13, mapping: 'CAM' }
const hasCam = ({ pace }: CardPlan): boolean => pace.some(({ mapping }) => mapping === 'CAM')
/** EF.CardSecurity exists where PACE has chip-authentication mapping. */
const withCam = (plan: CardPlan): Partial<CardPlan> => (hasCam(plan) ? {} : { pace: [camOffer, ...plan.pace] })
const explicit = (algorithm: KeyAlgorithm): KeyAlgorithm =>
  algorithm.type === 'ec' ? { ...algorithm, form: 'explicit' } : { type: 'ec', curve: 'P-256', hash: 'sha256', form: 'explicit' }

const table: Readonly<Record<QuirkId, Omit<Quirk, 'id'>>> = {
  'vn-mf-6d00': {
    seen: 'Vietnam',
    description: { vi: 'SELECT MF trả 6D00.', en: 'SELECT of the master file is 6D00.' },
    reader: {
      vi: 'Không dừng lại: chọn thẳng EF.CardAccess.',
      en: 'Go on: select EF.CardAccess directly.',
    },
    traits: { masterFile: '6D00' },
  },
  'vn-cardaccess-6982': {
    seen: 'Vietnam (2023)',
    description: { vi: 'EF.CardAccess bị từ chối với 6982.', en: 'EF.CardAccess is refused with 6982.' },
    reader: {
      vi: 'Dùng tham số PACE đã biết của thẻ Việt Nam; nếu không được, BAC khi người gọi cho phép.',
      en: 'Use the PACE parameters known of the Vietnamese card; else BAC where the caller allows it.',
    },
    traits: { cardAccess: '6982' },
  },
  'vn-com': {
    seen: 'Vietnam',
    description: { vi: 'EF.COM liệt kê DG1, 2, 3, 13, 14, 15.', en: 'EF.COM lists DG1, 2, 3, 13, 14 and 15, and no DG11.' },
    reader: { vi: 'Lấy thông tin chi tiết từ DG13.', en: 'Take the personal details from DG13.' },
    plan: () => ({ listed: ['DG1', 'DG2', 'DG3', 'DG13', 'DG14', 'DG15'] }),
  },
  'vn-dg3-dg11': {
    seen: 'Vietnam',
    description: { vi: 'SELECT DG3 trả 6982, DG11 trả 6A82.', en: 'SELECT of DG3 is 6982, of DG11 6A82.' },
    reader: {
      vi: 'Bỏ qua DG3, DG4; thiếu một DG không phải lỗi.',
      en: 'Leave DG3 and DG4 alone; an absent data group is no failure.',
    },
    plan: ({ dataGroups }) => ({ dataGroups: ['DG3', ...dataGroups.filter((name) => name !== 'DG3' && name !== 'DG11')] }),
  },
  'ios-autoselect': {
    seen: 'any chip under iOS',
    description: {
      vi: 'Hệ điều hành chọn ứng dụng trước khi đọc được EF.CardAccess.',
      en: 'The system selects the application before EF.CardAccess can be read.',
    },
    reader: { vi: 'Chọn lại MF.', en: 'Select the master file again.' },
    traits: { powerOn: 'application' },
  },
  'mf-empty-9000': {
    seen: 'several passports of the EU',
    description: {
      vi: 'SELECT MF không dữ liệu trả 9000 mà không chọn gì.',
      en: 'SELECT of the master file without data is 9000, and selects nothing.',
    },
    reader: { vi: 'Gửi SELECT MF kèm 3F00.', en: 'Name 3F00 in the command.' },
    traits: { unnamedMasterFile: 'ignored', powerOn: 'application' },
  },
  'lv-p1-02': {
    seen: 'Latvia',
    description: {
      vi: 'EF.CardAccess chỉ chọn được với P1 = 02, không đọc được bằng SFI.',
      en: 'EF.CardAccess is selectable with P1 = 02 alone, and has no short identifier.',
    },
    reader: { vi: 'Thử cả hai cách.', en: 'Try both.' },
    traits: { cardAccess: 'selectable-p1-02' },
  },
  'gr-6300': {
    seen: 'Greece',
    description: {
      vi: 'Bước cuối của PACE trả 6300 dù mật khẩu đúng.',
      en: 'The last step of PACE is 6300 though the password is right.',
    },
    reader: {
      vi: 'Báo lỗi xác thực kèm bước; BAC chỉ khi người gọi cho phép.',
      en: 'Report the failure with its step; BAC only where the caller allows it.',
    },
    traits: { paceToken: '6300' },
  },
  'tr-im-p521': {
    seen: 'Turkey',
    description: { vi: 'Chỉ có PACE-ECDH-IM-AES-256 trên P-521.', en: 'PACE-ECDH-IM-AES-256 on P-521 and no other.' },
    reader: { vi: 'Hỗ trợ ánh xạ tích hợp trên P-521.', en: 'Know integrated mapping, and P-521.' },
    plan: () => ({ pace: [{ cipher: 'AES-256', parameterId: 18, mapping: 'IM' }] }),
  },
  'ga-6700': {
    seen: 'Germany',
    description: {
      vi: 'GENERAL AUTHENTICATE với Le khác 00 trả 6700.',
      en: 'GENERAL AUTHENTICATE with an Le other than 00 is 6700.',
    },
    reader: { vi: 'Gửi Le = 00.', en: 'Send Le = 00.' },
    traits: { generalAuthenticateLe: '256' },
  },
  'om-aid': {
    seen: 'Oman',
    description: {
      vi: 'EF.CardAccess 6A82, ứng dụng quốc gia, DG11 và DG12 bị từ chối 6982.',
      en: 'EF.CardAccess is 6A82, an application of the state is there, DG11 and DG12 are 6982.',
    },
    reader: {
      vi: 'Không giả định mọi DG trong EF.COM đều đọc được.',
      en: 'Do not take every data group that EF.COM lists for readable.',
    },
    traits: {
      cardAccess: '6A82',
      nationalApplication: /* @__PURE__ */ Uint8Array.of(0xf0, 0x44, 0x45, 0x4d, 0x4f, 0x01),
      deniedFiles: ['DG11', 'DG12'],
    },
  },
  'cardsecurity-select-6a80': {
    seen: 'Germany',
    description: {
      vi: 'SELECT EF.CardSecurity trong kênh PACE trả 6A80.',
      en: 'SELECT of EF.CardSecurity under the PACE channel is 6A80.',
    },
    reader: { vi: 'Đọc bằng SFI 1D.', en: 'Read it by its short identifier 1D.' },
    plan: withCam,
    traits: { cardSecurity: '6A80' },
  },
  'two-ca-keys': {
    seen: 'Germany',
    description: {
      vi: 'EF.CardSecurity có hai khóa xác thực chip (13 và 72).',
      en: 'EF.CardSecurity holds two chip authentication keys (13 and 72).',
    },
    reader: {
      vi: 'PACE-CAM dùng khóa có keyId bằng số tham số PACE.',
      en: 'PACE-CAM uses the one whose number is that of the PACE parameters.',
    },
    plan: (plan) => ({
      ...withCam(plan),
      chipAuthentication: [{ cipher: 'AES-128', group: 'brainpoolP256r1', keyId: 72 }],
    }),
  },
  'ca-info-missing': {
    seen: 'France',
    description: {
      vi: 'DG14 chỉ có khóa xác thực chip, không có ChipAuthenticationInfo.',
      en: 'DG14 holds a chip authentication key and no ChipAuthenticationInfo.',
    },
    reader: {
      vi: 'Hiểu là 3DES với MSE:Set KAT; kênh chuyển sang 3DES.',
      en: 'Take it for 3DES with MSE:Set KAT; the channel changes to 3DES.',
    },
    plan: () => ({ chipAuthentication: [{ cipher: '3DES', group: 'brainpoolP256r1', info: false }] }),
  },
  'aa-der-ecdsa': {
    seen: 'Portugal',
    description: {
      vi: 'Chữ ký ECDSA của xác thực chủ động ở dạng DER.',
      en: 'The ECDSA signature of active authentication is DER.',
    },
    reader: { vi: 'Nhận cả hai dạng.', en: 'Accept both forms.' },
    plan: () => ({ aa: 'ecdsa-P-256', signatureFormat: 'der' }),
  },
  'aa-rsa-1792': {
    seen: 'one passport',
    description: {
      vi: 'Khóa xác thực chủ động 1792 bit, trailer 34CC.',
      en: 'An active authentication key of 1792 bits, trailer 34CC.',
    },
    reader: { vi: 'Không cố định độ dài khóa.', en: 'Have no fixed sizes of keys.' },
    plan: () => ({ aa: 'rsa-1792', trailer: '34CC' }),
  },
  'cn-econtent': {
    seen: 'China',
    description: { vi: 'eContentType của SOD là id-data.', en: 'The SOD says id-data for its eContentType.' },
    reader: { vi: 'Chấp nhận kèm cảnh báo.', en: 'Accept it with a finding.' },
    plan: ({ securityObject }) => ({ securityObject: { ...securityObject, contentType: 'id-data' } }),
  },
  'gb-lower-c': {
    seen: 'United Kingdom',
    description: {
      vi: 'Mã nước trong chứng thư người ký viết thường, trong CSCA viết hoa.',
      en: 'The country is in small letters in the signer’s certificate and in capitals in the CA’s.',
    },
    reader: {
      vi: 'Tìm người phát hành theo mã khóa và tên không phân biệt hoa thường, rồi theo chữ ký.',
      en: 'Find the issuer by key identifier and by name in any case, then by signature.',
    },
    plan: () => ({ signerCountry: 'lower-case' }),
  },
  'sigalg-rsaEncryption': {
    seen: 'Australia, New Zealand, United States',
    description: {
      vi: 'SignerInfo ghi thuật toán chữ ký là rsaEncryption.',
      en: 'The SignerInfo names rsaEncryption for its signature algorithm.',
    },
    reader: { vi: 'Lấy hàm băm từ digestAlgorithm.', en: 'Take the hash from the digest algorithm.' },
    plan: ({ algorithms, securityObject }) => ({
      algorithms: algorithms.signer.type === 'rsa' ? algorithms : rsaAlgorithms,
      securityObject: { ...securityObject, signatureAlgorithm: 'rsaEncryption' },
    }),
  },
  'ru-sha1': {
    seen: 'Russia',
    description: {
      vi: 'Mã băm SHA-1, chữ ký ecdsa-with-SHA1, P-256 ghi tham số tường minh.',
      en: 'SHA-1 hashes, ecdsa-with-SHA1, P-256 with explicit parameters.',
    },
    reader: { vi: 'Kiểm tra, và cho biết là yếu.', en: 'Verify, and say that it is weak.' },
    plan: ({ securityObject }) => ({
      algorithms: {
        csca: { type: 'ec', curve: 'P-256', hash: 'sha1', form: 'explicit' },
        signer: { type: 'ec', curve: 'P-256', hash: 'sha1', form: 'explicit' },
      },
      securityObject: { ...securityObject, hash: 'sha1' },
    }),
  },
  'dg13-not-tlv': {
    seen: 'Singapore',
    description: { vi: 'Nội dung DG13 không phải TLV.', en: 'What DG13 holds is no TLV.' },
    reader: { vi: 'Giữ nguyên byte của DG13.', en: 'Keep the bytes of DG13 as they are.' },
    plan: ({ dataGroups }) => ({ dataGroups: [...dataGroups.filter((name) => name !== 'DG13'), 'DG13'], dg13: 'not-tlv' }),
  },
  'dg11-deviations': {
    seen: 'Belarus, China',
    description: {
      vi: 'Danh sách thẻ 5C của DG11 ghi A0, tên khác không nằm trong A0.',
      en: 'The tag list 5C of DG11 names A0, and the other name does not stand in an A0.',
    },
    reader: { vi: 'Đọc DG11 khoan dung.', en: 'Read DG11 with tolerance.' },
    plan: ({ dataGroups, state }) => ({
      dataGroups: [...dataGroups.filter((name) => name !== 'DG11'), 'DG11'],
      // China lists as the standard says, and wraps nothing.
      details: state.alpha3 === 'CHN' ? 'names-not-wrapped' : 'list-names-template',
    }),
  },
  'td3-optional-blank-cd': {
    seen: 'Austria',
    description: {
      vi: 'Dữ liệu tùy chọn của TD3 trống, số kiểm tra là < thay cho 0.',
      en: 'The optional data of a TD3 is empty and its check digit is <, not 0.',
    },
    reader: { vi: 'Nhận cả hai.', en: 'Accept both.' },
    plan: () => ({ format: 'TD3', blankCheckDigit: '<' }),
  },
  'explicit-ec': {
    seen: '27 % of the country CAs, most signers with curves',
    description: {
      vi: 'Chứng thư ghi tham số đường cong tường minh.',
      en: 'Certificates write the parameters of their curves out.',
    },
    reader: {
      vi: 'Đối chiếu với đường cong đã biết, từ chối đường cong lạ.',
      en: 'Match them with a known curve, refuse others.',
    },
    plan: ({ algorithms }) => ({ algorithms: { csca: explicit(algorithms.csca), signer: explicit(algorithms.signer) } }),
  },
  'self-issued-link': {
    seen: '129 of 504 self-issued certificates of the German list',
    description: {
      vi: 'CSCA đã đổi khóa: chứng thư liên kết cùng tên, ký bằng khóa cũ.',
      en: 'The country CA has changed its key: a link certificate of the same name, signed by the old one.',
    },
    reader: {
      vi: 'Không coi issuer = subject là tự ký; thử các khóa có thể.',
      en: 'Do not take issuer = subject for self-signed; try the keys that may be.',
    },
    plan: () => ({ renewedCsca: true }),
  },
}

/** Every quirk by its name. */
export const quirks: Readonly<Record<QuirkId, Quirk>> = /* @__PURE__ */ (() =>
  Object.fromEntries((Object.keys(table) as QuirkId[]).map((id) => [id, { id, ...table[id] }])) as Record<QuirkId, Quirk>)()
