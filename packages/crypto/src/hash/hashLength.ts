import type { HashAlgorithm } from '../port.js'
import { unsupported } from '../unsupported.js'

const lengths: Readonly<Record<HashAlgorithm, number>> = {
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  'sha512/224': 28,
  'sha512/256': 32,
  'sha3-224': 28,
  'sha3-256': 32,
  'sha3-384': 48,
  'sha3-512': 64,
}

/** Bytes of a digest. @throws CryptoError `CRYPTO_UNSUPPORTED` for a name that is not a {@link HashAlgorithm} */
export function hashLength(algorithm: HashAlgorithm): number {
  if (!Object.hasOwn(lengths, algorithm)) throw unsupported('hash')
  return lengths[algorithm]
}
