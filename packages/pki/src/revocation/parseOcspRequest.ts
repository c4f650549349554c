import { assertBytes, expectTag, parseTlv, readSmallInteger } from '@cccd/core'
import { readExtensionList } from '../certificate/extensions.js'
import { PkiError, recoded } from '../errors.js'
import { type OcspCertificateId, ocspOids } from './OcspResponse.js'
import { nonceOf, readCertificateId } from './parseOcspResponse.js'

/** What an OCSP request asks, for who answers it. */
export interface OcspRequest {
  readonly raw: Uint8Array
  readonly certificates: readonly OcspCertificateId[]
  readonly nonce?: Uint8Array
}

const maxLength = 65_536
const maxRequests = 256

/**
 * An OCSP request in DER. A signature on it is passed over: responders of this kind answer everybody.
 * @throws PkiError `PKI_BAD_OCSP`
 * @example
 * parseOcspRequest(body).certificates[0]?.serialNumber
 */
export function parseOcspRequest(der: Uint8Array): OcspRequest {
  assertBytes(der, 'der')
  return recoded('PKI_BAD_OCSP', 'OCSP request is malformed', () => {
    const [tbs] = parseTlv(der, { rules: 'der', tag: 0x30, maxLength }).children()
    const fields = expectTag(tbs, 0x30).children()
    if (fields[0]?.tag === 0xa0 && readSmallInteger(fields.shift()?.children()[0]) !== 0)
      throw new PkiError('PKI_BAD_OCSP', 'version is unknown')
    if (fields[0]?.tag === 0xa1) fields.shift()
    const [list, wrapped, more] = fields
    const requests = expectTag(list, 0x30).children()
    if (more !== undefined || requests.length > maxRequests)
      throw new PkiError('PKI_BAD_OCSP', 'OCSP request has too many elements')
    const extensions = wrapped === undefined ? [] : readExtensionList(expectTag(expectTag(wrapped, 0xa2).children()[0], 0x30))
    const nonce = extensions.find(({ oid }) => oid === ocspOids.nonce)?.value
    return {
      raw: der,
      certificates: requests.map((request) => readCertificateId(expectTag(expectTag(request, 0x30).children()[0], 0x30))),
      ...(nonce !== undefined && { nonce: nonceOf(nonce) }),
    }
  })
}
