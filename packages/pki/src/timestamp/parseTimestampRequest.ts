import { assertBytes, expectTag, integerBytes, parseTlv, readBoolean, readOid, readSmallInteger, type TlvNode } from '@cccd/core'
import { readExtensionList } from '../certificate/extensions.js'
import { PkiError, recoded } from '../errors.js'
import { readImprint } from './parseTimestampToken.js'
import type { MessageImprint } from './TimestampToken.js'

/** What a timestamp request asks, for who answers it. */
export interface TimestampRequest {
  readonly raw: Uint8Array
  readonly imprint: MessageImprint
  readonly policy?: string
  /** The content of the INTEGER. */
  readonly nonce?: Uint8Array
  readonly certificate: boolean
  /** Critical extensions: an authority that does not process them must refuse. */
  readonly unknownCritical: readonly string[]
}

const maxLength = 65_536

/**
 * A timestamp request in DER (RFC 3161 2.4.1).
 * @throws PkiError `PKI_BAD_TIMESTAMP`
 * @example
 * parseTimestampRequest(body).imprint.algorithm // 'sha256'
 */
export function parseTimestampRequest(der: Uint8Array): TimestampRequest {
  assertBytes(der, 'der')
  return recoded('PKI_BAD_TIMESTAMP', 'timestamp request is malformed', () => {
    const [version, imprint, ...rest] = parseTlv(der, { rules: 'der', tag: 0x30, maxLength }).children()
    if (readSmallInteger(version) !== 1) throw new PkiError('PKI_BAD_TIMESTAMP', 'version is unknown')
    const take = (tag: number): TlvNode | undefined => (rest[0]?.tag === tag ? rest.shift() : undefined)
    const policy = take(0x06)
    const nonce = take(0x02)
    const certificate = take(0x01)
    const extensions = take(0xa0)
    if (rest.length > 0) throw new PkiError('PKI_BAD_TIMESTAMP', 'timestamp request has elements left over')
    return {
      raw: der,
      imprint: readImprint(expectTag(imprint, 0x30)),
      ...(policy && { policy: readOid(policy) }),
      ...(nonce && { nonce: integerBytes(nonce) }),
      certificate: certificate !== undefined && readBoolean(certificate),
      unknownCritical: (extensions === undefined ? [] : readExtensionList(extensions))
        .filter(({ critical }) => critical)
        .map(({ oid }) => oid),
    }
  })
}
