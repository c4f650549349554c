import { markPersonal } from '@cccd/core'
import { parseMrz } from '@cccd/mrz'
import { EmrtdError } from '../errors.js'
import type { AccessCandidate } from './AccessCandidate.js'
import { mrzDate } from './mrzDate.js'

/** The three fields of a machine readable zone that open a chip: what `parseMrz` of `@cccd/mrz` gives, or typed by hand. */
export interface MrzAccessFields {
  /** As printed; on the Vietnamese card nine digits. */
  readonly documentNumber: string
  /** `YYYY-MM-DD`, or shorter when the MRZ has no more. */
  readonly dateOfBirth: string
  /** `YYYY-MM-DD`, or `none`. */
  readonly dateOfExpiry: string
}

/**
 * The ways into a chip with its MRZ: PACE, then BAC, which is tried only where `readChip` is told `allowBac`.
 *
 * @param mrz the text of the zone (two or three lines), or its three fields
 * @throws EmrtdError `EMRTD_ACCESS_INPUT` when the fields cannot stand in an MRZ; for a text the errors of `parseMrz`
 * @example accessFromMrz({ documentNumber: '090000123', dateOfBirth: '1990-08-15', dateOfExpiry: '2030-08-15' })
 */
export function accessFromMrz(mrz: string | MrzAccessFields): AccessCandidate[] {
  const fields = typeof mrz === 'string' ? parseMrz(mrz) : mrz
  const password = { password: 'MRZ', ...mrzKeyFields(fields) } as const
  return markPersonal(
    [
      { protocol: 'PACE', ...password },
      { protocol: 'BAC', ...password },
    ],
    'AccessCandidates',
  )
}

/** The fields as the MRZ has them. @throws EmrtdError `EMRTD_ACCESS_INPUT` naming the field */
export function mrzKeyFields(fields: MrzAccessFields): { documentNumber: string; dateOfBirth: string; dateOfExpiry: string } {
  const documentNumber = fields.documentNumber.toUpperCase().replace(/[ -]/g, '<')
  const dateOfBirth = mrzDate(fields.dateOfBirth)
  const dateOfExpiry = mrzDate(fields.dateOfExpiry)
  if (!/^[0-9A-Z<]{1,22}$/.test(documentNumber)) throw unusable('documentNumber')
  if (dateOfBirth === undefined || fields.dateOfBirth === 'none') throw unusable('dateOfBirth')
  if (dateOfExpiry === undefined) throw unusable('dateOfExpiry')
  return { documentNumber, dateOfBirth, dateOfExpiry }
}

function unusable(field: string): EmrtdError {
  return new EmrtdError('EMRTD_ACCESS_INPUT', 'a field cannot stand in an MRZ', { params: { field } })
}
