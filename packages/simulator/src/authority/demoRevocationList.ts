import { encodeTlv } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { parseCertificate } from '@cccd/pki'
import { shiftDate } from '../issuer/shiftDate.js'
import type { DemoServices } from './createServices.js'
import { extension, integer, sequence, time } from './der.js'
import { type AuthorityContext, algorithmOf, signed } from './signed.js'

export const listFaults = ['wrong-signer', 'broken-signature', 'stale', 'future', 'no-next-update', 'malformed'] as const
export type ListFault = (typeof listFaults)[number]

/** A certificate that its issuer has revoked. */
export interface Revoked {
  readonly serialNumber: Uint8Array
  /** ISO 8601. */
  readonly at: string
  /** Number of CRLReason (RFC 5280 5.3.1), such as 1 for keyCompromise. */
  readonly reason?: number
}

export interface RevocationListInput extends AuthorityContext {
  readonly revoked?: readonly Revoked[]
  /** CRLNumber (default 1). */
  readonly number?: number
  readonly fault?: ListFault | undefined
}

/**
 * The revocation list of an issuer, in force for 30 days from `at`, in DER (RFC 5280 5; Doc 9303-12, 7.2).
 * @example await demoRevocationList(services, { at, random, revoked: [{ serialNumber, at, reason: 1 }] })
 */
export async function demoRevocationList(services: DemoServices, input: RevocationListInput): Promise<Uint8Array> {
  const { fault, revoked = [], random, crypto = defaultCrypto() } = input
  const issuer = fault === 'wrong-signer' ? services.impostor.issuer : services.issuer
  const { subject, keyIdentifier = new Uint8Array(0) } = parseCertificate(issuer.certificate)
  const thisUpdate = shiftDate(input.at, { days: fault === 'stale' ? -60 : fault === 'future' ? 60 : 0 })
  const entries = revoked.map(({ serialNumber, at, reason }) =>
    sequence(
      encodeTlv(0x02, serialNumber),
      time(new Date(at)),
      ...(reason === undefined ? [] : [sequence(extension('2.5.29.21', encodeTlv(0x0a, Uint8Array.of(reason))))]),
    ),
  )
  const tbs = sequence(
    integer(1),
    algorithmOf(issuer),
    subject.raw,
    time(thisUpdate),
    ...(fault === 'no-next-update' ? [] : [time(shiftDate(thisUpdate, { days: 30 }))]),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    encodeTlv(
      0xa0,
      sequence(
        extension('2.5.29.35', sequence(encodeTlv(0x80, keyIdentifier))),
        extension('2.5.29.20', integer(input.number ?? 1)),
      ),
    ),
  )
  const list = await signed(tbs, issuer, { crypto, random, broken: fault === 'broken-signature' })
  return fault === 'malformed' ? list.subarray(0, list.length - 1) : list
}
