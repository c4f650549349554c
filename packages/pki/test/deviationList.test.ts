import { encodeTlv, encodeUtf8 } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import {
  createTrustStore,
  type DeviatingDocument,
  type DeviationMatch,
  matchDeviations,
  parseDeviationList,
  verifyDeviationList,
} from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { backends } from './backends.js'
import { country, makeCountry, read } from './demoCountry.js'
import {
  type CertificateRequest,
  contentType,
  extension,
  integer,
  issue,
  messageDigest,
  octets,
  oid,
  sequence,
  set,
  signedData,
  signerInfo,
  signingTime,
  testKey,
} from './issuer.js'
import { generalizedTime } from './revocationIssuer.js'

const type = '2.23.136.1.1.7'
const at = '2026-01-01'
const { csca, cscaKey, signer, signerKey } = await makeCountry()
const listKey = await testKey('deviation list signer')
const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
const usage = (critical = true, purpose = '2.23.136.1.1.8'): Uint8Array =>
  extension('2.5.29.37', sequence(oid(purpose)), critical)
const printable = (text: string, tag = 0x13): Uint8Array => encodeTlv(tag, encodeUtf8(text))

async function listSigner(more: Partial<CertificateRequest> = {}): Promise<Uint8Array> {
  return issue({
    subject: 'C=XU, O=Utopia, CN=Deviation List Signer',
    key: listKey,
    issuer: { subject: country.csca, key: cscaKey },
    serialNumber: Uint8Array.of(0x51),
    extensions: [usage()],
    ...more,
  })
}

const deviation = (documents: Uint8Array[], ...descriptions: Uint8Array[]): Uint8Array =>
  sequence(sequence(...documents), set(...descriptions))
const wrongHash = sequence(printable('DG2 of series A'), oid(`${type}.2.2`), encodeTlv(0xa0, integer(2)))
const bySerial = encodeTlv(0xa1, read(signer).issuer.raw, encodeTlv(0x02, read(signer).serialNumber))
const byKey = encodeTlv(0x82, signerKey.identifier)
const byDigest = encodeTlv(0x83, defaultCrypto().hash('sha256', signer))

async function deviationList(deviations: readonly Uint8Array[], certificate?: Uint8Array): Promise<Uint8Array> {
  const content = sequence(integer(0), sequence(oid('2.16.840.1.101.3.4.2.1')), set(...deviations))
  const attributes = [contentType(type), messageDigest(content), signingTime('2025-06-01T00:00:00Z')]
  const info = await signerInfo({ key: listKey, identifier: encodeTlv(0x80, listKey.identifier), attributes }, content)
  return signedData(content, [certificate ?? (await listSigner())], [info], type)
}

async function matches(
  deviations: readonly Uint8Array[],
  document: Partial<DeviatingDocument> = {},
): Promise<readonly DeviationMatch[]> {
  const list = parseDeviationList(await deviationList(deviations))
  const verified = await verifyDeviationList({ list, trust, at })
  return matchDeviations({ crypto: defaultCrypto(), list, verified, document: { signer: read(signer), ...document } })
}

describe('deviation lists', () => {
  it.each(backends)('are read, verified under the country CA, and speak for its country ($name)', async ({ crypto }) => {
    const list = parseDeviationList(await deviationList([deviation([bySerial], wrongHash)]))
    expect(list).toMatchObject({
      version: 0,
      digestAlgorithm: 'sha256',
      deviations: [{ documents: { signer: { type: 'issuer-and-serial' } } }],
    })
    expect(list.deviations[0]?.descriptions).toEqual([
      { type: 'data-group-hash-wrong', oid: `${type}.2.2`, description: 'DG2 of series A', parameter: 2 },
    ])
    expect(await verifyDeviationList({ list, trust, at, crypto })).toMatchObject({
      status: 'passed',
      country: 'XU',
      signingTime: '2025-06-01T00:00:00Z',
    })
  })

  it.each([
    ['serial number', bySerial],
    ['key identifier', byKey],
    ['digest', byDigest],
  ])('find a signer by its %s, and no other', async (_, named) => {
    expect(await matches([deviation([named], wrongHash)])).toMatchObject([
      { type: 'data-group-hash-wrong', certainty: 'certain' },
    ])
    const other = read(
      await issue({
        subject: country.signer,
        key: await testKey('other'),
        issuer: { subject: country.csca, key: cscaKey },
        serialNumber: Uint8Array.of(9),
      }),
    )
    expect(await matches([deviation([named], wrongHash)], { signer: other })).toEqual([])
  })

  it('want every criterion met, and say when one is not known', async () => {
    const criteria = [
      printable('P<', 0x80),
      byKey,
      encodeTlv(0xa4, generalizedTime('2022-01-01T00:00:00Z'), generalizedTime('2022-12-31T00:00:00Z')),
      encodeTlv(0xa5, printable('X1234567')),
    ]
    const found = async (document: Partial<DeviatingDocument>): Promise<unknown> =>
      (await matches([deviation(criteria, wrongHash)], document))[0]?.certainty
    const all = { documentType: 'P', dateOfIssue: '2022-12-31', documentNumber: 'X1234567<' }
    expect(await found(all)).toBe('certain')
    expect(await found({ documentType: 'P' })).toBe('possible')
    expect(await found({ ...all, documentType: 'ID' })).toBeUndefined()
    expect(await found({ ...all, dateOfIssue: '2023-01-01' })).toBeUndefined()
    expect(await found({ ...all, documentNumber: 'X7654321' })).toBeUndefined()
  })

  it('are not believed without the purpose, the country CA, or an unchanged content', async () => {
    const reason = async (certificate: Uint8Array, store = trust): Promise<unknown> => {
      const list = parseDeviationList(await deviationList([deviation([byKey], wrongHash)], certificate))
      const verified = await verifyDeviationList({ list, trust: store, at })
      expect(matchDeviations({ crypto: defaultCrypto(), list, verified, document: { signer: read(signer) } })).toEqual([])
      return `${verified.status}: ${verified.reason}`
    }
    expect(await reason(await listSigner({ extensions: [] }))).toBe('failed: not-a-list-signer')
    expect(await reason(await listSigner({ extensions: [usage(false)] }))).toBe('failed: not-a-list-signer')
    expect(await reason(await listSigner({ extensions: [usage(true, '2.23.136.1.1.3')] }))).toBe('failed: not-a-list-signer')
    expect(await reason(await listSigner({ notAfter: '2024-01-01T00:00:00Z' }))).toBe('failed: expired')
    expect(await reason(await listSigner(), await createTrustStore())).toBe('inconclusive: no-trust-anchor')
    const changed = await deviationList([deviation([byKey], wrongHash)])
    const place = Buffer.from(changed).indexOf('series A')
    changed[place] = 0x53
    expect(await verifyDeviationList({ list: parseDeviationList(changed), trust, at })).toMatchObject({ reason: 'digest-wrong' })
  })

  it('of one country say nothing of another', async () => {
    const foreign = read(await issue({ subject: 'C=XA, CN=Signer', key: signerKey }))
    expect(await matches([deviation([byKey], wrongHash)], { signer: foreign })).toEqual([])
  })

  it('that are none are refused', async () => {
    const content = octets(Uint8Array.of(1))
    expect(() => parseDeviationList(signedData(content, [], [], type))).toThrow(
      expect.objectContaining({ code: 'PKI_BAD_DEVIATION_LIST' }),
    )
    expect(() => parseDeviationList(signedData(content, [], []))).toThrow(
      expect.objectContaining({ code: 'PKI_BAD_DEVIATION_LIST' }),
    )
  })
})
