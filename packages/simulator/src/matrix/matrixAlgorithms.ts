import type { KeyAlgorithm } from '../issuer/KeyAlgorithm.js'

/** Algorithms for which alone something of the matrix can be written. */
export const matrixAlgorithms = {
  ec: ({ type }: KeyAlgorithm) => type === 'ec',
  'explicit-curve': (algorithm: KeyAlgorithm) => algorithm.type === 'ec' && algorithm.form !== 'named',
  pkcs1: (algorithm: KeyAlgorithm) => algorithm.type === 'rsa' && algorithm.padding !== 'pss',
  pss: (algorithm: KeyAlgorithm) => algorithm.type === 'rsa' && algorithm.padding === 'pss',
  // The forgery is written for one hash.
  'exponent-3': (algorithm: KeyAlgorithm) =>
    algorithm.type === 'rsa' && algorithm.exponent === 3 && algorithm.padding !== 'pss' && algorithm.hash === 'sha256',
} as const
export type MatrixAlgorithms = keyof typeof matrixAlgorithms
