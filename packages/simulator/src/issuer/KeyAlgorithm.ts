import { type CurveName, type HashAlgorithm, hashLength, type SignatureScheme } from '@cccd/crypto'
import type { CurveForm } from '../asn1/publicKeyInfo.js'

/** What key an authority has and how it signs. */
export type KeyAlgorithm =
  | {
      readonly type: 'ec'
      readonly curve: CurveName
      readonly hash: HashAlgorithm
      /** How certificates write the curve (default `explicit`, as 97.6 % of the real ones do). */
      readonly form?: CurveForm
    }
  | {
      readonly type: 'rsa'
      readonly bits: number
      readonly hash: HashAlgorithm
      /** Default `pkcs1`. */
      readonly padding?: 'pkcs1' | 'pss'
      /** Of PSS; default the length of the hash. */
      readonly saltLength?: number
      /** Default 65537. */
      readonly exponent?: number
    }

/** The scheme with which keys of this algorithm sign certificates and security objects. */
export function signatureScheme(algorithm: KeyAlgorithm): SignatureScheme {
  const { hash } = algorithm
  if (algorithm.type === 'ec') return { type: 'ecdsa', hash, format: 'der' }
  if (algorithm.padding !== 'pss') return { type: 'rsa-pkcs1', hash }
  return { type: 'rsa-pss', hash, mgfHash: hash, saltLength: algorithm.saltLength ?? hashLength(hash) }
}

/** The form in which certificates write keys of this algorithm. */
export function curveForm(algorithm: KeyAlgorithm): CurveForm {
  return algorithm.type === 'ec' ? (algorithm.form ?? 'explicit') : 'named'
}
