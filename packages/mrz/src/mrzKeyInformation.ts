import { checkDigit } from './checkDigit.js'
import { mrzDate } from './dates.js'

/**
 * What BAC and PACE-MRZ hash: document number, date of birth and date of expiry, each with its check digit (Doc 9303-11, 4.3.3, App. D.2).
 *
 * @param documentNumber as in the MRZ; on the Vietnamese card the last nine digits of the personal number. Up to nine characters are
 *   filled up, longer ones taken whole.
 * @param dateOfBirth `YYYY-MM-DD`, `YYYY-MM` or `YYYY`
 * @param dateOfExpiry `YYYY-MM-DD`, or `'none'`: 991231
 * @throws RangeError when an argument is not of that form
 * @example
 * mrzKeyInformation('090000123', '1990-08-15', '2030-08-15') // '090000123390081573008155'
 */
export function mrzKeyInformation(documentNumber: string, dateOfBirth: string, dateOfExpiry: string): string {
  if (!/^[A-Z0-9<]{1,22}$/.test(documentNumber)) throw new RangeError('documentNumber must be A–Z, 0–9 and <')
  return [documentNumber.padEnd(9, '<'), mrzDate(dateOfBirth), mrzDate(dateOfExpiry)]
    .map((field) => field + checkDigit(field))
    .join('')
}
