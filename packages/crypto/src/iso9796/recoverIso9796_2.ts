import { bigIntToBytes, bytesToBigInt, encodeHex } from '@cccd/core'
import { constantTimeEqual } from '../constantTimeEqual.js'
import { byteLength } from '../curves/bits.js'
import { hashLength } from '../hash/hashLength.js'
import type { CryptoPort, HashAlgorithm } from '../port.js'
import { type Iso9796Trailer, iso9796Trailers } from './trailers.js'

export type { Iso9796Trailer } from './trailers.js'

export type Iso9796Outcome =
  | {
      readonly status: 'recovered'
      /** The recoverable part of the message, M1. */
      readonly message1: Uint8Array
      readonly digest: Uint8Array
      readonly hash: HashAlgorithm
      readonly trailer: Iso9796Trailer
      /** Whether `digest` is that of M1 | M2. Nothing is authentic without it. */
      readonly digestMatches: boolean
      /** Whether n - s was signed instead of s (ISO/IEC 9796-2 B.6; Doc 9303 does not do it). */
      readonly complemented: boolean
    }
  | { readonly status: 'malformed'; readonly reason: 'header' | 'padding' | 'trailer' | 'length' | 'unsupported-hash' }

export interface RecoverIso9796Options {
  readonly crypto: Pick<CryptoPort, 'hash'>
  /** When given, n - recovered is looked at too if `recovered` itself does not end like a signed block. */
  readonly modulus?: Uint8Array
}

/**
 * Opens a block of ISO/IEC 9796-2 digital signature scheme 1 with partial recovery, as active authentication makes it with RSA
 * (Doc 9303-11 6.1.2.2): 6A | M1 | H(M1 | M2) | T. `recovered` is what `PublicKey.recover` gave. A block of another form is an
 * outcome, not an exception: it is what a forged chip answers.
 * @example
 * const recovered = await key.recover(signature)
 * const outcome = recovered && recoverIso9796_2(recovered, challenge, { crypto })
 * const genuine = outcome?.status === 'recovered' && outcome.digestMatches
 */
export function recoverIso9796_2(recovered: Uint8Array, message2: Uint8Array, options: RecoverIso9796Options): Iso9796Outcome {
  const complemented = options.modulus !== undefined && !endsLikeBlock(recovered)
  const block = complemented ? complement(recovered, options.modulus) : recovered
  if (block === undefined || block.length < 3) return { status: 'malformed', reason: 'length' }
  // Bits 01 open the block; the third says that a part of the message is not in it, and without that part nothing is fresh.
  const first = block[0] as number
  if (first >> 5 !== 0b011) return { status: 'malformed', reason: 'header' }
  const start = messageStart(block)
  if (start === undefined) return { status: 'malformed', reason: 'padding' }
  const trailer = trailerOf(block)
  if (trailer === undefined) return { status: 'malformed', reason: lastByte(block) === 0xcc ? 'unsupported-hash' : 'trailer' }
  const hash = iso9796Trailers[trailer]
  const digestStart = block.length - trailer.length / 2 - hashLength(hash)
  if (digestStart < start) return { status: 'malformed', reason: 'length' }
  const message1 = block.slice(start, digestStart)
  const digest = block.slice(digestStart, digestStart + hashLength(hash))
  const digestMatches = constantTimeEqual(options.crypto.hash(hash, message1, message2), digest)
  return { status: 'recovered', message1, digest, hash, trailer, digestMatches, complemented }
}

/** Hermes has no `at`. */
const lastByte = (block: Uint8Array): number => block[block.length - 1] ?? 0

const endsLikeBlock = (block: Uint8Array): boolean => (lastByte(block) & 0x0f) === 0x0c

function complement(recovered: Uint8Array, modulus: Uint8Array | undefined): Uint8Array | undefined {
  const [n, value] = [bytesToBigInt(modulus ?? new Uint8Array(0)), bytesToBigInt(recovered)]
  return value < n && byteLength(n) === recovered.length ? bigIntToBytes(n - value, recovered.length) : undefined
}

/** After the header: 6A, or 6B BB … BA where M1 does not fill the block. */
function messageStart(block: Uint8Array): number | undefined {
  if (block[0] === 0x6a) return 1
  if (block[0] !== 0x6b) return undefined
  let at = 1
  while (block[at] === 0xbb) at++
  return block[at] === 0xba ? at + 1 : undefined
}

function trailerOf(block: Uint8Array): Iso9796Trailer | undefined {
  if (lastByte(block) === 0xbc) return 'BC'
  const name = encodeHex(block.subarray(-2)).toUpperCase()
  return Object.hasOwn(iso9796Trailers, name) && name.endsWith('CC') ? (name as Iso9796Trailer) : undefined
}
