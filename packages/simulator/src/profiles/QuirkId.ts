/** What real chips and files do that the standard does not say, or says otherwise; each stands in `quirks` with what a reader must do. */
export const quirkIds = [
  'vn-mf-6d00',
  'vn-cardaccess-6982',
  'vn-com',
  'vn-dg3-dg11',
  'ios-autoselect',
  'mf-empty-9000',
  'lv-p1-02',
  'gr-6300',
  'tr-im-p521',
  'ga-6700',
  'om-aid',
  'cardsecurity-select-6a80',
  'two-ca-keys',
  'ca-info-missing',
  'aa-der-ecdsa',
  'aa-rsa-1792',
  'cn-econtent',
  'gb-lower-c',
  'sigalg-rsaEncryption',
  'ru-sha1',
  'dg13-not-tlv',
  'dg11-deviations',
  'td3-optional-blank-cd',
  'explicit-ec',
  'self-issued-link',
] as const

export type QuirkId = (typeof quirkIds)[number]

/** Switches by name, e.g. `{ 'vn-mf-6d00': true }`; `false` takes one away that a profile has. */
export type QuirkSwitches = Readonly<Partial<Record<QuirkId, boolean>>>

/** Whether a text names a quirk. */
export function isQuirkId(name: string): name is QuirkId {
  return quirkIds.some((one) => one === name)
}
