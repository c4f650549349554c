import type { CccdError, ParseOutcome } from '@cccd/core'
import type { PublicKeySpec } from '@cccd/crypto'
import { parsePublicKeyInfo } from '@cccd/pki'
import { attempt, malformed, openFile, type Parsed, within } from './openFile.js'

/** DG15: the key of Active Authentication (Doc 9303-10, 4.7.15). */
export interface ActiveAuthenticationKey {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKeyInfo: Uint8Array
  readonly publicKey: PublicKeySpec
}

export function readDg15(bytes: Uint8Array): Parsed<ActiveAuthenticationKey> {
  const root = openFile(bytes, 'DG15')
  const [key, ...extra] = within('DG15', () => root.children())
  if (key === undefined || extra.length > 0) throw malformed('DG15', 'not one public key')
  const publicKeyInfo = key.raw.slice()
  return { value: { publicKeyInfo, publicKey: parsePublicKeyInfo(publicKeyInfo) }, findings: [] }
}

/**
 * DG15: the public key of Active Authentication, RSA or elliptic curve. Explicit curve parameters are accepted only when they are those of
 * a standard curve.
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`; PkiError `PKI_UNKNOWN_CURVE`, `PKI_UNSUPPORTED_ALGORITHM` and what else
 * `parsePublicKeyInfo` throws
 */
export function parseDg15(bytes: Uint8Array): ActiveAuthenticationKey {
  return readDg15(bytes).value
}

/** As {@link parseDg15}, without throwing for bad data. */
export function tryParseDg15(bytes: Uint8Array): ParseOutcome<ActiveAuthenticationKey, CccdError> {
  return attempt(() => readDg15(bytes))
}
