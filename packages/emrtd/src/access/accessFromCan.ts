import { markPersonal } from '@cccd/core'
import { EmrtdError } from '../errors.js'
import type { AccessCandidate } from './AccessCandidate.js'

/**
 * The way into a chip with its card access number: six digits printed on the card; on the Vietnamese card the last six of the
 * personal number.
 *
 * @throws EmrtdError `EMRTD_ACCESS_INPUT` when it is not six digits
 * @example readChip(channel, { access: accessFromCan('500540') })
 */
export function accessFromCan(can: string): AccessCandidate[] {
  if (typeof can !== 'string') throw new TypeError('can must be a string')
  if (!/^\d{6}$/.test(can))
    throw new EmrtdError('EMRTD_ACCESS_INPUT', 'a card access number has six digits', { params: { length: can.length } })
  return markPersonal([{ protocol: 'PACE', password: 'CAN', value: can }], 'AccessCandidates')
}
