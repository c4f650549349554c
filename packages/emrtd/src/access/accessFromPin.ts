import { markPersonal } from '@cccd/core'
import { EmrtdError } from '../errors.js'
import type { AccessCandidate } from './AccessCandidate.js'

/**
 * The way into a chip with the holder's PIN. No password of ICAO: identity cards with functions of TR-03110 have one. With one try left
 * the chip wants the card access number first; give it, or the attempt ends in `PACE_SUSPENDED` and the last try is kept.
 *
 * @param pin four to sixteen digits
 * @param options.can six digits
 * @throws EmrtdError `EMRTD_ACCESS_INPUT` when one of them is not so
 * @example readChip(channel, { access: accessFromPin('123456', { can: '500540' }) })
 */
export function accessFromPin(pin: string, options: { readonly can?: string } = {}): AccessCandidate[] {
  const { can } = options
  assertDigits(pin, 'pin', /^\d{4,16}$/)
  if (can !== undefined) assertDigits(can, 'can', /^\d{6}$/)
  const candidate: AccessCandidate = { protocol: 'PACE', password: 'PIN', value: pin, ...(can === undefined ? {} : { can }) }
  return markPersonal([candidate], 'AccessCandidates')
}

/** @throws EmrtdError `EMRTD_ACCESS_INPUT` */
export function assertDigits(text: string, field: string, form: RegExp): void {
  if (typeof text !== 'string') throw new TypeError(`${field} must be a string`)
  if (!form.test(text))
    throw new EmrtdError('EMRTD_ACCESS_INPUT', 'a password has another number of digits', {
      params: { field, length: text.length },
    })
}
