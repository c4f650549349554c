import type { ProfileCode } from '@cccd/pki/profile'
import type { MatrixAlgorithms } from './matrixAlgorithms.js'

export interface MatrixEncodingEntry {
  /** Findings of the certificate profile that it leads to, in every certificate. */
  readonly profile?: readonly ProfileCode[]
  /** Algorithms for which there is such a way; absent: all. */
  readonly only?: MatrixAlgorithms
}

const table = {
  'printable-names': {},
  'teletex-names': {},
  'lower-case-country': { profile: ['country-form'] },
  'negative-serial-number': { profile: ['serial-number'] },
  'zero-serial-number': { profile: ['serial-number'] },
  'long-serial-number': { profile: ['serial-number'] },
  'null-parameters': {},
  'generalized-time': { profile: ['time-encoding'] },
  /** notAfter in 2056, as GeneralizedTime (RFC 5280 4.1.2.5). */
  'valid-past-2050': {},
  'no-key-identifiers': { profile: ['extension-missing'] },
  'indefinite-length': {},
  /** The seed of the curve stands there (SEC 1 C.2). */
  'curve-seed': { only: 'explicit-curve' },
  'compressed-generator': { only: 'explicit-curve' },
  /** ECParameters of version 3. */
  'parameters-version-3': { only: 'explicit-curve' },
  /** Keys under id-RSASSA-PSS, with the parameters of their signatures (RFC 4055 3.1). */
  'pss-keys': { only: 'pss' },
  /** Keys under id-RSASSA-PSS without parameters: any PSS signature. */
  'pss-keys-free': { only: 'pss' },
  /** Signed attributes out of DER order, signed as they are sent. */
  'attributes-unsorted': {},
  /** Signed attributes signed in DER order and sent in another. */
  'attributes-resorted': {},
} as const satisfies Readonly<Record<string, MatrixEncodingEntry>>
export type MatrixEncoding = keyof typeof table

/** Ways of writing the same thing that real issuers have; none of them changes a verdict. */
export const matrixEncodings: Readonly<Record<MatrixEncoding, MatrixEncodingEntry>> = table
