import type { Check, CheckStatus, Finding } from '@cccd/core'
import type { NameAgreement, Sex } from '@cccd/identity'
import type { CertificateInfo, TrustSource } from '@cccd/pki'
import type { FaceImage } from '../lds/face/FaceImage.js'
import type { RevocationUsed } from './revocationUsed.js'

/** Every check of {@link verifyReading}; what each proves stands in the catalogue of `@cccd/emrtd/checks`. */
export const checkIds = [
  'sod.signature',
  'chain.csca',
  'chain.validity-at-signing',
  'chain.validity-now',
  'signer.pinned',
  'online.issuer',
  'dg1.hash',
  'dg2.hash',
  'dg3.hash',
  'dg4.hash',
  'dg5.hash',
  'dg6.hash',
  'dg7.hash',
  'dg8.hash',
  'dg9.hash',
  'dg10.hash',
  'dg11.hash',
  'dg12.hash',
  'dg13.hash',
  'dg14.hash',
  'dg15.hash',
  'dg16.hash',
  'aa.signature',
  'ca.keys',
  'cam.key',
  'pace.downgrade',
  'card-access.match',
  'access.protocol',
  'document.expiry',
  'document.consistency',
] as const

/** Open: a later version may add checks. */
export type CheckId = (typeof checkIds)[number] | (string & {})

/** Who says that the issuer of the document is genuine. */
export type IssuerConfirmation = 'country-ca' | 'pinned-signer' | 'ministry-service' | 'unconfirmed'

/** Where a value comes from. */
export type FieldSource = 'DG1' | 'DG2' | 'DG11' | 'DG12' | 'DG13' | 'QR' | 'MRZ' | 'form' | (string & {})

/** A value, who says it, and whether they agree. */
export interface IdentityValue<Value> {
  readonly value: Value
  readonly sources: readonly FieldSource[]
  /** `single`: one source only. */
  readonly agreement: NameAgreement | 'single'
}

/** The values of an identity document. Dates `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
export interface IdentityValues {
  readonly personalNumber: string
  /** On the Vietnamese card the nine digits of the MRZ. */
  readonly documentNumber: string
  /** With diacritics where the document has them, else in the letters of the MRZ. */
  readonly fullName: string
  /** DG11's, in whatever script it has there; compared with nothing. */
  readonly nameInNationalCharacters: string
  readonly dateOfBirth: string
  readonly sex: Sex
  /** Three letters of Doc 9303-3. */
  readonly nationality: string
  readonly issuingState: string
  /** `none`: does not expire. */
  readonly dateOfExpiry: string
  readonly dateOfIssue: string
  readonly placeOfBirth: string
  readonly placeOfOrigin: string
  readonly placeOfResidence: string
  readonly identifyingMarks: string
  /** Sensitive personal data. */
  readonly ethnicity: string
  /** Sensitive personal data. */
  readonly religion: string
  readonly fatherName: string
  readonly motherName: string
  readonly spouseName: string
  readonly previousIdNumber: string
  /** Its image is a part of DG2 as it was when it was verified. */
  readonly portrait: FaceImage
}

export type IdentityField = keyof IdentityValues

export type IdentityFields = { readonly [F in IdentityField]?: IdentityValue<IdentityValues[F]> }

export interface ReportSummary {
  readonly issuer: IssuerConfirmation
  /** Signature of the security object and the hashes of all files present. */
  readonly integrity: CheckStatus
  /** The best proof that the chip is not a copy; `failed` when any of them failed. */
  readonly clone: CheckStatus
  /** `passed`: not expired. */
  readonly expired: CheckStatus
}

/** What is proven of a reading and what is not. Plain data; verifying again with the same inputs gives the same checks, byte for byte. */
export interface VerificationReport {
  readonly version: 1
  readonly checks: readonly Check<CheckId>[]
  readonly summary: ReportSummary
  /** Only what a confirmed issuer signed. Personal data. */
  readonly identity: IdentityFields
  /** Claims: files whose proof is not complete, QR, MRZ, form. Personal data. */
  readonly unverified: IdentityFields
  readonly findings: readonly Finding[]
  /** The signer's certificate first, then its issuers as far as they are known. */
  readonly path: readonly CertificateInfo[]
  /** The instant that validity was judged at. */
  readonly at: string
  /** Names everything that was trusted; `sources` are those of the CSCA and links of the path, with when each was signed and loaded. */
  readonly trust: { readonly digest: string; readonly sources: readonly TrustSource[] }
  /** Names the revocation data that was handed in; absent when there was none. */
  readonly revocation?: RevocationUsed
  readonly software: { readonly name: string; readonly version: string }
}
