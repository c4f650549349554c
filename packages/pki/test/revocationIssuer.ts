import { encodeTlv, encodeUtf8 } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import type { Certificate } from '@cccd/pki'
import { publicKeyBits } from '../src/revocation/certificateId.js'
import {
  algorithmOf,
  bits,
  defaultScheme,
  extension,
  integer,
  name,
  octets,
  oid,
  sequence,
  sign,
  type TestKey,
  utcTime,
} from './issuer.js'

// Revocation lists and OCSP answers for tests: honest ones, and what no honest authority would sign.

export interface ListRequest {
  readonly issuer: string
  readonly key: TestKey
  readonly thisUpdate?: string
  /** `none`: left out. */
  readonly nextUpdate?: string
  readonly revoked?: readonly {
    /** A number, or the content of an INTEGER however it is written. */
    readonly serialNumber: number | Uint8Array
    readonly at?: string
    readonly extensions?: readonly Uint8Array[]
  }[]
  readonly extensions?: readonly Uint8Array[]
}

/** A CRL as Doc 9303-12 and RFC 5280 want it, except for what the request says. */
export async function revocationList(request: ListRequest): Promise<Uint8Array> {
  const scheme = defaultScheme(request.key)
  const { revoked = [], nextUpdate = '2026-02-01T00:00:00Z' } = request
  const entries = revoked.map(({ serialNumber, at = '2025-06-01T00:00:00Z', extensions }) =>
    sequence(
      typeof serialNumber === 'number' ? integer(serialNumber) : encodeTlv(0x02, serialNumber),
      utcTime(at),
      ...(extensions === undefined ? [] : [sequence(...extensions)]),
    ),
  )
  const tbs = sequence(
    integer(1),
    algorithmOf(scheme),
    name(request.issuer),
    utcTime(request.thisUpdate ?? '2025-12-01T00:00:00Z'),
    ...(nextUpdate === 'none' ? [] : [utcTime(nextUpdate)]),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    encodeTlv(
      0xa0,
      sequence(
        extension('2.5.29.35', sequence(encodeTlv(0x80, request.key.identifier))),
        extension('2.5.29.20', integer(7)),
        ...(request.extensions ?? []),
      ),
    ),
  )
  return sequence(tbs, algorithmOf(scheme), bits(await sign(request.key, scheme, tbs)))
}

export const generalizedTime = (iso: string): Uint8Array =>
  encodeTlv(0x18, encodeUtf8(`${iso.replace(/[-T:]/g, '').slice(0, 14)}Z`))

export interface AnswerRequest {
  readonly certificate: Certificate
  readonly issuer: Certificate
  /** Who signs, and what is named as the responder. */
  readonly key: TestKey
  readonly responder?: Certificate
  readonly status?: 'good' | 'revoked' | 'held' | 'unknown'
  readonly thisUpdate?: string
  /** `none`: left out. */
  readonly nextUpdate?: string
  readonly nonce?: Uint8Array
  readonly certificates?: readonly Uint8Array[]
  readonly extensions?: readonly Uint8Array[]
}

const statuses = {
  good: encodeTlv(0x80),
  revoked: encodeTlv(0xa1, generalizedTime('2025-06-01T00:00:00Z'), encodeTlv(0xa0, encodeTlv(0x0a, Uint8Array.of(1)))),
  held: encodeTlv(0xa1, generalizedTime('2025-06-01T00:00:00Z'), encodeTlv(0xa0, encodeTlv(0x0a, Uint8Array.of(6)))),
  unknown: encodeTlv(0x82),
}

/** An OCSP answer about one certificate. */
export async function ocspAnswer(request: AnswerRequest): Promise<Uint8Array> {
  const { certificate, issuer, key, status = 'good', nextUpdate = '2026-01-02T00:00:00Z', nonce, certificates = [] } = request
  const scheme = defaultScheme(key)
  const hash = (bytes: Uint8Array): Uint8Array => octets(defaultCrypto().hash('sha1', bytes))
  const single = sequence(
    sequence(
      sequence(oid('1.3.14.3.2.26')),
      hash(issuer.subject.raw),
      hash(publicKeyBits(issuer)),
      encodeTlv(0x02, certificate.serialNumber),
    ),
    statuses[status],
    generalizedTime(request.thisUpdate ?? '2025-12-31T00:00:00Z'),
    ...(nextUpdate === 'none' ? [] : [encodeTlv(0xa0, generalizedTime(nextUpdate))]),
  )
  const extensions = [
    ...(nonce === undefined ? [] : [extension('1.3.6.1.5.5.7.48.1.2', octets(nonce))]),
    ...(request.extensions ?? []),
  ]
  const tbs = sequence(
    encodeTlv(0xa2, hash(publicKeyBits(request.responder ?? issuer))),
    generalizedTime('2025-12-31T00:00:00Z'),
    sequence(single),
    ...(extensions.length === 0 ? [] : [encodeTlv(0xa1, sequence(...extensions))]),
  )
  const basic = sequence(
    tbs,
    algorithmOf(scheme),
    bits(await sign(key, scheme, tbs)),
    ...(certificates.length === 0 ? [] : [encodeTlv(0xa0, sequence(...certificates))]),
  )
  return sequence(encodeTlv(0x0a, Uint8Array.of(0)), encodeTlv(0xa0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octets(basic))))
}
