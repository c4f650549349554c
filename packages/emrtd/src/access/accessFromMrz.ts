import { markPersonal } from '@cccd/core'
import { parseMrz } from '@cccd/mrz'
import { EmrtdError } from '../errors.js'
import type { MrzKeyFields } from '../kdf/mrzInformation.js'
import type { AccessCandidate } from './AccessCandidate.js'
import { mrzDate } from './mrzDate.js'

/** The three fields of a machine readable zone that open a chip: what `parseMrz` of `@cccd/mrz` gives, or typed by hand. */
export interface MrzAccessFields {
  /** As printed; on the Vietnamese card nine digits. */
  readonly documentNumber: string
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  readonly dateOfBirth?: string
  /** `YYYY-MM-DD`, or `none`. */
  readonly dateOfExpiry: string
}

/**
 * The ways into a chip with its MRZ: PACE, then BAC, which is tried only where `readChip` is told `allowBac`.
 *
 * @param mrz the zone (its lines, or one text of them), or its three fields
 * @throws EmrtdError `EMRTD_ACCESS_INPUT` when the fields cannot stand in an MRZ; for a text MrzError as
 * `parseMrz` throws
 * @example accessFromMrz({ documentNumber: '090000123', dateOfBirth: '1990-08-15', dateOfExpiry: '2030-08-15' })
 */
export function accessFromMrz(mrz: string | readonly string[] | MrzAccessFields): AccessCandidate[] {
  const fields = isText(mrz) ? asPrinted(parseMrz(mrz).keyInformation) : mrzKeyFields(mrz)
  const password = { password: 'MRZ', ...fields } as const
  return markPersonal(
    [
      { protocol: 'PACE', ...password },
      { protocol: 'BAC', ...password },
    ],
    'AccessCandidates',
  )
}

function isText(mrz: string | readonly string[] | MrzAccessFields): mrz is string | readonly string[] {
  return typeof mrz === 'string' || Array.isArray(mrz)
}

/** Number, birth and expiry, each with its check digit, taken apart again: as the zone has them, fillers included. */
function asPrinted(information: string): MrzKeyFields {
  const end = information.length - 15
  return {
    documentNumber: information.slice(0, end),
    dateOfBirth: information.slice(end + 1, end + 7),
    dateOfExpiry: information.slice(end + 8, end + 14),
  }
}

/** The fields as the MRZ has them. @throws EmrtdError `EMRTD_ACCESS_INPUT` naming the field */
export function mrzKeyFields(fields: MrzAccessFields): MrzKeyFields {
  const documentNumber = fields.documentNumber.toUpperCase().replace(/[ -]/g, '<')
  const dateOfBirth = fields.dateOfBirth === 'none' ? undefined : mrzDate(fields.dateOfBirth)
  const dateOfExpiry = mrzDate(fields.dateOfExpiry)
  if (!/^[0-9A-Z<]{1,22}$/.test(documentNumber)) throw unusable('documentNumber')
  if (dateOfBirth === undefined) throw unusable('dateOfBirth')
  if (dateOfExpiry === undefined) throw unusable('dateOfExpiry')
  return { documentNumber, dateOfBirth, dateOfExpiry }
}

function unusable(field: string): EmrtdError {
  return new EmrtdError('EMRTD_ACCESS_INPUT', 'a field cannot stand in an MRZ', { params: { field } })
}
