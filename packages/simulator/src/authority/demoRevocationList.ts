import { defaultCrypto } from '@cccd/crypto/default'
import { OctetString } from '@peculiar/asn1-schema'
import {
  AuthorityKeyIdentifier,
  Certificate,
  CertificateList,
  CRLNumber,
  CRLReason,
  Extension,
  KeyIdentifier,
  RevokedCertificate,
  TBSCertList,
  Time,
  Version,
} from '@peculiar/asn1-x509'
import { buffer, decode, encode } from '../asn1/encode.js'
import { statedKeyIdentifier } from '../issuer/issueSigner.js'
import { shiftDate } from '../issuer/shiftDate.js'
import type { DemoServices } from './createServices.js'
import { type AuthorityContext, algorithmOf, signatureOver } from './signatureOver.js'

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
 * The revocation list of an issuer, in force for 30 days from `at`, in DER (RFC 5280 5; Doc 9303-12, 7.2). Written with `@peculiar/asn1-x509`:
 * nothing of it is shared with the reader in `@cccd/pki`.
 * @example await demoRevocationList(services, { at, random, revoked: [{ serialNumber, at, reason: 1 }] })
 */
export async function demoRevocationList(services: DemoServices, input: RevocationListInput): Promise<Uint8Array> {
  const { fault, revoked = [], random, crypto = defaultCrypto() } = input
  const issuer = fault === 'wrong-signer' ? services.impostor.issuer : services.issuer
  const certificate = decode(issuer.certificate, Certificate)
  const thisUpdate = shiftDate(input.at, { days: fault === 'stale' ? -60 : fault === 'future' ? 60 : 0 })
  const authority = new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(buffer(statedKeyIdentifier(certificate))) })
  const tbsCertList = new TBSCertList({
    version: Version.v2,
    signature: algorithmOf(issuer),
    issuer: certificate.tbsCertificate.subject,
    thisUpdate: new Time(thisUpdate),
    ...(fault !== 'no-next-update' && { nextUpdate: new Time(shiftDate(thisUpdate, { days: 30 })) }),
    // RFC 5280 5.1.2.6: an empty list of entries is left out.
    ...(revoked.length > 0 && { revokedCertificates: revoked.map(entry) }),
    crlExtensions: [extension('2.5.29.35', authority), extension('2.5.29.20', new CRLNumber(input.number ?? 1))],
  })
  const signature = await signatureOver(encode(tbsCertList), issuer, { crypto, random, broken: fault === 'broken-signature' })
  const list = encode(new CertificateList({ tbsCertList, signatureAlgorithm: algorithmOf(issuer), signature: buffer(signature) }))
  return fault === 'malformed' ? list.subarray(0, list.length - 1) : list
}

function entry({ serialNumber, at, reason }: Revoked): RevokedCertificate {
  return new RevokedCertificate({
    userCertificate: buffer(serialNumber),
    revocationDate: new Time(shiftDate(at, {})),
    ...(reason !== undefined && { crlEntryExtensions: [extension('2.5.29.21', new CRLReason(reason))] }),
  })
}

function extension(extnID: string, value: object): Extension {
  return new Extension({ extnID, extnValue: new OctetString(buffer(encode(value))) })
}
