import type { HashAlgorithm } from '@cccd/crypto'
import type { SessionCipher } from '../lds/securityInfos.js'

/** What Doc 9303-11, 9.7.1 and 9.8 fix for a session cipher. */
export interface CipherParameters {
  readonly name: SessionCipher
  /** Bytes of a key. */
  readonly keyLength: number
  /** Bytes of a cipher block, also the length of the send sequence counter. */
  readonly blockLength: 8 | 16
  /** Hash of the key derivation function. */
  readonly hash: HashAlgorithm
}

/** Two-key 3DES and the three AES; the hash grows with the key (Doc 9303-11, 9.7.1.1 and 9.7.1.2). */
export const cipherParameters: Readonly<Record<SessionCipher, CipherParameters>> = {
  '3DES': { name: '3DES', keyLength: 16, blockLength: 8, hash: 'sha1' },
  'AES-128': { name: 'AES-128', keyLength: 16, blockLength: 16, hash: 'sha1' },
  'AES-192': { name: 'AES-192', keyLength: 24, blockLength: 16, hash: 'sha256' },
  'AES-256': { name: 'AES-256', keyLength: 32, blockLength: 16, hash: 'sha256' },
}
