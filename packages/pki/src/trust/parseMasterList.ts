import { expectTag, parseTlv, readSmallInteger } from '@cccd/core'
import { parseSignedData } from '../cms/parseSignedData.js'
import type { SignedData } from '../cms/SignedData.js'
import { PkiError, withCode } from '../errors.js'

/** id-icao-cscaMasterList. */
export const masterListOid = '2.23.136.1.1.2'

/** A CSCA master list (Doc 9303-12, 8.1): nothing in it has been verified, its certificates not even parsed. */
export interface MasterList {
  readonly version: number
  readonly certificates: readonly Uint8Array[]
  readonly signedData: SignedData
}

/** Certificates one list may hold; the largest published one holds about a thousand. */
const maxCertificates = 20_000

/**
 * `CscaMasterList ::= SEQUENCE { version INTEGER (0), certList SET OF Certificate }` inside CMS SignedData. The certificates are
 * slices of the input.
 *
 * @throws PkiError `PKI_BAD_MASTER_LIST`, `PKI_BAD_SIGNED_DATA`
 * @example
 * parseMasterList(bytes).certificates.length // 588
 */
export function parseMasterList(bytes: Uint8Array): MasterList {
  const signedData = parseSignedData(bytes)
  const { eContentType, content } = signedData
  if (eContentType !== masterListOid || content === undefined)
    throw new PkiError('PKI_BAD_MASTER_LIST', 'signed content is not a master list')
  return withCode('PKI_BAD_MASTER_LIST', 'master list is malformed', () => {
    const [version, list, more] = parseTlv(content, { tag: 0x30 }).children()
    const certificates = expectTag(list, 0x31).children()
    if (more !== undefined || certificates.length > maxCertificates)
      throw new PkiError('PKI_BAD_MASTER_LIST', 'master list has too many elements', { params: { count: certificates.length } })
    return {
      version: readSmallInteger(version),
      certificates: certificates.map((certificate) => expectTag(certificate, 0x30).raw),
      signedData,
    }
  })
}
