import { encodeHex, encodeUtf8 } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import type { RevocationInput } from '@cccd/pki/revocation'

/** What a report keeps of the revocation data that it rests on. */
export interface RevocationUsed {
  readonly policy: RevocationInput['policy']
  readonly lists: number
  readonly responses: number
  /** SHA-256, hexadecimal, over the SHA-256 of each list and answer, one a line in ascending order: the same data, the same digest. */
  readonly digest: string
}

export function revocationUsed({ policy, lists = [], responses = [] }: RevocationInput, crypto: CryptoPort): RevocationUsed {
  const hashes = [...lists, ...responses].map(({ raw }) => encodeHex(crypto.hash('sha256', raw))).sort()
  const digest = encodeHex(crypto.hash('sha256', encodeUtf8(hashes.join('\n'))))
  return { policy, lists: lists.length, responses: responses.length, digest }
}
