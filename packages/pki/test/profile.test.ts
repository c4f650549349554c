import { checkOf, encodeTlv, encodeUtf8 } from '@cccd/core'
import { createTrustStore, parseCertificate, parseMasterList, verifyChain } from '@cccd/pki'
import {
  type CertificateRole,
  checkCertificateProfile,
  defaultProfilePolicy,
  type ProfileCode,
  strictProfilePolicy,
} from '@cccd/pki/profile'
import { describe, expect, it } from 'vitest'
import { readVector, sharedVectors, vectorFiles } from '../../../test-vectors/shared.js'
import { at, country, document } from './demoCountry.js'
import {
  algorithmOf,
  bits,
  type CertificateRequest,
  extension,
  issue,
  oid,
  publicKeyInfo,
  sequence,
  set,
  testKey,
} from './issuer.js'

const keys = { csca: await testKey('csca'), signer: await testKey('signer') }
const byCsca = { subject: country.csca, key: keys.csca }
const ascii = (tag: number, text: string): Uint8Array => encodeTlv(tag, encodeUtf8(text))
/** GeneralNames with the directory name of Doc 9303-12, 7.1.1.2. */
const state = sequence(encodeTlv(0xa4, sequence(set(sequence(oid('2.5.4.7'), ascii(0x13, 'XUT'))))))
const alternative = [extension('2.5.29.17', state), extension('2.5.29.18', state)]
const point = (uri: string): Uint8Array =>
  extension('2.5.29.31', sequence(sequence(encodeTlv(0xa0, encodeTlv(0xa0, ascii(0x86, uri))))))
const period = (from = '20200101000000Z', to = '20230101000000Z'): Uint8Array =>
  extension('2.5.29.16', sequence(ascii(0x80, from), ascii(0x81, to)))
const types = (...codes: string[]): Uint8Array =>
  extension('2.23.136.1.1.6.2', sequence(Uint8Array.of(2, 1, 0), set(...codes.map((code) => ascii(0x13, code)))))
const purpose = (dotted: string, critical = true): Uint8Array => extension('2.5.29.37', sequence(oid(dotted)), critical)
const common = [...alternative, point('https://pkd.example/XUT.crl')]

type Changes = Partial<CertificateRequest>

const requests: Record<CertificateRole, () => CertificateRequest> = {
  csca: () => ({ ...byCsca, extensions: [...common, period()] }),
  'csca-link': () => ({
    ...byCsca,
    issuer: { subject: country.csca, key: keys.signer },
    ca: true,
    extensions: [...common, period()],
  }),
  'document-signer': () => ({
    subject: country.signer,
    key: keys.signer,
    issuer: byCsca,
    extensions: [...common, period(), types('P', 'ID')],
  }),
  'master-list-signer': () => ({
    subject: 'C=XU, CN=ML',
    key: keys.signer,
    issuer: byCsca,
    extensions: [...common, purpose('2.23.136.1.1.3')],
  }),
  'deviation-list-signer': () => ({
    subject: 'C=XU, CN=DL',
    key: keys.signer,
    issuer: byCsca,
    extensions: [...common, purpose('2.23.136.1.1.8')],
  }),
}

async function codes(role: CertificateRole, changes: Changes = {}, given?: CertificateRole): Promise<ProfileCode[]> {
  const certificate = parseCertificate(await issue({ ...requests[role](), ...changes }))
  const result = checkCertificateProfile(certificate, given === undefined ? {} : { role: given })
  if (given === undefined) expect(result.role).toBe(role)
  return [...new Set(result.findings.map(({ code }) => code))]
}

const without = (role: CertificateRole, ...kept: Uint8Array[]): Changes => ({
  extensions: [...(requests[role]().extensions ?? []).filter((each) => kept.includes(each))],
})

describe('certificate profile, Doc 9303-12, 7.1', () => {
  it.each(Object.keys(requests) as CertificateRole[])('a right %s has no finding', async (role) => {
    expect(await codes(role)).toEqual([])
  })

  it.each<[string, CertificateRole, Changes, ProfileCode[]]>([
    ['no extensions but the basic ones', 'csca', without('csca'), ['extension-missing']],
    ['a path length of 1', 'csca', { pathLength: 1 }, ['path-length']],
    ['no path length', 'csca', { pathLength: 'none' }, ['path-length']],
    ['no cRLSign', 'csca', { keyUsage: Uint8Array.of(2, 0x04) }, ['key-usage']],
    ['digitalSignature besides', 'csca', { keyUsage: Uint8Array.of(1, 0x86) }, ['key-usage-more']],
    ['no digitalSignature', 'document-signer', { keyUsage: Uint8Array.of(6, 0x40) }, ['key-usage', 'key-usage-more']],
    ['no key usage', 'document-signer', { keyUsage: 'none' }, ['extension-missing']],
    ['no authority key identifier', 'document-signer', { authorityKeyIdentifier: 'none' }, ['extension-missing']],
    ['a negative serial number', 'document-signer', { serialNumber: Uint8Array.of(0xf1) }, ['serial-number']],
    [
      'a named curve',
      'document-signer',
      { publicKeyInfo: publicKeyInfo(keys.signer.publicKey, oid('1.2.840.10045.3.1.7')) },
      ['curve-named'],
    ],
    ['SHA-1', 'document-signer', { scheme: { type: 'ecdsa', hash: 'sha1', format: 'der' } }, ['hash-not-permitted']],
    ['another country', 'document-signer', { subject: 'C=XA, CN=Signer' }, ['country-differs']],
    ['no country', 'document-signer', { subject: 'CN=Signer' }, ['country-missing']],
    ['the country in lower case', 'document-signer', { subject: 'C=xu, CN=Signer' }, ['country-form']],
    ['no common name', 'document-signer', { subject: 'C=XU, O=Utopia' }, ['common-name-missing']],
    [
      'an algorithm named twice, differently',
      'document-signer',
      { innerAlgorithm: algorithmOf({ type: 'ecdsa', hash: 'sha512', format: 'der' }) },
      ['algorithm-differs'],
    ],
    [
      'a purpose',
      'document-signer',
      { extensions: [...common, period(), types('P'), purpose('1.3.6.1.5.5.7.3.1')] },
      ['extension-not-allowed'],
    ],
    [
      'a critical document type',
      'document-signer',
      {
        extensions: [
          ...common,
          period(),
          extension('2.23.136.1.1.6.2', sequence(Uint8Array.of(2, 1, 0), set(ascii(0x13, 'P'))), true),
        ],
      },
      ['extension-criticality'],
    ],
    [
      'a document type of three letters',
      'document-signer',
      { extensions: [...common, period(), types('PPT')] },
      ['document-type'],
    ],
    [
      'a key used before its certificate',
      'document-signer',
      { extensions: [...common, types('P'), period('20190101000000Z')] },
      ['key-usage-period'],
    ],
    [
      'no three-letter code',
      'document-signer',
      {
        extensions: [
          extension('2.5.29.17', sequence(ascii(0x81, 'csca@utopia.example'))),
          extension('2.5.29.18', state),
          point('ldap://pkd.example/crl'),
          period(),
          types('P'),
        ],
      },
      ['alternative-name'],
    ],
    [
      'a list by ftp',
      'document-signer',
      { extensions: [...alternative, point('ftp://pkd.example/crl'), period(), types('P')] },
      ['distribution-point'],
    ],
    [
      'a critical extension that nobody knows',
      'document-signer',
      { extensions: [...common, period(), types('P'), extension('1.3.6.1.4.1.99999.5', sequence(), true)] },
      ['extension-unknown-critical'],
    ],
    [
      'a purpose that is not critical',
      'master-list-signer',
      { extensions: [...common, purpose('2.23.136.1.1.3', false)] },
      ['extension-criticality'],
    ],
    [
      'an unreadable extension',
      'document-signer',
      {
        extensions: [
          ...common,
          period(),
          types('P'),
          extension('2.5.29.32', bits(sequence())),
          extension('2.5.29.19', bits(sequence())),
        ],
      },
      ['certificate-field-unreadable'],
    ],
  ])('%s in a %s', async (_, role, changes, expected) => {
    expect(await codes(role, changes)).toEqual(expected)
  })

  it('judges a certificate by what it is used as', async () => {
    expect(await codes('document-signer', {}, 'csca')).toEqual(expect.arrayContaining(['key-usage', 'not-a-ca']))
    expect(await codes('document-signer', {}, 'master-list-signer')).toContain('certificate-purpose')
    expect(await codes('csca', {}, 'document-signer')).toEqual(expect.arrayContaining(['key-usage', 'extension-not-allowed']))
  })

  it('fails chain.csca only for what the policy calls fatal, and only when asked', async () => {
    const csca = await issue(requests.csca())
    const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
    const outcome = async (changes: Changes, profile = defaultProfilePolicy): Promise<unknown> => {
      const signer = parseCertificate(await issue({ ...requests['document-signer'](), ...changes }))
      const { checks } = await verifyChain({ signer, trust, at, document, profile })
      const { status, reason, data } = checkOf({ checks }, 'chain.csca')
      return reason === undefined ? status : [`${status}: ${reason}`, data?.profile]
    }
    expect(await outcome({})).toBe('passed')
    const unreadable = { extensions: [period(), types('P'), extension('2.5.29.31', bits(sequence()))] }
    expect(await outcome(unreadable)).toEqual(['failed: profile', ['certificate-field-unreadable']])
    expect(await outcome(unreadable, { fatal: [] })).toBe('passed')
    expect(await outcome(without('document-signer'))).toBe('passed')
    expect(await outcome(without('document-signer'), strictProfilePolicy)).toEqual(['failed: profile', ['extension-missing']])
  })
})

function tally(certificates: readonly Uint8Array[]): {
  roles: Record<string, number>
  codes: Record<string, number>
  fatal: number
} {
  const roles: Record<string, number> = {}
  const found: Record<string, number> = {}
  let fatal = 0
  for (const raw of certificates) {
    const result = checkCertificateProfile(parseCertificate(raw))
    roles[result.role] = (roles[result.role] ?? 0) + 1
    if (result.fatal.length > 0) fatal++
    const names = new Set<string>(result.findings.map(({ code }) => code))
    for (const code of names.size === 0 ? ['none'] : names) found[code] = (found[code] ?? 0) + 1
  }
  return { roles, codes: found, fatal }
}

describe.skipIf(sharedVectors === undefined)('certificate profile of real certificates', () => {
  it('German list: 308 of 588 without a finding, nine with a fatal one', () => {
    const found = tally(parseMasterList(readVector('masterlists', 'DE_ML_2026-05-28-08-28-45.ml')).certificates)
    console.log(JSON.stringify(found))
    expect(found).toEqual({
      roles: { csca: 375, 'csca-link': 205, 'document-signer': 8 },
      codes: {
        none: 308,
        'extension-missing': 203,
        'key-usage-period': 58,
        'hash-not-permitted': 34,
        'distribution-point': 29,
        'path-length': 26,
        'alternative-name': 20,
        'key-usage-more': 14,
        'extension-criticality': 13,
        'country-form': 13,
        'common-name-missing': 10,
        'extension-not-allowed': 9,
        // Two British crown territories whose links come from London, and seven authorities that do not say that they are any.
        'key-usage': 7,
        'country-differs': 2,
        'curve-named': 4,
        'serial-number': 2,
      },
      fatal: 9,
    })
  })

  it('no genuine document signer is refused by the default policy', () => {
    const found = tally(vectorFiles('sod', 'dsc_real').map((file) => readVector('sod', 'dsc_real', file)))
    expect(found).toMatchObject({ roles: { 'document-signer': 16 }, codes: { none: 7 }, fatal: 0 })
  })
})
