import type { CccdError, ParseOutcome } from '@cccd/core'
import { attempt, openFile, type Parsed } from './openFile.js'
import { parseSecurityInfos, type SecurityInfo } from './securityInfos.js'

/** DG14: security options (Doc 9303-10, 4.7.14). */
export interface SecurityOptions {
  readonly securityInfos: readonly SecurityInfo[]
}

export function readDg14(bytes: Uint8Array): Parsed<SecurityOptions> {
  return { value: { securityInfos: parseSecurityInfos(openFile(bytes, 'DG14').value) }, findings: [] }
}

/**
 * DG14: what the chip can do, now signed with everything else.
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`, `EMRTD_SECURITY_INFOS_MALFORMED`
 */
export function parseDg14(bytes: Uint8Array): SecurityOptions {
  return readDg14(bytes).value
}

/** As {@link parseDg14}, without throwing for bad data. */
export function tryParseDg14(bytes: Uint8Array): ParseOutcome<SecurityOptions, CccdError> {
  return attempt(() => readDg14(bytes))
}
