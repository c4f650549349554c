import { decodeHex, encodeHex } from '@cccd/core'
import { CryptoError, type HashAlgorithm, hashAlgorithms, hashLength } from '@cccd/crypto'
import { describe, expect, it } from 'vitest'
import { readOwnVector } from '../../../test-vectors/shared.js'
import { ascii, backends } from './backends.js'

type MessageName = 'empty' | 'abc' | '448 bits' | '896 bits' | 'million a'
const { digests } = readOwnVector<{ digests: Record<HashAlgorithm, Record<MessageName, string>> }>('hashes.json')

const inputs: Record<MessageName, Uint8Array> = {
  empty: new Uint8Array(0),
  abc: ascii('abc'),
  '448 bits': ascii('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'),
  '896 bits': ascii(
    'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu',
  ),
  'million a': new Uint8Array(1_000_000).fill(0x61),
}

describe.each(backends)('hashes: %s', (_, crypto) => {
  it.each(hashAlgorithms)('%s gives the example values of the standard', (algorithm) => {
    for (const [name, input] of Object.entries(inputs))
      expect(encodeHex(crypto.hash(algorithm, input)), name).toBe(digests[algorithm][name as MessageName])
    expect(crypto.hash(algorithm)).toHaveLength(hashLength(algorithm))
  })

  it.each(hashAlgorithms)('%s in parts, incrementally and joined, is the same', (algorithm) => {
    const message = inputs['896 bits']
    const parts = [message.subarray(0, 1), message.subarray(1, 64), new Uint8Array(0), message.subarray(64)]
    const expected = digests[algorithm]['896 bits']
    expect(encodeHex(crypto.hash(algorithm, ...parts))).toBe(expected)
    const incremental = crypto.createHash(algorithm)
    for (const part of parts) expect(incremental.update(part)).toBe(incremental)
    expect(encodeHex(incremental.digest())).toBe(expected)
  })

  it('gives plain Uint8Arrays that own their memory', () => {
    for (const algorithm of hashAlgorithms) {
      const digest = crypto.hash(algorithm, inputs.abc)
      expect(Object.getPrototypeOf(digest)).toBe(Uint8Array.prototype)
      expect(digest.buffer.byteLength).toBe(digest.length)
    }
  })

  it('refuses an unknown name, and data that is not bytes', () => {
    const unknown = 'md5' as HashAlgorithm
    for (const ask of [() => crypto.hash(unknown), () => crypto.createHash(unknown)])
      expect(ask).toThrow(expect.objectContaining({ code: 'CRYPTO_UNSUPPORTED' }))
    expect(() => crypto.hash('toString' as HashAlgorithm)).toThrow(CryptoError)
    const text: unknown = 'abc'
    expect(() => crypto.hash('sha256', text as Uint8Array)).toThrow(TypeError)
    expect(() => crypto.createHash('sha256').update(text as Uint8Array)).toThrow(TypeError)
  })

  it('ends with the digest', () => {
    const incremental = crypto.createHash('sha1').update(decodeHex('00'))
    incremental.digest()
    expect(() => incremental.digest()).toThrow()
  })
})

it('hashLength refuses an unknown name', () => {
  expect(() => hashLength('md5' as HashAlgorithm)).toThrow(expect.objectContaining({ code: 'CRYPTO_UNSUPPORTED' }))
})
