import { decodeHex } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { defaultCrypto, generateKeyPair } from '@cccd/crypto/default'
import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'
import { describe, expect, it } from 'vitest'
import { readVectorJson, sharedVectors } from '../../../test-vectors/shared.js'
import { parseDg15, verifyActiveAuthentication } from '../src/index.js'
import { seeded } from './issuer.js'

interface Vector {
  readonly id: string
  readonly type: 'rsa' | 'ecdsa'
  readonly dg15: string
  readonly rnd: string
  readonly hash: string
  readonly trailer?: string
  readonly signature: string
  readonly expect: 'valid' | 'invalid' | 'policy'
}

const backends: readonly (readonly [string, CryptoPort])[] = [
  ['node', nodeCrypto()],
  ['portable', portableCrypto()],
]

/** ecdsa-plain-signatures of TR-03111. */
const plainEcdsa: Readonly<Record<string, string>> = { sha1: '1', sha224: '2', sha256: '3', sha384: '4', sha512: '5' }

describe.skipIf(sharedVectors === undefined)('150 generated vectors of Active Authentication', () => {
  const vectors =
    sharedVectors === undefined
      ? []
      : readVectorJson<{ vectors: Vector[] }>('apdu', 'active_authentication_generated.json').vectors

  /**
   * Policy of this verifier: DER under the right key is accepted; a complemented RSA block (n - s) is not, except where the set
   * repeats the valid vector because s was the smaller value already.
   */
  function expectedOf(vector: Vector): 'passed' | 'failed' {
    if (vector.expect !== 'policy') return vector.expect === 'valid' ? 'passed' : 'failed'
    if (vector.type === 'ecdsa') return 'passed'
    const original = vectors.find(({ id }) => `${id}_n_minus_s` === vector.id)
    return original?.signature === vector.signature ? 'passed' : 'failed'
  }

  it('are all there', () => {
    expect(vectors).toHaveLength(150)
  })

  it.each(backends)('behave as stated on the %s backend', async (_, crypto) => {
    const counts = { valid: 0, invalid: 0, policy: 0 }
    for (const vector of vectors) {
      const verdict = await verifyActiveAuthentication({
        publicKey: parseDg15(decodeHex(vector.dg15)).publicKey,
        challenge: decodeHex(vector.rnd),
        response: decodeHex(vector.signature),
        ...(vector.type === 'ecdsa' ? { signatureAlgorithm: `0.4.0.127.0.7.1.1.4.1.${plainEcdsa[vector.hash]}` } : {}),
        crypto,
      })
      const expected = expectedOf(vector)
      expect(verdict.status, vector.id).toBe(expected)
      if (expected === 'passed') expect(verdict.hash, vector.id).toBe(vector.hash)
      if (expected === 'passed' && vector.trailer !== undefined)
        expect(verdict.trailer, vector.id).toBe(vector.trailer.toUpperCase())
      if (expected === 'failed') expect(verdict.reason, vector.id).toBe('signature-wrong')
      counts[vector.expect]++
    }
    expect(counts).toEqual({ valid: 25, invalid: 100, policy: 25 })
  })

  it('an elliptic-curve answer verifies without the algorithm of DG14 when the hash fits the curve', async () => {
    const vector = vectors.find(({ id }) => id === 'ec_brainpoolP384r1_plain') as Vector
    const input = {
      publicKey: parseDg15(decodeHex(vector.dg15)).publicKey,
      challenge: decodeHex(vector.rnd),
      response: decodeHex(vector.signature),
    }
    expect(await verifyActiveAuthentication(input)).toMatchObject({ status: 'passed', hash: 'sha384', format: 'plain' })
  })

  it('an RSA answer with a hash that no backend computes is not supported, one with an unknown trailer is wrong', async () => {
    const key = await defaultCrypto().importPrivateKey(await generateKeyPair({ type: 'rsa', bits: 1024 }, seeded(5)))
    const verdictOf = async (trailer: number) => {
      const block = Uint8Array.of(0x6a, ...seeded(6)(125), trailer, 0xcc)
      const input = { publicKey: key.publicKey, challenge: new Uint8Array(8), response: await key.rawRsa(block) }
      const { status, reason } = await verifyActiveAuthentication(input)
      return `${status}: ${reason}`
    }
    for (const trailer of [0x31, 0x32, 0x37]) expect(await verdictOf(trailer)).toBe('inconclusive: unsupported-algorithm')
    for (const trailer of [0x33, 0x39, 0xff]) expect(await verdictOf(trailer)).toBe('failed: signature-wrong')
  })

  it('an algorithm of another kind than the key, or an unknown one, is not supported', async () => {
    const vector = vectors.find(({ id }) => id === 'ec_P-256_plain') as Vector
    const input = {
      publicKey: parseDg15(decodeHex(vector.dg15)).publicKey,
      challenge: decodeHex(vector.rnd),
      response: decodeHex(vector.signature),
    }
    for (const signatureAlgorithm of ['1.2.840.113549.1.1.11', '0.4.0.127.0.7.1.1.4.1.6'])
      expect(await verifyActiveAuthentication({ ...input, signatureAlgorithm })).toMatchObject({
        status: 'inconclusive',
        reason: 'unsupported-algorithm',
      })
  })
})
