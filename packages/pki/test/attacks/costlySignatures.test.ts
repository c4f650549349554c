import { encodeTlv } from '@cccd/core'
import type { CryptoPort, PublicKeySpec } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import { parsePublicKeyInfo, parseSignedData, verifySignedData } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { country, makeCountry } from '../demoCountry.js'
import {
  byIssuerAndSerial,
  contentType,
  integer,
  issue,
  ldsSecurityObject,
  messageDigest,
  oid,
  publicKeyInfo,
  sequence,
  set,
  signedData,
  signerInfo,
  testKey,
} from '../issuer.js'

// What anybody may send: many signers, each meaning many certificates, over much content. The cost must not be their product.

const { cscaKey, signerKey, signer } = await makeCountry()
const identifier = byIssuerAndSerial(country.csca)
const decoys = await Promise.all(
  Array.from({ length: 8 }, async (_, index) =>
    issue({
      subject: `C=XU, CN=Decoy ${index}`,
      key: await testKey(`decoy ${index}`),
      issuer: { subject: country.csca, key: cscaKey },
    }),
  ),
)

/** A backend that counts. */
function counting(): { readonly crypto: CryptoPort; readonly counts: { verified: number; hashed: number } } {
  const backend = defaultCrypto()
  const counts = { verified: 0, hashed: 0 }
  const crypto: CryptoPort = {
    ...backend,
    hash(...given) {
      counts.hashed += given.slice(1).reduce((sum, part) => sum + part.length, 0)
      return backend.hash(...given)
    },
    async importPublicKey(spec) {
      const key = await backend.importPublicKey(spec)
      return {
        spec: key.spec,
        bits: key.bits,
        recover: (signature) => key.recover(signature),
        verify(scheme, message, signature) {
          counts.verified++
          counts.hashed += message.length
          return key.verify(scheme, message, signature)
        },
      }
    },
  }
  return { crypto, counts }
}

async function outcome(certificates: readonly Uint8Array[], signers: number, content: Uint8Array, attributes: boolean) {
  const request = { key: signerKey, identifier }
  const info = await signerInfo(
    attributes ? { ...request, attributes: [messageDigest(content), contentType(ldsSecurityObject)] } : request,
    content,
  )
  const infos = new Array<Uint8Array>(signers).fill(info)
  const parsed = parseSignedData(
    signedData(content, certificates, infos, attributes ? ldsSecurityObject : '1.2.840.113549.1.7.1'),
  )
  const { crypto, counts } = counting()
  const { status, reason, signers: results } = await verifySignedData(parsed, { crypto })
  return { verdict: [status, ...new Set(results.map((result) => result.reason)), reason].filter(Boolean).join(': '), counts }
}

describe('signed data that is costly to judge', () => {
  const small = Uint8Array.of(1, 2, 3)

  it('sixteen signers with one certificate are all judged', async () => {
    const { verdict, counts } = await outcome([signer], 16, small, true)
    expect(verdict).toBe('passed')
    expect(counts.verified).toBeLessThanOrEqual(32)
  })

  it('sixteen signers, each of whom may be one of eight: the search ends, and nothing passes', async () => {
    const { verdict, counts } = await outcome(decoys, 16, small, true)
    expect(verdict).toBe('failed: signature-wrong: search-exhausted: signature-wrong')
    expect(counts.verified).toBeLessThanOrEqual(48)
  })

  it('the one that signed behind decoys passes for one signer, and not for more than anybody has', async () => {
    expect((await outcome([...decoys.slice(1), signer], 1, small, true)).verdict).toBe('passed')
    expect((await outcome([...decoys.slice(1), signer], 4, small, true)).verdict).toBe(
      'inconclusive: search-exhausted: search-exhausted',
    )
  })

  it('content is hashed once for all signers, and few times for those without attributes', async () => {
    const large = new Uint8Array(4 * 1024 * 1024)
    const signed = await outcome([signer], 16, large, true)
    expect(signed.verdict).toBe('passed')
    expect(signed.counts.hashed).toBeLessThan(2 * large.length)
    const bare = await outcome(decoys, 16, large, false)
    expect(bare.verdict).toBe('inconclusive: search-exhausted: search-exhausted')
    expect(bare.counts.hashed).toBeLessThan(12 * large.length)
  })

  it('an RSA exponent as long as its modulus is none that is computed with', () => {
    const key = (length: number): PublicKeySpec => ({
      type: 'rsa',
      modulus: new Uint8Array(512).fill(0xff),
      exponent: new Uint8Array(length).fill(0x7f),
    })
    expect(parsePublicKeyInfo(publicKeyInfo(key(32)))).toMatchObject({ type: 'rsa' })
    expect(() => parsePublicKeyInfo(publicKeyInfo(key(33)))).toThrowError(
      expect.objectContaining({ code: 'PKI_UNSUPPORTED_ALGORITHM' }),
    )
  })

  it('a bag of a million empty elements is refused before they are listed', () => {
    const empty = new Uint8Array(2_000_000)
    for (let at = 0; at < empty.length; at += 2) empty[at] = 0x30
    const pieces = encodeTlv(
      0x24,
      empty.map((byte) => (byte === 0x30 ? 0x04 : 0)),
    )
    const [head, tail] = [sequence(oid(ldsSecurityObject), encodeTlv(0xa0, pieces)), sequence(oid(ldsSecurityObject))]
    for (const parts of [[head], [tail, encodeTlv(0xa0, empty)]]) {
      const inner = sequence(integer(3), set(), ...parts, set())
      expect(() => parseSignedData(sequence(oid('1.2.840.113549.1.7.2'), encodeTlv(0xa0, inner)))).toThrowError(
        expect.objectContaining({ code: 'PKI_BAD_SIGNED_DATA', cause: expect.objectContaining({ code: 'TLV_TOO_LARGE' }) }),
      )
    }
  })
})
