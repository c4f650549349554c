import { CccdError, isCccdError } from '@cccd/core'
import {
  type Certificate,
  createTrustStore,
  describeCertificate,
  parseCertificate,
  parseDeviationList,
  parseMasterList,
  parsePem,
  parsePublicKeyInfo,
  parseSignedData,
  signatureSchemeOf,
  tryParseCertificate,
  verifyChain,
  verifySignedData,
} from '@cccd/pki'
import { verifyCertificatePath } from '@cccd/pki/path'
import { checkCertificateProfile } from '@cccd/pki/profile'
import {
  parseOcspRequest,
  parseOcspResponse,
  parseRevocationList,
  type RevocationInput,
  tryParseOcspResponse,
  tryParseRevocationList,
  verifyOcspResponse,
} from '@cccd/pki/revocation'
import { parseTimestampRequest, parseTimestampResponse, parseTimestampToken } from '@cccd/pki/timestamp'
import { readTrustFile } from '@cccd/pki/trust'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from './demoCountry.js'
import { byIssuerAndSerial, contentType, ldsSecurityObject, messageDigest, signedData, signerInfo } from './issuer.js'
import { ocspAnswer, revocationList } from './revocationIssuer.js'

const { csca, cscaKey, signer, signerKey } = await makeCountry()
const content = Uint8Array.of(1, 2, 3)
const attributes = [contentType(ldsSecurityObject), messageDigest(content)]
const info = await signerInfo({ key: signerKey, identifier: byIssuerAndSerial(country.csca), attributes }, content)
const cms = signedData(content, [signer], [info])
const revoked = [{ serialNumber: 0x11 }]
const crl = await revocationList({ issuer: country.csca, key: cscaKey, revoked })
const answer = await ocspAnswer({ certificate: read(signer), issuer: read(csca), key: cscaKey, status: 'revoked' })

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

const inputs = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  mutated(csca),
  mutated(signer),
  mutated(cms),
  mutated(crl),
  mutated(answer),
)

function onlyCoded(run: () => unknown): void {
  try {
    run()
  } catch (error) {
    if (!CccdError.is(error)) throw error
  }
}

/** What can be read of changed bytes. */
function parsed({
  list,
  response,
}: {
  list: Uint8Array
  response: Uint8Array
}): Required<Pick<RevocationInput, 'lists' | 'responses'>> {
  const lists = tryParseRevocationList(list)
  const responses = tryParseOcspResponse(response)
  return { lists: lists.ok ? [lists.value] : [], responses: responses.ok ? [responses.value] : [] }
}

function certificates(bytes: Uint8Array): Certificate[] {
  const outcome = tryParseCertificate(bytes)
  return outcome.ok ? [outcome.value] : []
}

describe('bad input', () => {
  it.each<[string, (bytes: Uint8Array) => unknown]>([
    ['parseCertificate and all its fields', (bytes) => describeCertificate(parseCertificate(bytes))],
    ['parseSignedData', (bytes) => parseSignedData(bytes)],
    ['checkCertificateProfile', (bytes) => checkCertificateProfile(parseCertificate(bytes))],
    [
      'parseRevocationList and its entries',
      (bytes) => {
        const list = parseRevocationList(bytes)
        return list.find(Uint8Array.of(0x11), list.issuer)
      },
    ],
    ['parseOcspResponse', (bytes) => parseOcspResponse(bytes)],
    ['parseOcspRequest', (bytes) => parseOcspRequest(bytes)],
    ['parseTimestampToken', (bytes) => parseTimestampToken(bytes)],
    ['parseTimestampRequest', (bytes) => parseTimestampRequest(bytes)],
    ['parseTimestampResponse', (bytes) => parseTimestampResponse(bytes)],
    ['parseDeviationList', (bytes) => parseDeviationList(bytes)],
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
    const trust = await createTrustStore({ anchors: [{ certificate: csca }], certificates: [{ certificate: signer }] })
    await fc.assert(
      fc.asyncProperty(mutated(signer), async (bytes) => {
        let changed: ReturnType<typeof parseCertificate>
        try {
          changed = parseCertificate(bytes)
        } catch (error) {
          if (isCccdError(error, 'PKI_BAD_CERTIFICATE')) return
          throw error
        }
        const { checks } = await verifyChain({ signer: changed, trust, at, document })
        const chain = checks.find(({ id }) => id === 'chain.csca')
        if (chain?.status === 'passed') expect(changed.tbs).toEqual(read(signer).tbs)
      }),
      { numRuns: 400 },
    )
  })

  it('a changed list or answer that revokes never says that nothing is revoked, and never throws', async () => {
    const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
    await fc.assert(
      fc.asyncProperty(mutated(crl), mutated(answer), async (list, response) => {
        const revocation = { policy: 'require' as const, ...parsed({ list, response }) }
        const { revocation: found } = await verifyChain({ signer: read(signer), trust, at, document, revocation })
        expect(found?.status).not.toBe('good')
        for (const each of revocation.responses) {
          const { status } = await verifyOcspResponse({ response: each, certificate: read(signer), issuer: read(csca), at })
          expect(status).not.toBe('good')
        }
      }),
      { numRuns: 300 },
    )
  })

  it('a changed certificate in the bag never throws, and never makes a path of other bytes', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(signer), mutated(csca), async (target, other) => {
        const [certificate] = certificates(target)
        if (certificate === undefined) return
        const result = await verifyCertificatePath({ certificate, anchors: [read(csca)], certificates: certificates(other), at })
        if (result.status === 'passed') expect(certificate.tbs).toEqual(read(signer).tbs)
      }),
      { numRuns: 300 },
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
