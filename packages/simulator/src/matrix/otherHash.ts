import type { HashAlgorithm } from '@cccd/crypto'

/** A hash that is not the given one. */
export const otherHash = (hash: HashAlgorithm): 'sha256' | 'sha384' => (hash === 'sha256' ? 'sha384' : 'sha256')
