import { bigIntToBytes, bytesToBigInt, concatBytes, decodeHex, encodeHex, parseTlv, readBitString, readOid } from '@cccd/core'
import {
  curveByOid,
  type HashAlgorithm,
  type Iso9796Trailer,
  matchCurve,
  type PrivateKeySpec,
  type PublicKeySpec,
  publicKeyOf,
  recoverIso9796_2,
  signIso9796_2,
} from '@cccd/crypto'
import { generateKeyPair } from '@cccd/crypto/default'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readOwnVector, readVectorJson, sharedVectors } from '../../../test-vectors/shared.js'
import { backends, seededRandom } from './backends.js'

const trailers: readonly [Iso9796Trailer, HashAlgorithm][] = [
  ['BC', 'sha1'],
  ['33CC', 'sha1'],
  ['34CC', 'sha256'],
  ['35CC', 'sha512'],
  ['36CC', 'sha384'],
  ['38CC', 'sha224'],
]
const challenge = decodeHex('a1b2c3d4e5f60718')
const malformed = (reason: string) => ({ status: 'malformed', reason })

describe.each(backends)('ISO/IEC 9796-2 scheme 1: %s', (_, crypto) => {
  const specs = new Map<number, PrivateKeySpec>()
  beforeAll(async () => {
    for (const bits of [1024, 1280, 1536])
      specs.set(bits, await generateKeyPair({ type: 'rsa', bits }, seededRandom(`9796 ${bits}`)))
  })
  const specOf = (bits: number): PrivateKeySpec => specs.get(bits) as PrivateKeySpec

  it.each(trailers)('signs and recovers with trailer %s', async (trailer, hash) => {
    for (const bits of specs.keys()) {
      const spec = specOf(bits)
      const key = await crypto.importPrivateKey(spec)
      const publicKey = await crypto.importPublicKey(publicKeyOf(spec))
      const signature = await signIso9796_2(key, challenge, { crypto, trailer, random: seededRandom('m1') })
      expect(signature).toHaveLength(bits / 8)
      const recovered = await publicKey.recover(signature)
      if (recovered === undefined) throw new Error('not recovered')
      const outcome = recoverIso9796_2(recovered, challenge, { crypto })
      expect(outcome).toMatchObject({ status: 'recovered', hash, trailer, digestMatches: true, complemented: false })
      if (outcome.status !== 'recovered') return
      expect(outcome.digest).toEqual(crypto.hash(hash, outcome.message1, challenge))
      expect(recoverIso9796_2(recovered, new Uint8Array(8), { crypto })).toMatchObject({ digestMatches: false })
      // n - s instead of s: only for a caller who asks.
      const n = spec.type === 'rsa' ? bytesToBigInt(spec.modulus) : 0n
      const other = await publicKey.recover(bigIntToBytes(n - bytesToBigInt(signature), bits / 8))
      if (other === undefined) throw new Error('not recovered')
      expect(recoverIso9796_2(other, challenge, { crypto }).status).toBe('malformed')
      const modulus = bigIntToBytes(n, bits / 8)
      expect(recoverIso9796_2(other, challenge, { crypto, modulus })).toMatchObject({ digestMatches: true, complemented: true })
      expect(recoverIso9796_2(recovered, challenge, { crypto, modulus })).toEqual(outcome)
    }
  })

  it('reads the worked example of Doc 9303-11 appendix F', () => {
    const example = readOwnVector<Record<'block' | 'message1' | 'message2' | 'digest', string>>('active-authentication-rsa.json')
    const outcome = recoverIso9796_2(decodeHex(example.block), decodeHex(example.message2), { crypto })
    if (outcome.status !== 'recovered') throw new Error(outcome.reason)
    expect(encodeHex(outcome.message1)).toBe(example.message1)
    expect(encodeHex(outcome.digest)).toBe(example.digest)
    expect(outcome).toMatchObject({ hash: 'sha1', trailer: 'BC', digestMatches: true })
  })

  it('reads a block that M1 does not fill, and gives a reason for every other', () => {
    const [m1, hash] = [decodeHex('0102'), crypto.hash('sha256', decodeHex('0102'), challenge)]
    const recover = (...parts: (string | Uint8Array)[]) =>
      recoverIso9796_2(concatBytes(...parts.map((part) => (typeof part === 'string' ? decodeHex(part) : part))), challenge, {
        crypto,
      })
    expect(recover('6bbbbbba', m1, hash, '34cc')).toMatchObject({ status: 'recovered', message1: m1, digestMatches: true })
    expect(recover('6bba', m1, hash, '34cc')).toMatchObject({ digestMatches: true })
    expect(recover('6a', m1, hash, '34cc')).toMatchObject({ digestMatches: true })
    for (const header of ['00', '4a', '2a', 'ea', '8a']) expect(recover(header, m1, hash, '34cc')).toEqual(malformed('header'))
    for (const header of ['6c', '60', '7a', '6b', '6bbbbb', '6bab', '6bbc'])
      expect(recover(header, m1, hash, '34cc')).toEqual(malformed('padding'))
    for (const trailer of ['34cd', '00', 'cb', '34ac']) expect(recover('6a', m1, hash, trailer)).toEqual(malformed('trailer'))
    // RIPEMD-160, RIPEMD-128, Whirlpool and numbers that nobody gave out.
    for (const trailer of ['31cc', '32cc', '37cc', '00cc', 'ffcc'])
      expect(recover('6a', m1, hash, trailer)).toEqual(malformed('unsupported-hash'))
    // The trailer says a longer hash than there is room for.
    expect(recover('6a', m1, hash, '35cc')).toEqual(malformed('length'))
    expect(recover('6a', hash, '34cc')).toMatchObject({ status: 'recovered', message1: new Uint8Array(0), digestMatches: false })
    expect(recover('6a', hash.subarray(1), '34cc')).toEqual(malformed('length'))
    for (const short of ['', '6a', '6abc']) expect(recover(short)).toEqual(malformed('length'))
    expect(recover('6a', m1, crypto.hash('sha1', m1, challenge), '34cc').status).toBe('malformed')
  })

  it('never throws, and says recovered with a matching digest for no random block', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (block, framed) => {
        const input = framed ? concatBytes(Uint8Array.of(0x6a), block, Uint8Array.of(0x34, 0xcc)) : block
        const outcome = recoverIso9796_2(input, challenge, { crypto, modulus: new Uint8Array(200).fill(0xff) })
        expect(outcome.status === 'recovered' && outcome.digestMatches).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('signs with no EC key and no modulus without room', async () => {
    const ec = await crypto.importPrivateKey(await generateKeyPair({ type: 'ec', curve: 'P-256' }, seededRandom('ec')))
    const options = { crypto, trailer: '35CC', random: seededRandom('x') } as const
    await expect(signIso9796_2(ec, challenge, options)).rejects.toEqual(expect.objectContaining({ code: 'CRYPTO_KEY_MISMATCH' }))
    const odd = await crypto.importPrivateKey(await generateKeyPair({ type: 'rsa', bits: 1025 }, seededRandom('odd')))
    await expect(signIso9796_2(odd, challenge, options)).rejects.toEqual(expect.objectContaining({ code: 'CRYPTO_BAD_KEY' }))
  })
})

interface ActiveAuthenticationVector {
  readonly id: string
  readonly type: 'rsa' | 'ecdsa'
  readonly hash: HashAlgorithm
  readonly dg15: string
  readonly rnd: string
  readonly signature: string
  readonly expect: 'valid' | 'invalid' | 'policy'
}

/** The key of a DG15: [APPLICATION 15] SubjectPublicKeyInfo. */
function keyOfDg15(dg15: Uint8Array): PublicKeySpec {
  const [spki] = parseTlv(dg15, { tag: 0x6f }).children()
  const [algorithm, bits] = spki?.children() ?? []
  const [oid, parameters] = algorithm?.children() ?? []
  const content = readBitString(bits).bytes
  if (readOid(oid) === '1.2.840.113549.1.1.1') {
    const [modulus, exponent] = parseTlv(content).children()
    if (modulus === undefined || exponent === undefined) throw new Error('no RSA key')
    return { type: 'rsa', modulus: modulus.value, exponent: exponent.value }
  }
  const curve = parameters?.tag === 0x06 ? curveByOid(readOid(parameters)) : matchCurve(specifiedCurve(parameters))
  if (curve === undefined) throw new Error('no known curve')
  return { type: 'ec', curve, point: content }
}

function specifiedCurve(parameters: ReturnType<typeof parseTlv> | undefined): Parameters<typeof matchCurve>[0] {
  const [, field, curve, G, n, h] = parameters?.children() ?? []
  const p = field?.children()[1]
  const [a, b] = curve?.children() ?? []
  if (!p || !a || !b || !G || !n) throw new Error('no explicit parameters')
  const number = (node: { value: Uint8Array }): bigint => bytesToBigInt(node.value)
  return { p: number(p), a: number(a), b: number(b), G: G.value, n: number(n), ...(h === undefined ? {} : { h: number(h) }) }
}

describe.skipIf(sharedVectors === undefined).each(backends)('active authentication vectors: %s', (_, crypto) => {
  it('150 generated answers, RSA with every trailer and plain ECDSA', async () => {
    const { vectors } = readVectorJson<{ vectors: ActiveAuthenticationVector[] }>('apdu', 'active_authentication_generated.json')
    const counts: Record<string, number> = { valid: 0, invalid: 0, policy: 0 }
    for (const vector of vectors) {
      const spec = keyOfDg15(decodeHex(vector.dg15))
      const key = await crypto.importPublicKey(spec)
      const [rnd, signature] = [decodeHex(vector.rnd), decodeHex(vector.signature)]
      const check = async (lenient: boolean): Promise<boolean> => {
        if (spec.type === 'ec') {
          const plain = await key.verify({ type: 'ecdsa', hash: vector.hash, format: 'plain' }, rnd, signature)
          return plain || (lenient && (await key.verify({ type: 'ecdsa', hash: vector.hash, format: 'der' }, rnd, signature)))
        }
        const recovered = await key.recover(signature)
        if (recovered === undefined) return false
        const outcome = recoverIso9796_2(recovered, rnd, lenient ? { crypto, modulus: spec.modulus } : { crypto })
        return outcome.status === 'recovered' && outcome.digestMatches && outcome.hash === vector.hash
      }
      // What is left to policy (n - s, DER from a chip) is right when the caller asks for it. Read strictly, DER is wrong; min(s, n - s)
      // may have been s itself.
      const strict = await check(false)
      if (vector.expect !== 'policy') expect(strict, vector.id).toBe(vector.expect === 'valid')
      else if (vector.type === 'ecdsa') expect(strict, vector.id).toBe(false)
      expect(await check(true), vector.id).toBe(vector.expect !== 'invalid')
      counts[vector.expect] = (counts[vector.expect] ?? 0) + 1
    }
    expect(counts).toEqual({ valid: 25, invalid: 100, policy: 25 })
  })
})
