import { IdentityError } from './errors.js'

/**
 * The number of the identity card before the personal number (CMND): nine digits, as a string.
 * @throws IdentityError `IDENTITY_PREVIOUS_NUMBER`
 */
export function parsePreviousIdNumber(text: string): string {
  if (typeof text !== 'string') throw new TypeError('text must be a string')
  if (!/^\d{9}$/.test(text))
    throw new IdentityError('IDENTITY_PREVIOUS_NUMBER', 'a previous identity card number is nine digits', {
      params: { length: text.length },
    })
  return text
}
