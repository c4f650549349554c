import { checkOf, decodeJson, encodeJson } from '@cccd/core'
import { type PrivateKeySpec, publicKeyOf, signIso9796_2 } from '@cccd/crypto'
import { defaultCrypto, generateKeyPair } from '@cccd/crypto/default'
import { createTrustStore, type TrustStore } from '@cccd/pki'
import { parseQr } from '@cccd/qr'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type ChipReading,
  type FileName,
  type ReadingFromFilesOptions,
  readingFromFiles,
  requireVerified,
  type VerificationReport,
  type VerifyReadingOptions,
  verifyReading,
} from '../src/index.js'
import {
  faceRecord,
  infos,
  jpeg,
  makeDg1,
  makeDg2,
  makeDg13,
  makeDg14,
  makeDg15,
  makeSod,
  printable,
  type SodOptions,
  seeded,
  syntheticMrz,
  type TestIssuer,
  testIssuer,
  utf8,
} from './issuer.js'

const crypto = defaultCrypto()
const at = '2026-01-31T09:00:00Z'
const challenge = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)

let issuer: TestIssuer
let trust: TrustStore
let nobody: TrustStore
let aaKey: PrivateKeySpec
let groups: Record<number, Uint8Array>
let response: Uint8Array

beforeAll(async () => {
  issuer = await testIssuer()
  trust = await createTrustStore({ anchors: [{ certificate: issuer.csca, source: 'test' }] })
  nobody = await createTrustStore({})
  aaKey = await generateKeyPair({ type: 'rsa', bits: 1024 }, seeded(11))
  groups = {
    1: makeDg1(),
    2: makeDg2(faceRecord(jpeg)),
    13: makeDg13(),
    14: makeDg14(infos.pace('2.2')),
    15: makeDg15(publicKeyOf(aaKey)),
  }
  const key = await crypto.importPrivateKey(aaKey)
  response = await signIso9796_2(key, challenge, { crypto, trailer: 'BC', random: seeded(12) })
})

interface Case {
  readonly sod?: SodOptions
  /** Files in place of the signed ones; undefined takes one away. */
  readonly files?: Partial<Record<FileName, Uint8Array | undefined>>
  readonly reading?: ReadingFromFilesOptions
  readonly options?: Partial<VerifyReadingOptions>
  readonly groups?: Record<number, Uint8Array>
  readonly issuer?: TestIssuer
}

async function readingOf(input: Case = {}): Promise<ChipReading> {
  const signed = input.groups ?? groups
  const files: Partial<Record<FileName, Uint8Array>> = { SOD: await makeSod(input.issuer ?? issuer, signed, input.sod) }
  for (const [number, bytes] of Object.entries(signed)) files[`DG${number}` as FileName] = bytes
  for (const [name, bytes] of Object.entries(input.files ?? {}))
    if (bytes === undefined) delete files[name as FileName]
    else files[name as FileName] = bytes
  return readingFromFiles(files, { readAt: at, activeAuthentication: { challenge, response }, ...input.reading })
}

async function verify(input: Case = {}): Promise<VerificationReport> {
  const reading = await readingOf(input)
  return verifyReading(reading, { trust, at, expect: { activeAuthenticationChallenge: challenge }, ...input.options })
}

function outcome(report: VerificationReport, id: string): string {
  const { status, reason } = checkOf(report, id)
  return reason === undefined ? status : `${status}: ${reason}`
}

async function expectOutcomes(input: Case, expected: Readonly<Record<string, string>>): Promise<VerificationReport> {
  const report = await verify(input)
  const found = Object.fromEntries(Object.keys(expected).map((id) => [id, outcome(report, id)]))
  expect(found).toEqual(expected)
  return report
}

const flipped = (bytes: Uint8Array | undefined, offset: number): Uint8Array => {
  const copy = Uint8Array.from(bytes ?? [])
  copy[copy.length + offset] = (copy.at(offset) ?? 0) ^ 1
  return copy
}

describe('a genuine card', () => {
  it('passes what files alone can prove, and says so of nothing else', async () => {
    const report = await expectOutcomes(
      {},
      {
        'sod.signature': 'passed',
        'chain.csca': 'passed',
        'chain.validity-at-signing': 'passed',
        'chain.validity-now': 'passed',
        'signer.pinned': 'not-performed: none-given',
        'online.issuer': 'not-performed: none-given',
        'dg1.hash': 'passed',
        'dg2.hash': 'passed',
        'dg13.hash': 'passed',
        'dg14.hash': 'passed',
        'dg15.hash': 'passed',
        'aa.signature': 'passed',
        'ca.keys': 'not-supported',
        'cam.key': 'not-supported',
        'pace.downgrade': 'inconclusive: not-observed',
        'card-access.match': 'inconclusive: not-observed',
        'access.protocol': 'inconclusive: not-observed',
        'document.expiry': 'passed',
        'document.consistency': 'passed',
      },
    )
    expect(report.summary).toEqual({ issuer: 'country-ca', integrity: 'passed', clone: 'passed', expired: 'passed' })
    expect(report.identity.fullName).toEqual({
      value: 'Nguyễn Văn Thử',
      sources: ['DG13', 'DG1'],
      agreement: 'equal-after-normalisation',
    })
    expect(report.identity.personalNumber).toEqual({ value: '001090000123', sources: ['DG13', 'DG1'], agreement: 'equal' })
    expect(report.identity.nationality).toEqual({ value: 'VNM', sources: ['DG13', 'DG1'], agreement: 'equal' })
    expect(report.identity.portrait?.value.imageType).toBe('jpeg')
    expect(report.identity.previousIdNumber).toMatchObject({ value: '012345678', agreement: 'single' })
    expect(report.unverified).toEqual({})
    expect(report.path.map(({ subject }) => subject)).toEqual(['C=VN, CN=DS TEST', 'C=VN, CN=CSCA TEST'])
  })

  it('gives plain data that survives cloning and JSON, and the same checks byte for byte when verified again', async () => {
    const reading = await readingOf()
    const options = { trust, at, expect: { activeAuthenticationChallenge: challenge } }
    const first = await verifyReading(reading, options)
    const second = await verifyReading(reading, options)
    expect(JSON.stringify(second.checks)).toBe(JSON.stringify(first.checks))
    expect(encodeJson(second)).toBe(encodeJson(first))
    expect(structuredClone(first)).toEqual(first)
    expect(decodeJson(encodeJson(first))).toEqual(first)
  })

  it('is proven by LDS version 1, SHA-384 and SHA-1 lists too; SHA-1 is flagged', async () => {
    for (const sod of [{ version: 1 }, { hash: 'sha384' }, { contentType: '1.2.840.113549.1.7.1' }] as const)
      expect((await verify({ sod })).summary.integrity).toBe('passed')
    const weak = await verify({ sod: { hash: 'sha1' } })
    expect(weak.summary.integrity).toBe('passed')
    expect(weak.findings).toContainEqual(expect.objectContaining({ code: 'weak-hash', field: 'SOD' }))
  })

  it('an elliptic-curve AA key passes, in plain form with the hash of DG14 and in DER with a finding', async () => {
    const key = await generateKeyPair({ type: 'ec', curve: 'brainpoolP256r1' }, seeded(21))
    const signer = await crypto.importPrivateKey(key)
    const dgs = { ...groups, 14: makeDg14(infos.activeAuthentication('0.4.0.127.0.7.1.1.4.1.4')), 15: makeDg15(publicKeyOf(key)) }
    for (const format of ['plain', 'der'] as const) {
      const answer = await signer.sign({ type: 'ecdsa', hash: 'sha384', format }, challenge, seeded(22))
      const report = await expectOutcomes(
        { groups: dgs, reading: { activeAuthentication: { challenge, response: answer } } },
        { 'aa.signature': 'passed' },
      )
      expect(report.findings.some(({ code }) => code === 'aa-der-signature')).toBe(format === 'der')
    }
  })
})

describe('sod.signature', () => {
  const nothingElse = {
    'chain.csca': 'not-performed: sod-not-verified',
    'dg1.hash': 'inconclusive: sod-not-verified',
    'aa.signature': 'inconclusive: key-not-authentic',
  }

  it('fails for a changed signature, and nothing stands on it', async () => {
    const sod = flipped(await makeSod(issuer, groups), -1)
    const report = await expectOutcomes({ files: { SOD: sod } }, { 'sod.signature': 'failed: signature-wrong', ...nothingElse })
    expect(report.identity).toEqual({})
    expect(report.summary).toMatchObject({ issuer: 'unconfirmed', integrity: 'failed', clone: 'inconclusive' })
  })

  it('fails for a changed list of hashes', async () => {
    const sod = await makeSod(issuer, groups)
    const hash = crypto.hash('sha256', groups[1] as Uint8Array)
    const start = sod.findIndex((_, i) => hash.every((byte, k) => sod[i + k] === byte))
    sod.set(crypto.hash('sha256', makeDg1(syntheticMrz.replace('THU', 'THI'))), start)
    await expectOutcomes({ files: { SOD: sod } }, { 'sod.signature': 'failed: digest-wrong', 'dg1.hash': 'failed: hash-differs' })
  })

  it('fails without any signer', async () => {
    await expectOutcomes({ sod: { signers: 0 } }, { 'sod.signature': 'failed: no-signer-info', ...nothingElse })
  })

  it('verifies every signer when there are several, with a finding', async () => {
    const report = await expectOutcomes({ sod: { signers: 2 } }, { 'sod.signature': 'passed' })
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'several-signers' }))
  })

  it('is inconclusive without the certificate of the signer', async () => {
    await expectOutcomes(
      { sod: { withoutCertificate: true } },
      { 'sod.signature': 'inconclusive: no-signer-certificate', ...nothingElse },
    )
  })

  it('fails when a properly signed list breaks its own rules', async () => {
    const hash = crypto.hash('sha256', groups[1] as Uint8Array)
    const lists: readonly (readonly (readonly [number, Uint8Array])[])[] = [
      [],
      [
        [1, hash],
        [1, hash],
      ],
      [
        [1, hash],
        [0, hash],
      ],
      [
        [1, hash],
        [17, hash],
      ],
      [[1, hash.subarray(1)]],
    ]
    for (const entries of lists) {
      const report = await expectOutcomes(
        { sod: { entries } },
        { 'sod.signature': 'failed: structure-wrong', 'chain.csca': 'not-performed: sod-not-verified' },
      )
      expect(report.identity).toEqual({})
      expect(report.summary.integrity).toBe('failed')
    }
  })

  it('fails for what is no security object, and is not performed without one', async () => {
    await expectOutcomes(
      { files: { SOD: Uint8Array.of(0x77, 0x00) } },
      { 'sod.signature': 'failed: structure-wrong', 'dg1.hash': 'inconclusive: sod-not-verified' },
    )
    const report = await expectOutcomes(
      { files: { SOD: undefined } },
      { 'sod.signature': 'not-performed: not-read', 'dg1.hash': 'inconclusive: sod-not-verified' },
    )
    expect(report.summary).toEqual({
      issuer: 'unconfirmed',
      integrity: 'not-performed',
      clone: 'inconclusive',
      expired: 'inconclusive',
    })
  })

  it('an empty reading proves nothing', async () => {
    const report = await verifyReading(readingFromFiles({}, { readAt: at }), { trust, at })
    expect(report.checks.filter(({ status }) => status === 'passed')).toEqual([])
    expect(report.summary).toEqual({
      issuer: 'unconfirmed',
      integrity: 'not-performed',
      clone: 'inconclusive',
      expired: 'not-performed',
    })
  })

  it('a signature over files that nobody has proves no document', async () => {
    const { SOD } = (await readingOf()).files
    const report = await verifyReading(readingFromFiles(SOD === undefined ? {} : { SOD }, { readAt: at }), { trust, at })
    expect(outcome(report, 'sod.signature')).toBe('passed')
    expect(report.summary.integrity).toBe('not-performed')
    expect(report.identity).toEqual({})
  })
})

describe('the issuer', () => {
  it('without anchors is unconfirmed: integrity stands, identity and clone check do not', async () => {
    const report = await expectOutcomes(
      { options: { trust: nobody } },
      {
        'sod.signature': 'passed',
        'chain.csca': 'inconclusive: no-trust-anchor',
        'dg1.hash': 'passed',
        'aa.signature': 'inconclusive: key-not-authentic',
        'document.expiry': 'inconclusive: data-not-authentic',
        'document.consistency': 'inconclusive: data-not-authentic',
      },
    )
    expect(report.summary).toEqual({ issuer: 'unconfirmed', integrity: 'passed', clone: 'inconclusive', expired: 'inconclusive' })
    expect(report.identity).toEqual({})
    expect(report.unverified.personalNumber?.value).toBe('001090000123')
  })

  it('with the same name and key of somebody else fails', async () => {
    const other = await testIssuer({ seed: 8 })
    const report = await verify({ issuer: other })
    expect(outcome(report, 'sod.signature')).toBe('passed')
    expect(checkOf(report, 'chain.csca').status).not.toBe('passed')
    expect(report.identity).toEqual({})
  })

  it('of another country than DG1 says fails', async () => {
    const foreign = await testIssuer({ country: 'LA' })
    const store = await createTrustStore({ anchors: [{ certificate: foreign.csca }] })
    await expectOutcomes(
      { issuer: foreign, sod: {}, options: { trust: store } },
      { 'sod.signature': 'passed', 'chain.csca': 'failed: country-differs' },
    )
  })

  it('whose certificate had expired when it signed is not confirmed', async () => {
    const old = await testIssuer({ signerNotAfter: '230101000000Z' })
    const store = await createTrustStore({ anchors: [{ certificate: old.csca }] })
    const report = await expectOutcomes(
      { issuer: old, options: { trust: store } },
      { 'chain.csca': 'passed', 'chain.validity-at-signing': 'failed: expired', 'chain.validity-now': 'failed: expired' },
    )
    expect(report.summary.issuer).toBe('unconfirmed')
    expect(report.identity).toEqual({})
  })

  it('pinned by the operator is confirmed without a country CA, which stays inconclusive', async () => {
    const pins = [{ certificate: issuer.signer, source: 'a visit', confirmedBy: ['an', 'binh'] }]
    const report = await expectOutcomes(
      { options: { trust: await createTrustStore({ pins }) } },
      {
        'chain.csca': 'inconclusive: no-trust-anchor',
        'signer.pinned': 'passed',
        'aa.signature': 'passed',
        'document.expiry': 'passed',
      },
    )
    expect(report.summary.issuer).toBe('pinned-signer')
    expect(report.identity.personalNumber?.value).toBe('001090000123')
  })

  it('of a withdrawn or unconfirmed pin is not confirmed', async () => {
    const pin = { certificate: issuer.signer, source: 'a visit' }
    const withdrawn = await createTrustStore({ pins: [{ ...pin, confirmedBy: ['an', 'binh'], withdrawn: true }] })
    const unconfirmed = await createTrustStore({ pins: [{ ...pin, confirmedBy: [] }] })
    expect(
      (await expectOutcomes({ options: { trust: withdrawn } }, { 'signer.pinned': 'failed: pin-withdrawn' })).identity,
    ).toEqual({})
    expect(
      (await expectOutcomes({ options: { trust: unconfirmed } }, { 'signer.pinned': 'inconclusive: not-confirmed' })).identity,
    ).toEqual({})
  })

  it('confirmed by the ministry’s service counts for these very files only', async () => {
    const sod = await makeSod(issuer, groups)
    const issuerAnswer = { service: 'test', confirmed: true, sodDigest: crypto.hash('sha256', sod), answeredAt: at }
    const report = await expectOutcomes(
      { options: { trust: nobody, issuerAnswer } },
      { 'online.issuer': 'passed', 'chain.csca': 'inconclusive: no-trust-anchor', 'aa.signature': 'passed' },
    )
    expect(report.summary.issuer).toBe('ministry-service')
    const other = { ...issuerAnswer, sodDigest: crypto.hash('sha256', challenge) }
    expect(
      (await expectOutcomes({ options: { trust: nobody, issuerAnswer: other } }, { 'online.issuer': 'failed: not-these-files' }))
        .identity,
    ).toEqual({})
    await expectOutcomes(
      { options: { trust: nobody, issuerAnswer: { ...issuerAnswer, confirmed: false } } },
      { 'online.issuer': 'inconclusive: not-confirmed' },
    )
    const broken = flipped(sod, -1)
    const about = { ...issuerAnswer, sodDigest: crypto.hash('sha256', broken) }
    await expectOutcomes(
      { files: { SOD: broken }, options: { trust: nobody, issuerAnswer: about } },
      { 'online.issuer': 'inconclusive: sod-not-verified' },
    )
  })
})

describe('dgN.hash', () => {
  it('fails for a swapped portrait, and for that file only', async () => {
    const report = await expectOutcomes(
      { files: { DG2: makeDg2(faceRecord(flipped(jpeg, -1))) } },
      { 'dg2.hash': 'failed: hash-differs', 'dg1.hash': 'passed', 'aa.signature': 'passed', 'document.consistency': 'passed' },
    )
    expect(report.identity.portrait).toBeUndefined()
    expect(report.unverified.portrait).toBeDefined()
    expect(report.summary.integrity).toBe('failed')
  })

  it('fails for an edited DG13, whose values are then only claims', async () => {
    const report = await expectOutcomes(
      { files: { DG13: makeDg13({ 9: [utf8('Nơi khác')] }) } },
      { 'dg13.hash': 'failed: hash-differs', 'document.consistency': 'inconclusive: data-not-authentic' },
    )
    expect(report.identity.fullName).toEqual({ value: 'NGUYEN VAN THU', sources: ['DG1'], agreement: 'single' })
    expect(report.identity.placeOfResidence).toBeUndefined()
    expect(report.unverified.placeOfResidence?.value).toBe('Nơi khác')
  })

  it('fails for a file that the list does not name', async () => {
    const { 15: _, ...others } = groups
    await expectOutcomes(
      { groups: others, files: { DG15: groups[15] } },
      { 'dg15.hash': 'failed: not-listed', 'aa.signature': 'not-supported' },
    )
  })

  it('fails for a group that is listed twice', async () => {
    const hash = crypto.hash('sha256', groups[1] as Uint8Array)
    await expectOutcomes(
      {
        sod: {
          entries: [
            [1, hash],
            [1, hash],
          ],
        },
      },
      { 'dg1.hash': 'failed: listed-twice' },
    )
  })

  it('is inconclusive for a hash this SDK does not compute', async () => {
    await expectOutcomes(
      { sod: { hashOid: '1.3.36.3.2.1' } },
      { 'sod.signature': 'passed', 'dg1.hash': 'inconclusive: unsupported-algorithm' },
    )
  })

  it('is not performed for a listed file that is not here, with the reason', async () => {
    const reasons = {
      'access-denied': 'access-denied',
      'not-found': 'not-found',
      'not-asked': 'not-asked',
      withheld: 'withheld',
      failed: 'read-failed',
    } as const
    for (const [status, reason] of Object.entries(reasons))
      await expectOutcomes(
        { files: { DG2: undefined }, reading: { fileStatus: { DG2: { status: status as keyof typeof reasons } } } },
        { 'dg2.hash': `not-performed: ${reason}` },
      )
    await expectOutcomes({ files: { DG2: undefined } }, { 'dg2.hash': 'not-performed: not-asked' })
  })
})

describe('aa.signature', () => {
  const without = { activeAuthentication: { challenge } }

  it('fails for a wrong answer, whoever issued the card', async () => {
    const wrong = { activeAuthentication: { challenge, response: flipped(response, -1) } }
    const report = await expectOutcomes({ reading: wrong }, { 'aa.signature': 'failed: signature-wrong' })
    expect(report.summary.clone).toBe('failed')
    await expectOutcomes({ reading: wrong, options: { trust: nobody } }, { 'aa.signature': 'failed: signature-wrong' })
  })

  it('fails for an answer to another challenge, said or not', async () => {
    const mine = Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1)
    const options = { expect: { activeAuthenticationChallenge: mine } }
    await expectOutcomes({ options }, { 'aa.signature': 'failed: wrong-challenge' })
    for (const claimed of [new Uint8Array(), mine])
      await expectOutcomes(
        { options, reading: { activeAuthentication: { challenge: claimed, response } } },
        { 'aa.signature': 'failed: signature-wrong' },
      )
  })

  it('fails as a downgrade when the list names DG15, it was asked for, and file or answer is missing', async () => {
    await expectOutcomes({ files: { DG15: undefined } }, { 'aa.signature': 'failed: downgrade' })
    await expectOutcomes({ reading: without }, { 'aa.signature': 'failed: downgrade' })
    const unasked = await readingOf({ files: { DG15: undefined } })
    const { activeAuthentication: _, ...hidden } = unasked
    const asked = { trust, at, expect: { activeAuthenticationChallenge: challenge } }
    expect(outcome(await verifyReading(hidden, asked), 'aa.signature')).toBe('failed: downgrade')
    const refused = { ...hidden, fileStatus: { ...hidden.fileStatus, DG15: { status: 'not-found' } as const } }
    expect(outcome(await verifyReading(refused, { trust, at }), 'aa.signature')).toBe('failed: downgrade')
  })

  it('is not performed when nobody asked, or without a challenge of one’s own', async () => {
    const reading = await readingOf()
    expect(outcome(await verifyReading(reading, { trust, at }), 'aa.signature')).toBe('not-performed: no-expected-challenge')
    const { activeAuthentication: _, ...unasked } = reading
    expect(outcome(await verifyReading(unasked, { trust, at }), 'aa.signature')).toBe('not-performed: not-asked')
  })

  it('is not supported only when an authentic list says so', async () => {
    const { 15: _, ...others } = groups
    await expectOutcomes({ groups: others }, { 'aa.signature': 'not-supported' })
    await expectOutcomes({ groups: others, options: { trust: nobody } }, { 'aa.signature': 'inconclusive: key-not-authentic' })
  })

  it('is inconclusive when the key is another than the signed one', async () => {
    const mine = await generateKeyPair({ type: 'rsa', bits: 1024 }, seeded(31))
    const answer = await signIso9796_2(await crypto.importPrivateKey(mine), challenge, {
      crypto,
      trailer: '34CC',
      random: seeded(32),
    })
    await expectOutcomes(
      { files: { DG15: makeDg15(publicKeyOf(mine)) }, reading: { activeAuthentication: { challenge, response: answer } } },
      { 'dg15.hash': 'failed: hash-differs', 'aa.signature': 'inconclusive: key-not-authentic' },
    )
  })

  it('fails for a DG15 that is no key', async () => {
    await expectOutcomes(
      { groups: { ...groups, 15: Uint8Array.of(0x6f, 2, 0x30, 0) } },
      { 'dg15.hash': 'passed', 'aa.signature': 'failed: key-wrong' },
    )
  })

  it('takes no constant challenge and none of another length', async () => {
    const reading = await readingOf()
    for (const bad of [new Uint8Array(8), new Uint8Array(8).fill(0xff), challenge.subarray(1)])
      await expect(verifyReading(reading, { trust, at, expect: { activeAuthenticationChallenge: bad } })).rejects.toThrow(
        RangeError,
      )
  })
})

describe('document.expiry', () => {
  it('ends with the last day in Vietnam', async () => {
    await expectOutcomes({ options: { at: '2030-08-15T16:59:59Z' } }, { 'document.expiry': 'passed' })
    const report = await expectOutcomes({ options: { at: '2030-08-15T17:00:00Z' } }, { 'document.expiry': 'failed: expired' })
    expect(report.summary.expired).toBe('failed')
  })

  it('never comes for a card without expiry', async () => {
    const mrz = ['IDVNM0600001234001060000123<<5', '6001010M9912315VNM<<<<<<<<<<<0', 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<'].join('')
    const dgs = {
      ...groups,
      1: makeDg1(mrz),
      13: makeDg13({ 1: [printable('001060000123')], 3: [printable('01/01/1960')], 12: [utf8('Không thời hạn')] }),
    }
    const report = await expectOutcomes(
      { groups: dgs, options: { at: '2034-01-01' } },
      { 'document.expiry': 'passed', 'document.consistency': 'passed' },
    )
    expect(report.identity.dateOfExpiry).toEqual({ value: 'none', sources: ['DG13', 'DG1'], agreement: 'equal' })
  })
})

describe('document.consistency', () => {
  const qr = {
    personalNumber: '001090000123',
    fullName: 'Nguyễn Văn Thử',
    dateOfBirth: '1990-08-15',
    sex: 'male',
    issueDate: '2021-05-20',
  } as const

  it('passes when QR and form agree with the chip; both stay unverified', async () => {
    const options = {
      qr,
      expect: { activeAuthenticationChallenge: challenge, personalNumber: '001090000123', fullName: 'NGUYEN VAN THU' },
    }
    const report = await expectOutcomes({ options }, { 'document.consistency': 'passed' })
    expect(report.unverified.personalNumber).toEqual({ value: '001090000123', sources: ['QR', 'form'], agreement: 'equal' })
    expect(report.identity.personalNumber?.sources).toEqual(['DG13', 'DG1'])
  })

  it('fails for a QR of another person, a form of another number, and two data groups that contradict', async () => {
    const other = await expectOutcomes(
      { options: { qr: { ...qr, personalNumber: '001090000124' } } },
      { 'document.consistency': 'failed: contradiction' },
    )
    expect(checkOf(other, 'document.consistency').data).toMatchObject({ fields: ['personalNumber'] })
    await expectOutcomes(
      { options: { expect: { activeAuthenticationChallenge: challenge, personalNumber: '001090000124' } } },
      { 'document.consistency': 'failed: contradiction' },
    )
    const report = await expectOutcomes(
      { groups: { ...groups, 13: makeDg13({ 3: [printable('16/08/1990')] }) } },
      { 'document.consistency': 'failed: contradiction' },
    )
    expect(report.identity.dateOfBirth).toMatchObject({ value: '1990-08-16', agreement: 'different' })
  })

  it('takes a QR as `@cccd/qr` parses it', async () => {
    const parsed = parseQr(
      '001090000123|012345678|Nguyễn Văn Thử|15081990|Nam|Số 1 Phố Mẫu, Phường Mẫu, Quận Mẫu, Hà Nội|20052021',
    )
    const report = await expectOutcomes({ options: { qr: parsed } }, { 'document.consistency': 'passed' })
    expect(checkOf(report, 'document.consistency').data).toMatchObject({ sources: ['DG13', 'DG1', 'QR'] })
    expect(report.unverified.dateOfIssue?.value).toBe('2021-05-20')
  })

  it('a name with other marks is another name; a birth of which only the year is known agrees', async () => {
    await expectOutcomes(
      { options: { qr: { ...qr, fullName: 'Nguyễn Văn Thứ' } } },
      { 'document.consistency': 'failed: contradiction' },
    )
    await expectOutcomes({ options: { qr: { ...qr, dateOfBirth: '1990' } } }, { 'document.consistency': 'passed' })
  })

  it('is not performed when one source stands alone', async () => {
    const { 13: _, ...others } = groups
    await expectOutcomes({ groups: others }, { 'document.consistency': 'not-performed: single-source' })
  })

  it('a data group that cannot be read is a finding and nothing else', async () => {
    const report = await expectOutcomes(
      { groups: { ...groups, 13: Uint8Array.of(0x6d, 1, 0) } },
      { 'dg13.hash': 'passed', 'dg1.hash': 'passed' },
    )
    expect(report.findings).toContainEqual({
      code: 'file-malformed',
      severity: 'error',
      field: 'DG13',
      data: { error: 'EMRTD_FILE_MALFORMED' },
    })
  })
})

describe('requireVerified', () => {
  it('gives the identity of a proven document', async () => {
    expect(
      requireVerified(await verify(), { issuer: ['country-ca'], clone: true, files: ['DG1', 'DG2', 'DG13'] }).personalNumber
        ?.value,
    ).toBe('001090000123')
  })

  const lacking = async (input: Case, options: Parameters<typeof requireVerified>[1] = {}): Promise<string[]> => {
    const report = await verify(input)
    try {
      requireVerified(report, options)
    } catch (error) {
      expect(error).toMatchObject({ code: 'NOT_VERIFIED' })
      return String((error as { params: { lacking: string } }).params.lacking).split(',')
    }
    return []
  }

  it('names what lacks', async () => {
    expect(await lacking({ options: { trust: nobody } })).toEqual(['chain.csca', 'signer.pinned', 'document.expiry'])
    expect(await lacking({}, { issuer: ['pinned-signer'] })).toEqual(['signer.pinned'])
    expect(await lacking({ files: { DG2: undefined } }, { files: ['DG1', 'DG2'] })).toEqual(['dg2.hash'])
    expect(await lacking({ options: { expect: {} } }, { clone: true })).toEqual(['aa.signature', 'ca.keys', 'cam.key'])
    expect(await lacking({ files: { SOD: flipped(await makeSod(issuer, groups), -1) } })).toContain('sod.signature')
  })

  it('takes a pin beside a country CA for the pin that was asked for', async () => {
    const pins = [{ certificate: issuer.signer, source: 'a visit', confirmedBy: ['an', 'binh'] }]
    const both = { options: { trust: await createTrustStore({ anchors: [{ certificate: issuer.csca }], pins }) } }
    expect((await verify(both)).summary.issuer).toBe('country-ca')
    expect(await lacking(both, { issuer: ['pinned-signer'] })).toEqual([])
    expect(await lacking(both, { issuer: ['ministry-service'] })).toEqual(['online.issuer'])
  })

  it('takes an expired document only when told so, and no failed check ever', async () => {
    const late = { options: { at: '2031-01-01' } }
    expect(await lacking(late)).toEqual(['document.expiry'])
    expect(await lacking(late, { allowExpired: true })).toEqual([])
    expect(await lacking({ files: { DG2: makeDg2(faceRecord(flipped(jpeg, -1))) } })).toEqual(['dg2.hash'])
  })
})

describe('options', () => {
  it('must have a time', async () => {
    const reading = await readingOf()
    for (const bad of ['', 'yesterday', '2026-13-01', '31/01/2026'])
      await expect(verifyReading(reading, { trust, at: bad })).rejects.toThrow(RangeError)
    expect((await verifyReading(reading, { trust, at: '2026-01-31' })).at).toBe('2026-01-31T00:00:00.000Z')
  })
})
