import { createHash } from 'node:crypto'
import { assertBytes, encodeHex } from '@cccd/core'
import type { HashAlgorithm, IncrementalHash } from '../port.js'
import { answers, once } from './once.js'

const names: Readonly<Record<HashAlgorithm, string>> = {
  sha1: 'sha1',
  sha224: 'sha224',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
  'sha512/224': 'sha512-224',
  'sha512/256': 'sha512-256',
  'sha3-224': 'sha3-224',
  'sha3-256': 'sha3-256',
  'sha3-384': 'sha3-384',
  'sha3-512': 'sha3-512',
}

/** First eight bytes of the digest of "abc" (NIST's example values for FIPS 180-4 and FIPS 202). */
const digestsOfAbc: Readonly<Record<HashAlgorithm, string>> = {
  sha1: 'a9993e364706816a',
  sha224: '23097d223405d822',
  sha256: 'ba7816bf8f01cfea',
  sha384: 'cb00753f45a35e8b',
  sha512: 'ddaf35a193617aba',
  'sha512/224': '4634270f707b6a54',
  'sha512/256': '53048e2681941ef9',
  'sha3-224': 'e642824c3f8cf24a',
  'sha3-256': '3a985da74fe225b2',
  'sha3-384': 'ec01498288516fc9',
  'sha3-512': 'b751850b1a57168a',
}

/** The name that this runtime knows a hash by, or undefined when it has not got it. */
export const nodeHashName = once((algorithm: HashAlgorithm): string | undefined => {
  const name = Object.hasOwn(names, algorithm) ? names[algorithm] : undefined
  if (name === undefined) return undefined
  const known = answers(() => {
    const digest = createHash(name)
      .update(Uint8Array.of(0x61, 0x62, 0x63))
      .digest()
    return encodeHex(digest.subarray(0, 8)) === digestsOfAbc[algorithm]
  })
  return known ? name : undefined
})

export function nodeHash(name: string, data: readonly Uint8Array[]): Uint8Array {
  const state = createHash(name)
  for (const part of data) {
    assertBytes(part, 'data')
    state.update(part)
  }
  return new Uint8Array(state.digest())
}

export function createNodeHash(name: string): IncrementalHash {
  const state = createHash(name)
  const incremental: IncrementalHash = {
    update(data) {
      assertBytes(data, 'data')
      state.update(data)
      return incremental
    },
    digest: () => new Uint8Array(state.digest()),
  }
  return incremental
}
