/**
 * The country annex of Circular 07/2016/TT-BCA, codes 101 … 295 in order: ISO 3166-1 alpha-2 and the Vietnamese name.
 * The annex itself was not at hand: the rows are two public transcriptions of it, put together. `?` marks the rows on which they do
 * not agree or which look wrong: 113/114 and 147/148 name the same country twice, 136 and 166 stand in one transcription only.
 */
const rows =
  'AF Afghanistan|EG Ai Cập|AL Albania|DZ Algérie|AD Andorra|AO Angola|GB Vương quốc Liên hiệp Anh và Bắc Ireland|' +
  'AG Antigua và Barbuda|AT Áo|SA Ả Rập Saudi|AR Argentina|AM Armenia|AZ?Azerbaijan|AZ?Cộng hòa Azerbaijan|IN Ấn Độ|' +
  'BS Bahamas|BH Bahrain|PL Ba Lan|BD Bangladesh|BB Barbados|BY Belarus|BZ Belize|BJ Benin|BT Bhutan|BE Bỉ|BO Bolivia|' +
  'BA Bosna và Hercegovina|BW Botswana|PT Bồ Đào Nha|CI Bờ Biển Ngà|BR Brasil|BN Brunei|BG Bulgaria|BF Burkina Faso|' +
  'BI Burundi|CV?Cabo Verde|AE Các Tiểu vương quốc Ả Rập Thống nhất|CM Cameroon|KH Campuchia|CA Canada|CL Chile|' +
  'CO Colombia|KM Comoros|CG Cộng hòa Congo|CD Cộng hòa Dân chủ Congo|CR Costa Rica|HR?Croatia|HR?Cộng hòa Croatia|CU Cuba|' +
  'DJ Djibouti|DM Dominica|DO Cộng hòa Dominicana|DK Đan Mạch|TL Đông Timor|DE Đức|EC Ecuador|SV El Salvador|ER Eritrea|' +
  'EE Estonia|ET Ethiopia|FJ Fiji|GA Gabon|GM Gambia|GH Ghana|GD Grenada|GE?Gruzia|GT Guatemala|GW Guinea-Bissau|' +
  'GQ Guinea Xích Đạo|GN Guinea|GY Guyana|HT Haiti|NL Hà Lan|KR Hàn Quốc|US Hoa Kỳ|HN Honduras|HU Hungary|GR Hy Lạp|' +
  'IS Iceland|ID Indonesia|IR Iran|IQ Iraq|IE Ireland|IL Israel|JM Jamaica|JO Jordan|KZ Kazakhstan|KE Kenya|KI Kiribati|' +
  'KW Kuwait|CY Síp|KG Kyrgyzstan|LA Lào|LV Latvia|LS Lesotho|LB Liban|LR Liberia|LY Libya|LI Liechtenstein|LT Litva|' +
  'LU Luxembourg|MK Macedonia|MG Madagascar|MW Malawi|MY Malaysia|MV Maldives|ML Mali|MT Malta|MA Maroc|' +
  'MH Quần đảo Marshall|MR Mauritanie|MU Mauritius|MX Mexico|FM Micronesia|MD Moldova|MC Monaco|MN Mông Cổ|ME Montenegro|' +
  'MZ Mozambique|MM Myanma|NA Namibia|SS Nam Sudan|ZA Nam Phi|NR Nauru|NO Na Uy|NP Nepal|NZ New Zealand|NI Nicaragua|' +
  'NE Niger|NG Nigeria|RU Nga|JP Nhật Bản|OM Oman|PK Pakistan|PW Palau|PA Panama|PG Papua New Guinea|PY Paraguay|PE Peru|' +
  'FR Pháp|FI Phần Lan|PH Philippines|QA Qatar|RO Romania|RW Rwanda|KN Saint Kitts và Nevis|LC Saint Lucia|' +
  'VC Saint Vincent và Grenadines|WS Samoa|SM San Marino|ST São Tomé và Príncipe|CZ Séc|SN Sénégal|RS Serbia|SC Seychelles|' +
  'SL Sierra Leone|SG Singapore|SK Slovakia|SI Slovenia|SB Solomon|SO Somalia|LK Sri Lanka|SD Sudan|SR Suriname|SZ Swaziland|' +
  'SY Syria|TJ Tajikistan|TZ Tanzania|ES Tây Ban Nha|TD Tchad|TH Thái Lan|TR Thổ Nhĩ Kỳ|SE Thụy Điển|CH Thụy Sĩ|TG Togo|' +
  'TO Tonga|KP Triều Tiên|TT Trinidad và Tobago|CN Trung Quốc|CF Trung Phi|TN Tunisia|TM Turkmenistan|TV Tuvalu|AU Úc|' +
  'UG Uganda|UA Ukraina|UY Uruguay|UZ Uzbekistan|VU Vanuatu|VA Thành Vatican|VE Venezuela|IT Ý|YE Yemen|ZM Zambia|ZW Zimbabwe'

const firstCode = 101

/** A country of birth registration as a personal number names it. */
export interface Country {
  /** Three digits, 101 … 295. Not an ISO number. */
  readonly code: string
  /** The Vietnamese name. */
  readonly name: string
  /** ISO 3166-1 alpha-2 of the country that bears the name today. */
  readonly iso: string
  /** Whether two public transcriptions of the annex agree on this row. The annex itself was not compared. */
  readonly confirmed: boolean
}

const table: readonly Country[] = /* @__PURE__ */ (() =>
  rows.split('|').map((row, index) => ({
    code: String(firstCode + index),
    name: row.slice(3),
    iso: row.slice(0, 2),
    confirmed: row.charAt(2) !== '?',
  })))()

/** The country with a code of the annex, or undefined. */
export function birthCountry(code: string): Country | undefined {
  return /^\d{3}$/.test(code) ? table[Number(code) - firstCode] : undefined
}

/** Every country of the annex, by code. */
export function birthCountries(): readonly Country[] {
  return table
}
