import { encodeHex } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import {
  certificateFingerprint,
  createTrustStore,
  inspectTrustMaterial,
  parseCertificate,
  parseMasterList,
  verifyCertificateSignature,
  verifyMasterList,
} from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { readVector, sharedVectors } from '../../../test-vectors/shared.js'
import { backends } from './backends.js'

const germanFile = 'DE_ML_2026-05-28-08-28-45.ml'
const german = (): Uint8Array => readVector('masterlists', germanFile)
const root = (): Uint8Array => readVector('masterlists', 'DE_ROOT_CA_CSCA07.cer')
const italian = (): Uint8Array => readVector('masterlists', 'IT_MasterListCSCA_2023-07-31.ml')
const vietnamese = (): Uint8Array => readVector('masterlists', 'VN_CSCA_ePassport_2022.der')

describe.skipIf(sharedVectors === undefined)('master lists', () => {
  it('German: every certificate is verified or named', async () => {
    const found = await inspectTrustMaterial({
      masterLists: [{ bytes: german(), source: germanFile, anchor: root() }],
      at: '2026-06-01',
    })
    expect(found.masterLists).toMatchObject([
      { status: 'passed', anchoredBy: 'anchor', certificates: 588, source: germanFile, findings: [] },
    ])
    expect(found).toMatchObject({
      certificates: 588,
      selfIssued: 504,
      selfSigned: 375,
      sameNameLinks: 129,
      otherName: 84,
      verified: 576,
      verifiedBy: { itself: 375, keyIdentifier: 200, name: 1 },
      algorithmChanges: 13,
      unsupported: [],
      wrongSignatures: [],
      findings: [],
      notCa: 8,
      weak: 34,
      scoped: [{ subject: expect.stringContaining('CN=CSCA ePassport Vietnam'), scopes: [{ documents: 'passport' }] }],
    })
    expect(found.withoutSigner).toHaveLength(12)
    expect(Object.keys(found.countries)).toHaveLength(112)
  })

  it('Italian: PSS signature, all certificates read, verified or named', async () => {
    const found = await inspectTrustMaterial({ masterLists: [{ bytes: italian() }], at: '2023-08-01' })
    expect(found.masterLists).toMatchObject([{ status: 'passed', certificates: 333 }])
    expect(found).toMatchObject({ certificates: 333, unsupported: [], wrongSignatures: [], findings: [] })
    expect(found.verified + found.withoutSigner.length).toBe(333)
  })

  it('says of a list that it is old', async () => {
    const oldAt = async (at: string) =>
      (await inspectTrustMaterial({ masterLists: [{ bytes: italian(), source: 'it' }], at })).findings
    expect(await oldAt('2026-06-01')).toEqual([
      { code: 'master-list-old', severity: 'warning', field: 'it', data: { days: expect.any(Number) } },
    ])
  })

  it.each(backends)('both signatures of the lists verify ($name)', async ({ crypto }) => {
    const anchors = [parseCertificate(root())]
    expect(await verifyMasterList(parseMasterList(german()), { anchors, crypto })).toMatchObject({
      status: 'passed',
      anchoredBy: 'anchor',
      signer: { subject: expect.stringContaining('CSCA Master List Signer') },
      signingTime: '2026-05-28T06:28:45Z',
    })
    expect(await verifyMasterList(parseMasterList(italian()), { crypto })).toMatchObject({
      status: 'passed',
      anchoredBy: 'itself',
    })
  })

  it.each(backends)('a fixed sample of the German list verifies itself ($name)', async ({ crypto }) => {
    const { certificates } = parseMasterList(german())
    let verified = 0
    for (let i = 0; i < certificates.length; i += 28) {
      const certificate = parseCertificate(certificates[i] as Uint8Array)
      const { status } = await verifyCertificateSignature(certificate, async () => crypto.importPublicKey(certificate.publicKey))
      expect(status).not.toBe('inconclusive')
      if (status === 'passed') verified++
    }
    expect(verified).toBe(14)
  })

  it.each(backends)('the Vietnamese CSCA verifies itself ($name)', async ({ crypto }) => {
    const csca = parseCertificate(vietnamese())
    expect(csca.subject.text).toBe('C=VN, O=Vietnam Government Information Security Commission, CN=CSCA ePassport Vietnam')
    expect(encodeHex(csca.serialNumber)).toBe('506f1357a3a196c24dc32cf464140cae')
    expect(encodeHex(csca.keyIdentifier as Uint8Array)).toBe('88918f5a25ece37a3e04c52d38a4f2b5123c85c7')
    expect(csca.publicKey).toMatchObject({ type: 'ec', curve: 'brainpoolP512r1' })
    expect(csca).toMatchObject({ notBefore: '2022-06-29T01:37:07Z', pathLength: 0, isCa: true, country: 'VN' })
    expect(csca.privateKeyUsagePeriod).toEqual({ notBefore: '2022-06-29T01:37:07Z', notAfter: '2027-07-01T01:37:07Z' })
    expect(await verifyCertificateSignature(csca, async () => crypto.importPublicKey(csca.publicKey))).toMatchObject({
      status: 'passed',
      scheme: { type: 'ecdsa', hash: 'sha512' },
    })
  })

  it('merges sources without duplicates; the digest does not depend on the order', async () => {
    const [first, second] = [
      { bytes: german(), source: 'de' },
      { bytes: italian(), source: 'it' },
    ] as const
    const anchors = [{ certificate: vietnamese(), source: 'vn' }]
    const one = await createTrustStore({ masterLists: [first, second], anchors })
    const other = await createTrustStore({ masterLists: [second, first] })
    expect(one.size).toBe(other.size)
    expect(one.digest).toBe(other.digest)
    expect((await createTrustStore({ masterLists: [second] })).digest).not.toBe(one.digest)
    const fingerprint = certificateFingerprint({ raw: vietnamese() }, defaultCrypto())
    const vietnam = one.anchors.filter(({ certificate }) => certificateFingerprint(certificate, defaultCrypto()) === fingerprint)
    expect(vietnam.map(({ sources }) => sources)).toEqual([['vn', 'de']])
  })

  it('refuses a list whose content was changed, whose anchor is another, or that is none', async () => {
    const changed = german()
    changed[500_000] = (changed[500_000] as number) ^ 1
    await expect(createTrustStore({ masterLists: [{ bytes: changed }] })).rejects.toMatchObject({
      code: 'PKI_MASTER_LIST_REFUSED',
      params: { status: 'failed', reason: 'digest-wrong' },
    })
    await expect(createTrustStore({ masterLists: [{ bytes: german(), anchor: vietnamese() }] })).rejects.toMatchObject({
      code: 'PKI_MASTER_LIST_REFUSED',
    })
    const cardSecurity = readVector('sod', 'cardsecurity', 'cardsecurity_DE_d3f37b36.bin')
    await expect(createTrustStore({ masterLists: [{ bytes: cardSecurity }] })).rejects.toMatchObject({
      code: 'PKI_BAD_MASTER_LIST',
    })
  })
})
