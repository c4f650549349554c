import type { HashAlgorithm } from '@cccd/crypto'

/** How an issuer writes its security objects, beyond what the keys say. */
export interface SecurityObjectForm {
  /** Hash of the data groups (default SHA-256). */
  readonly hash?: HashAlgorithm
  /** Version 1 also states the LDS and Unicode versions (default 0). */
  readonly ldsVersion?: 0 | 1
  /** Type of what is signed: the one of the LDS security object, or `id-data` as China has it. */
  readonly contentType?: 'id-data'
  /** Algorithm of an RSA signature: with its hash, or `rsaEncryption` alone (Australia, New Zealand, United States). */
  readonly signatureAlgorithm?: 'rsaEncryption'
}
