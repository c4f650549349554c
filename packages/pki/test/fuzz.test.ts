import { CccdError, isCccdError } from '@cccd/core'
import {
  createTrustStore,
  describeCertificate,
  parseCertificate,
  parseMasterList,
  parsePem,
  parsePublicKeyInfo,
  parseSignedData,
  readTrustFile,
  signatureSchemeOf,
  verifyChain,
  verifySignedData,
} from '@cccd/pki'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from './demoCountry.js'
import { byIssuerAndSerial, contentType, ldsSecurityObject, messageDigest, signedData, signerInfo } from './issuer.js'

const { csca, signer, signerKey } = await makeCountry()
const content = Uint8Array.of(1, 2, 3)
const attributes = [contentType(ldsSecurityObject), messageDigest(content)]
const info = await signerInfo({ key: signerKey, identifier: byIssuerAndSerial(country.csca), attributes }, content)
const cms = signedData(content, [signer], [info])

/** Bytes with some of them changed, cut or doubled. */
const mutated = (bytes: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      fc.option(fc.nat(bytes.length), { nil: undefined }),
    )
    .map(([changes, cut]) => {
      const copy = bytes.slice()
      for (const [position, value] of changes) copy[position] = value
      return cut === undefined ? copy : copy.subarray(0, cut)
    })

const inputs = fc.oneof(fc.uint8Array({ maxLength: 300 }), mutated(csca), mutated(signer), mutated(cms))

function onlyCoded(run: () => unknown): void {
  try {
    run()
  } catch (error) {
    if (!CccdError.is(error)) throw error
  }
}

describe('bad input', () => {
  it.each<[string, (bytes: Uint8Array) => unknown]>([
    ['parseCertificate and all its fields', (bytes) => describeCertificate(parseCertificate(bytes))],
    ['parseSignedData', (bytes) => parseSignedData(bytes)],
    ['parseMasterList', (bytes) => parseMasterList(bytes)],
    ['parsePublicKeyInfo', (bytes) => parsePublicKeyInfo(bytes)],
    ['signatureSchemeOf', (bytes) => signatureSchemeOf({ oid: '1.2.840.113549.1.1.10', parameters: bytes })],
    ['readTrustFile', (bytes) => readTrustFile(bytes, 'x')],
    ['parsePem', (bytes) => parsePem(bytes)],
  ])('%s: only coded errors', (_, run) => {
    fc.assert(
      fc.property(inputs, (bytes) => onlyCoded(() => run(bytes))),
      { numRuns: 1500 },
    )
  })

  it('changed text around PEM: only coded errors', () => {
    const text = fc
      .array(fc.constantFrom('-----BEGIN ', '-----END ', 'X', '-----', '\n', 'AAAA', '='))
      .map((parts) => parts.join(''))
    fc.assert(fc.property(text, (input) => onlyCoded(() => parsePem(input))))
  })

  it('a changed container never passes with changed content, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(cms), async (bytes) => {
        let parsed: ReturnType<typeof parseSignedData>
        try {
          parsed = parseSignedData(bytes)
        } catch (error) {
          if (isCccdError(error, 'PKI_BAD_SIGNED_DATA')) return
          throw error
        }
        const { status } = await verifySignedData(parsed)
        if (status === 'passed') expect([parsed.content, parsed.eContentType]).toEqual([content, ldsSecurityObject])
      }),
      { numRuns: 600 },
    )
  })

  it('a changed signer never passes the chain, and never throws', async () => {
    const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
    await fc.assert(
      fc.asyncProperty(mutated(signer), async (bytes) => {
        let changed: ReturnType<typeof parseCertificate>
        try {
          changed = parseCertificate(bytes)
        } catch (error) {
          if (isCccdError(error, 'PKI_BAD_CERTIFICATE')) return
          throw error
        }
        const { checks } = await verifyChain({ signer: changed, trust, at, document, links: [read(signer)] })
        const chain = checks.find(({ id }) => id === 'chain.csca')
        if (chain?.status === 'passed') expect(changed.tbs).toEqual(read(signer).tbs)
      }),
      { numRuns: 400 },
    )
  })

  it('a deep nest and a length of 2 GB end at once', () => {
    const deep = new Uint8Array(200_000).fill(0x30).map((byte, i) => (i % 2 === 0 ? byte : 0x80))
    const huge = Uint8Array.of(0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 0)
    for (const bytes of [deep, huge]) {
      expect(() => parseSignedData(bytes)).toThrow(expect.objectContaining({ code: 'PKI_BAD_SIGNED_DATA' }))
      expect(() => parseCertificate(bytes)).toThrow(expect.objectContaining({ code: 'PKI_BAD_CERTIFICATE' }))
    }
  })
})
