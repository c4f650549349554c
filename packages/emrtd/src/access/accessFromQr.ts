import { markPersonal } from '@cccd/core'
import { expiryCandidates } from '@cccd/identity'
import { EmrtdError } from '../errors.js'
import type { MrzKeyFields } from '../kdf/mrzInformation.js'
import type { PrintedAccess } from './AccessCandidate.js'
import { mrzKeyFields } from './accessFromMrz.js'

/** What the QR of the card says that opens its chip; a payload parsed by `@cccd/qr` is one. */
export interface QrAccessFields {
  /** Twelve digits. */
  readonly personalNumber: string
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY` */
  readonly dateOfBirth?: string
  /** `YYYY-MM-DD` */
  readonly issueDate?: string
}

/**
 * The ways into the chip of a Vietnamese card from its QR alone, best first: PACE with the CAN (last six digits of the number),
 * PACE with the MRZ key (last nine digits, birth, computed expiry: one or two), BAC with the same keys, marked so. Without dates
 * only the CAN is left.
 *
 * @throws EmrtdError `EMRTD_ACCESS_INPUT` when the number has not twelve digits
 * @throws RangeError when a date is not in the calendar
 * @example
 * const access = accessFromQr(parseQr(text))
 * access.map(({ protocol, password }) => `${protocol} ${password}`) // ['PACE CAN', 'PACE MRZ', 'BAC MRZ']
 */
export function accessFromQr(qr: QrAccessFields): PrintedAccess[] {
  const { personalNumber } = qr
  if (!/^\d{12}$/.test(personalNumber))
    throw new EmrtdError('EMRTD_ACCESS_INPUT', 'a personal number has twelve digits', { params: { field: 'personalNumber' } })
  const keys = mrzKeys(qr)
  const candidates: PrintedAccess[] = [
    { protocol: 'PACE', password: 'CAN', value: personalNumber.slice(6) },
    ...keys.map((key) => ({ protocol: 'PACE', password: 'MRZ', ...key }) as const),
    ...keys.map((key) => ({ protocol: 'BAC', password: 'MRZ', ...key }) as const),
  ]
  return markPersonal(candidates, 'AccessCandidates')
}

function mrzKeys({ personalNumber, dateOfBirth, issueDate }: QrAccessFields): MrzKeyFields[] {
  if (dateOfBirth === undefined || issueDate === undefined) return []
  const documentNumber = personalNumber.slice(3)
  const expiries = expiryCandidates({ dateOfBirth, issueDate })
  return expiries.map(({ dateOfExpiry }) => mrzKeyFields({ documentNumber, dateOfBirth, dateOfExpiry }))
}
