import { normaliseText } from './normaliseText.js'

/**
 * An address without the noise of card systems: empty parts (`, ,`), dashes standing for a part (`, - `), double blanks, commas
 * at the ends. The words stay as they are: older cards hold the administrative names from before July 2025.
 *
 * @example
 * tidyAddress('Tổ 5, , Phường Mẫu,  -  Hà Nội,') // 'Tổ 5, Phường Mẫu, Hà Nội'
 */
export function tidyAddress(address: string): string {
  return normaliseText(address)
    .split(',')
    .map((part) => part.trim().replace(/^(?:-+ +)+|^-+$/, ''))
    .filter((part) => part !== '' && part !== '-')
    .join(', ')
}
