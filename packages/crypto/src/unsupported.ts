import { CryptoError } from './CryptoError.js'

/** The error for an algorithm that no backend has. Names only the kind: a name from outside may be anything. */
export function unsupported(kind: 'hash' | 'curve' | 'group' | 'mapping' | 'signature scheme'): CryptoError {
  return new CryptoError('CRYPTO_UNSUPPORTED', `no backend has this ${kind}`, { params: { kind } })
}
