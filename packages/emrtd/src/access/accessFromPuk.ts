import { markPersonal } from '@cccd/core'
import type { AccessCandidate } from './AccessCandidate.js'
import { assertDigits } from './accessFromPin.js'

/**
 * The way into a chip with the PUK, which makes a blocked PIN work again. No password of ICAO (TR-03110-2). The chip counts its uses.
 *
 * @param puk four to sixteen digits
 * @throws EmrtdError `EMRTD_ACCESS_INPUT` when it is not so
 * @example openChip(channel, { access: accessFromPuk('0123456789') })
 */
export function accessFromPuk(puk: string): AccessCandidate[] {
  assertDigits(puk, 'puk', /^\d{4,16}$/)
  return markPersonal([{ protocol: 'PACE', password: 'PUK', value: puk }], 'AccessCandidates')
}
