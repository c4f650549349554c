import { type ChipTraits, standardTraits } from '../chip/ChipTraits.js'
import type { CardPlan } from './CardPlan.js'
import type { CardProfile } from './CardProfile.js'
import type { CardProfileName } from './CardProfileName.js'
import { foreignPlan, rsaAlgorithms, vietnamesePlan } from './plans.js'
import type { QuirkId } from './QuirkId.js'

/** What a profile leaves out is as in the standard. */
interface Sketch {
  readonly vi: string
  readonly en: string
  readonly plan: CardPlan
  readonly traits?: Partial<ChipTraits>
  readonly quirks?: readonly QuirkId[]
}

const short: Partial<ChipTraits> = { extendedLength: false }
const moderate: Partial<ChipTraits> = { extendedLength: { command: 1544, response: 2050 }, extendedLengthSaid: ['atr-info'] }
const vietnameseQuirks: readonly QuirkId[] = ['vn-mf-6d00', 'vn-com', 'vn-dg3-dg11']

const sketches: Readonly<Record<CardProfileName, Sketch>> = {
  'vn-2021': {
    vi: 'Thẻ CCCD gắn chip (Luật 2014): PACE bằng CAN hoặc MRZ, BAC, DG13.',
    en: 'The Vietnamese identity card of the 2014 law: PACE with CAN or MRZ, BAC, DG13.',
    plan: vietnamesePlan,
    quirks: vietnameseQuirks,
  },
  'vn-2024': {
    vi: 'Thẻ căn cước (Luật 2023): như trên, mã QR có 11 trường.',
    en: 'The Vietnamese identity card of the 2023 law: as before, with eleven fields in the QR code.',
    plan: vietnamesePlan,
    quirks: vietnameseQuirks,
  },
  'vn-short': {
    vi: 'Thẻ CCCD trên chip chỉ nhận APDU ngắn.',
    en: 'The Vietnamese card on a chip with short length only.',
    plan: vietnamesePlan,
    traits: short,
    quirks: vietnameseQuirks,
  },
  'de-cam': {
    vi: 'Hộ chiếu kiểu Đức: PACE-CAM, hai khóa trong EF.CardSecurity, độ dài theo EF.ATR/INFO.',
    en: 'A passport as Germany has it: PACE-CAM, two keys in EF.CardSecurity, lengths said by EF.ATR/INFO.',
    plan: foreignPlan('DE', 'DEU', {
      pace: [
        { cipher: 'AES-128', parameterId: 13, mapping: 'CAM' },
        { cipher: 'AES-128', parameterId: 13 },
      ],
      chipAuthentication: [{ cipher: 'AES-128', group: 'brainpoolP256r1', keyId: 72 }],
      algorithms: vietnamesePlan.algorithms,
      dataGroups: ['DG3'],
    }),
    traits: { ...moderate, directory: true },
    quirks: ['two-ca-keys', 'cardsecurity-select-6a80', 'ga-6700'],
  },
  'tr-im': {
    vi: 'Thẻ căn cước kiểu Thổ Nhĩ Kỳ: chỉ có PACE-IM AES-256 trên P-521.',
    en: 'An identity card as Turkey has it: PACE-IM with AES-256 on P-521 and nothing else.',
    plan: foreignPlan('TR', 'TUR', { format: 'TD1', aa: 'rsa-2048' }),
    traits: { bac: false },
    quirks: ['tr-im-p521'],
  },
  'fr-no-ca-info': {
    vi: 'Hộ chiếu kiểu Pháp: PACE AES-256, DG14 chỉ có khóa, kênh chuyển sang 3DES.',
    en: 'A passport as France had it: PACE with AES-256, a key without info in DG14, a channel that changes to 3DES.',
    plan: foreignPlan('FR', 'FRA', { pace: [{ cipher: 'AES-256', parameterId: 13, mapping: 'IM' }] }),
    traits: short,
    quirks: ['ca-info-missing'],
  },
  'nz-3des': {
    vi: 'Hộ chiếu kiểu New Zealand: PACE và xác thực chip bằng 3DES, chữ ký rsaEncryption.',
    en: 'A passport as New Zealand has it: 3DES in PACE and Chip Authentication, signatures named rsaEncryption.',
    plan: foreignPlan('NZ', 'NZL', {
      algorithms: rsaAlgorithms,
      pace: [{ cipher: '3DES', parameterId: 12 }],
      chipAuthentication: [{ cipher: '3DES', group: 'P-256' }],
      aa: 'rsa-1280',
    }),
    traits: short,
    quirks: ['sigalg-rsaEncryption'],
  },
  'pt-der-aa': {
    vi: 'Thẻ công dân kiểu Bồ Đào Nha: xác thực chủ động ECDSA trả chữ ký DER.',
    en: 'A citizen card as Portugal has it: active authentication answers ECDSA in DER.',
    plan: foreignPlan('PT', 'PRT', { format: 'TD1' }),
    quirks: ['aa-der-ecdsa'],
  },
  'cn-id-data': {
    vi: 'Hộ chiếu kiểu Trung Quốc: SOD ký nội dung kiểu id-data.',
    en: 'A passport as China has it: the SOD signs content of type id-data.',
    plan: foreignPlan('CN', 'CHN', { aa: 'rsa-1024', dataGroups: ['DG11', 'DG12'] }),
    quirks: ['cn-econtent'],
  },
  'us-rsa-encryption': {
    vi: 'Hộ chiếu kiểu Hoa Kỳ: chỉ có BAC, chữ ký rsaEncryption.',
    en: 'A passport as the United States have it: BAC alone, signatures named rsaEncryption.',
    plan: foreignPlan('US', 'USA', { algorithms: rsaAlgorithms, pace: [], dataGroups: ['DG11', 'DG12'] }),
    traits: short,
    quirks: ['sigalg-rsaEncryption'],
  },
  'gb-lower-country': {
    vi: 'Hộ chiếu kiểu Anh: chứng thư viết mã nước lúc hoa lúc thường.',
    en: 'A passport as the United Kingdom has it: the country in capitals in one certificate and in small letters in the other.',
    plan: foreignPlan('GB', 'GBR', { algorithms: rsaAlgorithms, aa: 'rsa-1024' }),
    quirks: ['gb-lower-c'],
  },
  'ru-sha1': {
    vi: 'Hộ chiếu kiểu Nga: SHA-1 cho mã băm và chữ ký.',
    en: 'A passport as Russia has it: SHA-1 for hashes and signatures.',
    plan: foreignPlan('RU', 'RUS', { pace: [] }),
    quirks: ['ru-sha1'],
  },
  'sg-dg13': {
    vi: 'Hộ chiếu kiểu Singapore: DG13 không phải TLV.',
    en: 'A passport as Singapore has it: DG13 holds no TLV.',
    plan: foreignPlan('SG', 'SGP', { aa: 'rsa-2048' }),
    quirks: ['dg13-not-tlv'],
  },
  'by-dg11': {
    vi: 'Thẻ căn cước kiểu Belarus: DG11 viết khác chuẩn.',
    en: 'An identity card as Belarus has it: DG11 deviates from the standard.',
    plan: foreignPlan('BY', 'BLR', { format: 'TD1', dataGroups: ['DG11'] }),
    quirks: ['dg11-deviations'],
  },
  'at-td3': {
    vi: 'Hộ chiếu kiểu Áo: dữ liệu tùy chọn trống, số kiểm tra là <.',
    en: 'A passport as Austria has it: no optional data, and < for its check digit.',
    plan: foreignPlan('AT', 'AUT', { chipAuthentication: [{ cipher: 'AES-256', group: 'brainpoolP384r1' }] }),
    quirks: ['td3-optional-blank-cd'],
  },
  'lv-select': {
    vi: 'Thẻ căn cước kiểu Latvia: EF.CardAccess chỉ chọn được với P1 = 02.',
    en: 'An identity card as Latvia has it: EF.CardAccess is selectable with P1 = 02 alone.',
    plan: foreignPlan('LV', 'LVA', { format: 'TD1', pace: [{ cipher: 'AES-256', parameterId: 15 }] }),
    quirks: ['lv-p1-02'],
  },
  'gr-parameters': {
    vi: 'Hộ chiếu kiểu Hy Lạp: PACE bị từ chối ở bước cuối dù mật khẩu đúng; BAC vẫn mở.',
    en: 'A passport as one of Greece behaved: PACE refused in its last step though the password is right; BAC opens.',
    plan: foreignPlan('GR', 'GRC', {
      pace: [
        { cipher: 'AES-128', parameterId: 12 },
        { cipher: 'AES-128', parameterId: 13 },
      ],
      aa: 'rsa-1024',
    }),
    quirks: ['gr-6300'],
  },
  'om-partial': {
    vi: 'Thẻ cư trú kiểu Oman: không có EF.CardAccess, ứng dụng riêng, vài DG bị từ chối.',
    en: 'A resident card as Oman has it: no EF.CardAccess, an application of its own, several data groups refused.',
    plan: foreignPlan('OM', 'OMN', { format: 'TD1', pace: [], dataGroups: ['DG3', 'DG11', 'DG12'] }),
    quirks: ['om-aid'],
  },
  'bac-only': {
    vi: 'Hộ chiếu cũ: chỉ có BAC, không xác thực chip.',
    en: 'An old passport: BAC alone, nothing against copies.',
    plan: foreignPlan('UTO', 'UTO', { pace: [] }),
    traits: short,
  },
  'dh-pace': {
    vi: 'Thẻ TD2: PACE và xác thực chip trên nhóm DH 2048 bit.',
    en: 'A TD2 card: PACE and Chip Authentication over a group of 2048 bits.',
    plan: foreignPlan('UTO', 'UTO', {
      format: 'TD2',
      pace: [{ cipher: 'AES-128', parameterId: 2 }],
      chipAuthentication: [{ cipher: 'AES-128', group: 'rfc5114-2048-256', keyId: 1 }],
    }),
  },
  'pin-card': {
    vi: 'Thẻ căn cước có PIN và PUK, có bộ đếm số lần thử.',
    en: 'An identity card with PIN and PUK and their retry counters.',
    plan: foreignPlan('UTO', 'UTO', { format: 'TD1', pin: true }),
    traits: { bac: false },
  },
  'small-blocks': {
    vi: 'Chip chỉ trả 192 byte mỗi lần, mất kênh khi hỏi nhiều hơn, không có SFI.',
    en: 'A chip that gives 192 bytes at a time, loses its channel when asked for more, and has no short identifiers.',
    plan: foreignPlan('UTO', 'UTO', { chipAuthentication: [{ cipher: 'AES-128', group: 'brainpoolP256r1' }] }),
    traits: { ...short, maxRead: 192, overlongRead: 'channel-lost', shortFileIdentifiers: false, padding: 3 },
  },
  'every-file': {
    vi: 'Hộ chiếu với mọi tệp mà thẻ phần mềm ghi được: ảnh khuôn mặt ISO/IEC 39794-5, DG5, DG7, DG11, DG12, DG16.',
    en: 'A passport with every file that the software card writes: a face of ISO/IEC 39794-5, DG5, DG7, DG11, DG12, DG16.',
    plan: foreignPlan('NL', 'NLD', {
      aa: 'ecdsa-P-256',
      face: 'ISO/IEC 39794-5',
      dataGroups: ['DG3', 'DG5', 'DG7', 'DG11', 'DG12', 'DG16'],
    }),
  },
}

function profile(name: CardProfileName): CardProfile {
  const { vi, en, plan, traits = {}, quirks = [] } = sketches[name]
  return { name, description: { vi, en }, plan, traits: { ...standardTraits, ...traits }, quirks }
}

/** Every kind of card by its name. */
export const cardProfiles: Readonly<Record<CardProfileName, CardProfile>> = /* @__PURE__ */ (() =>
  Object.fromEntries((Object.keys(sketches) as CardProfileName[]).map((name) => [name, profile(name)])) as Record<
    CardProfileName,
    CardProfile
  >)()
