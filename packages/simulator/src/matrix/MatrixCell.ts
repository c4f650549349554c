import type { KeyAlgorithm } from '../issuer/KeyAlgorithm.js'

/** Ways of writing the same thing that real issuers have; none of them changes a verdict. */
export const matrixEncodings = [
  'printable-names',
  'teletex-names',
  'lower-case-country',
  'negative-serial-number',
  'long-serial-number',
  'null-parameters',
  'generalized-time',
  'no-key-identifiers',
  'indefinite-length',
] as const
export type MatrixEncoding = (typeof matrixEncodings)[number]

/** What a verifier must say of a defect. */
export interface MatrixVerdict {
  readonly check: 'chain.csca' | 'chain.validity-now'
  readonly status: 'failed' | 'inconclusive'
  readonly reason: string
}

const csca = (reason: string): MatrixVerdict => ({ check: 'chain.csca', status: 'failed', reason })
const now = (reason: string): MatrixVerdict => ({ check: 'chain.validity-now', status: 'failed', reason })

/** What may be wrong with an issuer, and the verdict that must follow. */
export const matrixDefects = {
  'expired-csca': now('expired'),
  'expired-signer': now('expired'),
  'not-yet-valid-signer': now('not-yet-valid'),
  'csca-is-no-ca': csca('not-a-ca'),
  'csca-key-usage': csca('not-a-ca'),
  'unknown-critical-extension': csca('critical-extension'),
  'other-country': csca('country-differs'),
  'intermediate-authority': csca('path-too-long'),
  'other-key': csca('signature-wrong'),
  'broken-signature': csca('signature-wrong'),
  'other-hash': csca('signature-wrong'),
  'algorithm-differs': csca('algorithm-differs'),
  'wrong-salt': csca('signature-wrong'),
  'forged-for-exponent-3': csca('signature-wrong'),
  revoked: csca('revoked'),
  'list-of-other-key': { check: 'chain.csca', status: 'inconclusive', reason: 'revocation-unknown' },
} as const satisfies Readonly<Record<string, MatrixVerdict>>
export type MatrixDefect = keyof typeof matrixDefects

/** One issuer of the matrix. */
export interface MatrixCell {
  /** Of every key of the issuer, and how it signs. */
  readonly algorithm: KeyAlgorithm
  readonly encoding?: MatrixEncoding
  readonly defect?: MatrixDefect
}

/** Whether a cell can be: some ways and defects are of one algorithm alone. */
export function isMatrixCell({ algorithm, defect }: MatrixCell): boolean {
  if (defect === 'wrong-salt') return algorithm.type === 'rsa' && algorithm.padding === 'pss'
  if (defect === 'forged-for-exponent-3')
    return algorithm.type === 'rsa' && algorithm.exponent === 3 && algorithm.padding !== 'pss' && algorithm.hash === 'sha256'
  return true
}
