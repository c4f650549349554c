/** Kinds of card that the software card can be, most of them after cards of the world; what each is stands in `cardProfiles`. */
export const cardProfileNames = [
  'vn-2021',
  'vn-2024',
  'vn-short',
  'de-cam',
  'tr-im',
  'fr-no-ca-info',
  'nz-3des',
  'pt-der-aa',
  'cn-id-data',
  'us-rsa-encryption',
  'gb-lower-country',
  'ru-sha1',
  'sg-dg13',
  'by-dg11',
  'at-td3',
  'lv-select',
  'gr-parameters',
  'om-partial',
  'bac-only',
  'dh-pace',
  'pin-card',
  'small-blocks',
  'every-file',
] as const

export type CardProfileName = (typeof cardProfileNames)[number]

/** Whether a text names a profile. */
export function isCardProfileName(name: string): name is CardProfileName {
  return cardProfileNames.some((one) => one === name)
}
