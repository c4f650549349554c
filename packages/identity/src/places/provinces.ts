/**
 * The 63 provinces of Circular 07/2016/TT-BCA annex 1 and what became of them on 1 July 2025 (Resolution 202/2025/QH15).
 * `code name` or `code name>successor`, where the successor is the code in the table of 34 (Decision 19/2025/QD-TTg, written
 * with three digits). Existing numbers keep the old meaning; the new table reuses old codes, so the two are never mixed.
 */
const legacy =
  '001 Hà Nội|002 Hà Giang>008|004 Cao Bằng|006 Bắc Kạn>019|008 Tuyên Quang|010 Lào Cai>015|011 Điện Biên|012 Lai Châu|014 Sơn La|' +
  '015 Yên Bái|017 Hòa Bình>025|019 Thái Nguyên|020 Lạng Sơn|022 Quảng Ninh|024 Bắc Giang|025 Phú Thọ|026 Vĩnh Phúc>025|' +
  '027 Bắc Ninh>024|030 Hải Dương>031|031 Hải Phòng|033 Hưng Yên|034 Thái Bình>033|035 Hà Nam>037|036 Nam Định>037|' +
  '037 Ninh Bình|038 Thanh Hóa|040 Nghệ An|042 Hà Tĩnh|044 Quảng Bình|045 Quảng Trị>044|046 Thừa Thiên Huế|048 Đà Nẵng|' +
  '049 Quảng Nam>048|051 Quảng Ngãi|052 Bình Định|054 Phú Yên>066|056 Khánh Hòa|058 Ninh Thuận>056|060 Bình Thuận>068|' +
  '062 Kon Tum>051|064 Gia Lai>052|066 Đắk Lắk|067 Đắk Nông>068|068 Lâm Đồng|070 Bình Phước>075|072 Tây Ninh>080|' +
  '074 Bình Dương>079|075 Đồng Nai|077 Bà Rịa - Vũng Tàu>079|079 Hồ Chí Minh|080 Long An|082 Tiền Giang|083 Bến Tre>086|' +
  '084 Trà Vinh>086|086 Vĩnh Long|087 Đồng Tháp>082|089 An Giang>091|091 Kiên Giang|092 Cần Thơ|093 Hậu Giang>092|' +
  '094 Sóc Trăng>092|095 Bạc Liêu>096|096 Cà Mau'

/** The names that the table of 34 gives to codes of another name in the table of 63. */
const renamed = '015 Lào Cai|024 Bắc Ninh|044 Quảng Trị|046 Huế|052 Gia Lai|080 Tây Ninh|082 Đồng Tháp|091 An Giang'

/** A province with its code as three digits. */
export interface Province {
  readonly code: string
  readonly name: string
}

interface LegacyProvince extends Province {
  readonly successorCode: string
}

const legacyByCode: ReadonlyMap<string, LegacyProvince> = /* @__PURE__ */ (() =>
  new Map(
    legacy.split('|').map((row) => {
      const code = row.slice(0, 3)
      const [name = '', successorCode = code] = row.slice(4).split('>')
      return [code, { code, name, successorCode }]
    }),
  ))()

const renamedByCode: ReadonlyMap<string, string> = /* @__PURE__ */ (() =>
  new Map(renamed.split('|').map((row) => [row.slice(0, 3), row.slice(4)])))()

/** A province of the table of 63, as personal numbers use it. */
export function legacyProvince(code: string): Province | undefined {
  const found = legacyByCode.get(code)
  return found && { code: found.code, name: found.name }
}

/** The province of the table of 34 that took over a province of the table of 63 on 1 July 2025. */
export function successorProvince(legacyCode: string): Province | undefined {
  const found = legacyByCode.get(legacyCode)
  return found && currentProvince(found.successorCode)
}

/** A province of the table of 34, by its own code. */
export function currentProvince(code: string): Province | undefined {
  const same = legacyByCode.get(code)
  if (same === undefined || same.successorCode !== code) return undefined
  return { code, name: renamedByCode.get(code) ?? same.name }
}

/** Every province of one of the two tables, by code. */
export function provinces(table: 'legacy-63' | 'current-34'): Province[] {
  const lookup = table === 'legacy-63' ? legacyProvince : currentProvince
  return [...legacyByCode.keys()].map(lookup).filter((province) => province !== undefined)
}
