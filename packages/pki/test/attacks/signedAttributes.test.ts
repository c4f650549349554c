import { compareBytes, encodeUtf8 } from '@cccd/core'
import { parseSignedData, type SignedDataResult, verifySignedData } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { country, makeCountry } from '../demoCountry.js'
import {
  byIssuerAndSerial,
  byKeyIdentifier,
  contentType,
  ldsSecurityObject,
  messageDigest,
  name,
  oid,
  type SignerRequest,
  sequence,
  set,
  signedData,
  signerInfo,
  signingTime,
  testKey,
} from '../issuer.js'

const content = encodeUtf8('an LDS security object')
const { signer, signerKey, cscaKey } = await makeCountry()
const identifier = byIssuerAndSerial(country.csca)
const required = [contentType(ldsSecurityObject), messageDigest(content)]
const idData = '1.2.840.113549.1.7.1'

async function result(request: Partial<SignerRequest>, type = ldsSecurityObject, body = content): Promise<SignedDataResult> {
  const info = await signerInfo({ key: signerKey, identifier, attributes: required, ...request }, body)
  return verifySignedData(parseSignedData(signedData(body, [signer], [info], type)))
}

const passed = { status: 'passed', signers: [{ status: 'passed' }], findings: [] }

describe('signed attributes', () => {
  it('pass as they should be, with the signing time', async () => {
    const outcome = await result({ attributes: [...required, signingTime('2025-03-04T05:06:07Z')].sort(compareBytes) })
    expect(outcome).toMatchObject({ ...passed, signers: [{ signingTime: '2025-03-04T05:06:07Z', digestAlgorithm: 'sha256' }] })
  })

  it.each([
    ['no messageDigest', [contentType(ldsSecurityObject)], 'structure-wrong'],
    ['no contentType', [messageDigest(content)], 'structure-wrong'],
    ['messageDigest twice', [...required, messageDigest(content)], 'structure-wrong'],
    ['two messageDigests that differ', [...required, messageDigest(encodeUtf8('other'))], 'structure-wrong'],
    ['contentType twice', [...required, contentType(ldsSecurityObject)], 'structure-wrong'],
    [
      'a contentType with two values',
      [sequence(oid('1.2.840.113549.1.9.3'), set(oid(idData), oid(ldsSecurityObject))), messageDigest(content)],
      'structure-wrong',
    ],
    ['another contentType', [contentType('2.23.136.1.1.2'), messageDigest(content)], 'content-type-differs'],
    ['a digest of other content', [contentType(ldsSecurityObject), messageDigest(encodeUtf8('other'))], 'digest-wrong'],
    ['none', [], 'structure-wrong'],
  ])('%s: failed', async (_, attributes, reason) => {
    expect(await result({ attributes })).toMatchObject({ status: 'failed', reason, signers: [{ status: 'failed', reason }] })
  })

  it('leave the bytes of the caller as they are, also in a Buffer, whose slices are views', async () => {
    const info = await signerInfo({ key: signerKey, identifier, attributes: required }, content)
    const given = Buffer.from(signedData(content, [signer], [info], ldsSecurityObject))
    const before = Uint8Array.from(given)
    for (let time = 0; time < 2; time++) expect(await verifySignedData(parseSignedData(given))).toMatchObject(passed)
    expect(Uint8Array.from(given)).toEqual(before)
  })

  it('changed after signing: failed', async () => {
    const attributes = [...required, signingTime('2025-03-04T05:06:07Z')]
    const signedAttributes = [...required, signingTime('2024-03-04T05:06:07Z')]
    expect(await result({ attributes, signedAttributes })).toMatchObject({ status: 'failed', reason: 'signature-wrong' })
  })

  it('unsorted and signed as sent: passed as sent', async () => {
    const attributes = [...required].sort(compareBytes).reverse()
    expect(await result({ attributes })).toMatchObject(passed)
  })

  it('signed sorted and sent unsorted: passed, with a finding', async () => {
    const signedAttributes = [...required].sort(compareBytes)
    const outcome = await result({ attributes: [...signedAttributes].reverse(), signedAttributes })
    expect(outcome.status).toBe('passed')
    expect(outcome.findings.map(({ code }) => code)).toEqual(['signed-attributes-not-sorted'])
  })

  it('signed unsorted and sent sorted (re-encoded on the way): failed', async () => {
    const attributes = [...required].sort(compareBytes)
    const outcome = await result({ attributes, signedAttributes: [...attributes].reverse() })
    expect(outcome).toMatchObject({ status: 'failed', reason: 'signature-wrong' })
  })

  it('left out: only for id-data, and never when the content is itself a set of attributes', async () => {
    const withoutAttributes = { key: signerKey, identifier }
    const make = async (type: string, body: Uint8Array): Promise<SignedDataResult> =>
      verifySignedData(parseSignedData(signedData(body, [signer], [await signerInfo(withoutAttributes, body)], type)))
    expect(await make(idData, content)).toMatchObject(passed)
    expect(await make(ldsSecurityObject, content)).toMatchObject({ status: 'failed', reason: 'structure-wrong' })
    expect(await make(idData, set(...required))).toMatchObject({ status: 'failed', reason: 'structure-wrong' })
  })
})

describe('signers', () => {
  it('none: failed', async () => {
    expect(await verifySignedData(parseSignedData(signedData(content, [signer], [])))).toEqual({
      status: 'failed',
      reason: 'no-signer-info',
      signers: [],
      findings: [],
    })
  })

  it('several: all must verify, and it is a finding', async () => {
    const good = await signerInfo({ key: signerKey, identifier, attributes: required }, content)
    const bad = await signerInfo({ key: cscaKey, identifier, attributes: required }, content)
    const both = async (...infos: Uint8Array[]): Promise<SignedDataResult> =>
      verifySignedData(parseSignedData(signedData(content, [signer], infos)))
    const finding = [{ code: 'several-signers', severity: 'warning', data: { signers: 2 } }]
    expect(await both(good, good)).toMatchObject({ status: 'passed', findings: finding })
    expect(await both(good, bad)).toMatchObject({ status: 'failed', reason: 'signature-wrong', findings: finding })
    expect(await both(bad, good)).toMatchObject({ status: 'failed' })
  })

  it('more than sixteen are refused', async () => {
    const info = await signerInfo({ key: signerKey, identifier, attributes: required }, content)
    const bytes = signedData(content, [signer], new Array<Uint8Array>(17).fill(info))
    expect(() => parseSignedData(bytes)).toThrow(expect.objectContaining({ code: 'PKI_BAD_SIGNED_DATA' }))
  })

  it('named by key identifier, or by an issuer in another case and string type: found', async () => {
    expect(await result({ identifier: byKeyIdentifier(signerKey) })).toMatchObject(passed)
    const shouting = sequence(name(country.csca.toUpperCase(), 0x13), byIssuerAndSerial(country.csca).slice(-3))
    expect(await result({ identifier: shouting })).toMatchObject(passed)
  })

  it('without a certificate: inconclusive', async () => {
    const other = byIssuerAndSerial(country.csca, Uint8Array.of(0x12))
    const inconclusive = { status: 'inconclusive', reason: 'no-signer-certificate' }
    expect(await result({ identifier: other })).toMatchObject(inconclusive)
    const info = await signerInfo({ key: signerKey, identifier, attributes: required }, content)
    const bare = parseSignedData(signedData(content, [], [info]))
    expect(await verifySignedData(bare)).toMatchObject(inconclusive)
    expect(await verifySignedData(bare, { certificates: [signer] })).toMatchObject({ status: 'passed' })
  })

  it('by the key of another: failed', async () => {
    expect(await result({ key: await testKey('attacker') })).toMatchObject({ status: 'failed', reason: 'signature-wrong' })
  })

  it('with a digest that nobody computes: inconclusive', async () => {
    const md5 = sequence(oid('1.2.840.113549.2.5'))
    expect(await result({ digestAlgorithm: md5 })).toMatchObject({ status: 'inconclusive', reason: 'unsupported-algorithm' })
  })
})
