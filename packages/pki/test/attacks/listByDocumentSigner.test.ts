import { createTrustStore, parseMasterList, verifyMasterList } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { country, makeCountry, read } from '../demoCountry.js'
import {
  byIssuerAndSerial,
  type CertificateRequest,
  contentType,
  extension,
  integer,
  issue,
  messageDigest,
  oid,
  sequence,
  set,
  signedData,
  signerInfo,
  signingTime,
  testKey,
} from '../issuer.js'

const type = '2.23.136.1.1.2'
const purpose = (dotted = '2.23.136.1.1.3', critical = true): Uint8Array =>
  extension('2.5.29.37', sequence(oid(dotted)), critical)
const { csca, cscaKey, signerKey } = await makeCountry()
const evilKey = await testKey('evil')
const evil = await issue({ subject: 'C=XA, CN=CSCA Evil', key: evilKey })

async function masterList(changes: Partial<CertificateRequest>, signedAt = '2025-01-01T00:00:00Z'): Promise<Uint8Array> {
  const issuer = { subject: country.csca, key: cscaKey }
  const signer = await issue({ subject: 'C=XU, CN=List Signer', key: signerKey, issuer, ...changes })
  const content = sequence(integer(0), set(evil))
  const attributes = [contentType(type), messageDigest(content), signingTime(signedAt)]
  const info = await signerInfo({ key: signerKey, identifier: byIssuerAndSerial(country.csca), attributes }, content)
  return signedData(content, [signer], [info], type)
}

async function verdict(changes: Partial<CertificateRequest>, signedAt?: string): Promise<string> {
  const bytes = await masterList(changes, signedAt)
  const { status, reason } = await verifyMasterList(parseMasterList(bytes), { anchors: [read(csca)] })
  if (status !== 'passed')
    await expect(createTrustStore({ masterLists: [{ bytes, anchor: csca }] })).rejects.toMatchObject({
      code: 'PKI_MASTER_LIST_REFUSED',
    })
  return reason ?? status
}

describe('a master list', () => {
  it('by a master list signer passes, with a finding when its purpose is not critical', async () => {
    expect(await verdict({ extensions: [purpose()] })).toBe('passed')
    const bytes = await masterList({ extensions: [purpose('2.23.136.1.1.3', false)] })
    const { status, findings } = await verifyMasterList(parseMasterList(bytes), { anchors: [read(csca)] })
    expect({ status, codes: findings.map(({ code }) => code) }).toEqual({ status: 'passed', codes: ['extension-not-critical'] })
  })

  it('by a document signer, whose certificate every chip carries, makes no anchors', async () => {
    expect(await verdict({})).toBe('not-a-list-signer')
    expect(await verdict({ extensions: [purpose('2.23.136.1.1.8')] })).toBe('not-a-list-signer')
  })

  it('by a signer of another country, out of its days, or with an unknown critical extension is refused', async () => {
    expect(await verdict({ extensions: [purpose()], subject: 'C=XA, CN=List Signer' })).toBe('country-differs')
    expect(await verdict({ extensions: [purpose()] }, '2036-01-01T00:00:00Z')).toBe('expired')
    expect(await verdict({ extensions: [purpose()] }, '2019-01-01T00:00:00Z')).toBe('not-yet-valid')
    expect(await verdict({ extensions: [purpose(), extension('1.3.6.1.4.1.99999.5', sequence(), true)] })).toBe(
      'critical-extension',
    )
  })
})
