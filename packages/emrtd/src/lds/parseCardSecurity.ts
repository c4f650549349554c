import { CccdError, type ParseOutcome } from '@cccd/core'
import { parseSignedData, type SignedData } from '@cccd/pki'
import { EmrtdError } from '../errors.js'
import { attempt, malformed, maxFileLength, type Parsed } from './openFile.js'
import { parseSecurityInfos, type SecurityInfo } from './securityInfos.js'

/** EF.CardSecurity: signed security infos outside the LDS application (Doc 9303-11, 9.2.11). Unverified until its signature is. */
export interface CardSecurity {
  readonly securityInfos: readonly SecurityInfo[]
}

const securityObjectType = '0.4.0.127.0.7.3.2.1'

export function readCardSecurity(bytes: Uint8Array): Parsed<CardSecurity> & { readonly signedData: SignedData } {
  if (bytes.length > maxFileLength('CardSecurity'))
    throw new EmrtdError('EMRTD_FILE_TOO_LARGE', 'file is larger than allowed', {
      params: { file: 'CardSecurity', length: bytes.length },
    })
  let signedData: SignedData
  try {
    signedData = parseSignedData(bytes)
  } catch (cause) {
    if (!CccdError.is(cause)) throw cause
    throw new EmrtdError('EMRTD_FILE_MALFORMED', 'not signed data', { params: { file: 'CardSecurity' }, cause })
  }
  if (signedData.eContentType !== securityObjectType || signedData.content === undefined)
    throw malformed('CardSecurity', 'signed content is not a list of security infos')
  return { value: { securityInfos: parseSecurityInfos(signedData.content) }, findings: [], signedData }
}

/**
 * EF.CardSecurity. Nothing is verified here.
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`, `EMRTD_SECURITY_INFOS_MALFORMED`
 */
export function parseCardSecurity(bytes: Uint8Array): CardSecurity {
  return readCardSecurity(bytes).value
}

/** As {@link parseCardSecurity}, without throwing for bad data. */
export function tryParseCardSecurity(bytes: Uint8Array): ParseOutcome<CardSecurity, CccdError> {
  return attempt(() => {
    const { value, findings } = readCardSecurity(bytes)
    return { value, findings }
  })
}
