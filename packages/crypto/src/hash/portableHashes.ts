import { sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js'
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js'
import type { CHash } from '@noble/hashes/utils.js'
import type { HashAlgorithm } from '../port.js'
import { unsupported } from '../unsupported.js'

const table: Readonly<Record<HashAlgorithm, CHash>> = {
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  'sha512/224': sha512_224,
  'sha512/256': sha512_256,
  'sha3-224': sha3_224,
  'sha3-256': sha3_256,
  'sha3-384': sha3_384,
  'sha3-512': sha3_512,
}

/** The noble hash of a name. @throws CryptoError `CRYPTO_UNSUPPORTED` */
export function portableHash(algorithm: HashAlgorithm): CHash {
  if (!Object.hasOwn(table, algorithm)) throw unsupported('hash')
  return table[algorithm]
}
