import { type CccdError, decodeLatin1, expectTag, type ParseOutcome } from '@cccd/core'
import { type Mrz, tryParseMrz } from '@cccd/mrz'
import { attempt, malformed, openFile, type Parsed, within } from './openFile.js'

export interface ParseDg1Options {
  /** The day that decides the centuries of two-digit years, `YYYY-MM-DD` (default: today). */
  readonly at?: string
}

/** A wrong check digit in a signed file is a doubt about the issuer, not about the reading: a finding. */
export function readDg1(bytes: Uint8Array, options: ParseDg1Options = {}): Parsed<Mrz> {
  const root = openFile(bytes, 'DG1')
  const text = within('DG1', () => {
    const [mrz, ...extra] = root.children()
    if (extra.length > 0) throw malformed('DG1', 'bytes follow the MRZ')
    return decodeLatin1(expectTag(mrz, 0x5f1f).value)
  })
  const outcome = tryParseMrz(text, { checkDigits: 'report', ...options })
  if (!outcome.ok) throw outcome.error
  return {
    value: outcome.value,
    findings: outcome.findings.map((finding) => ({ ...finding, field: `DG1.${finding.field ?? ''}` })),
  }
}

/**
 * DG1: the machine readable zone as the chip has it (Doc 9303-10, 4.7.1); TD1 on the Vietnamese card, with the twelve digits in it.
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`; MrzError `MRZ_FORMAT`, `MRZ_CHARACTER`, `MRZ_FIELD`, `MRZ_DATE`
 * @example parseDg1(bytes).personalNumber // '001090000123'
 */
export function parseDg1(bytes: Uint8Array, options: ParseDg1Options = {}): Mrz {
  return readDg1(bytes, options).value
}

/** As {@link parseDg1}, with findings (`check-digit-wrong` and what `tryParseMrz` finds) and without throwing for bad data. */
export function tryParseDg1(bytes: Uint8Array, options: ParseDg1Options = {}): ParseOutcome<Mrz, CccdError> {
  return attempt(() => readDg1(bytes, options))
}
