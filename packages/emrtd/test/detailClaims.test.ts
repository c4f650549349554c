import { checkOf, encodeUtf8 } from '@cccd/core'
import { createTrustStore } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { readingFromFiles, type VerificationReport, type VerifyReadingOptions, verifyReading } from '../src/index.js'
import { compareDocumentNames } from '../src/verify/compareDocumentNames.js'
import { der, integer, makeDg1, makeSod, testIssuer } from './issuer.js'

const issuer = await testIssuer({ country: 'DE' })
const trust = await createTrustStore({ anchors: [{ certificate: issuer.csca }] })
const mrz = (line1: string, birth = '7408122'): Uint8Array =>
  makeDg1(`${line1.padEnd(44, '<')}L898902C36D<<${birth}F2904151<<<<<<<<<<<<<<<8`.slice(0, 88))
const dg1 = mrz('P<D<<MUELLER<<ERIKA<MARIE')

/** DG11 from tag and text. */
const dg11 = (...elements: readonly (readonly [number, string])[]): Uint8Array =>
  der(
    0x6b,
    der(0x5c, Uint8Array.from(elements.flatMap(([tag]) => [tag >> 8, tag & 255]))),
    ...elements.map(([tag, text]) => der(tag, encodeUtf8(text))),
  )

async function verify(
  groups: Readonly<Record<number, Uint8Array>>,
  options: Partial<VerifyReadingOptions> = {},
  changed: Readonly<Record<string, Uint8Array>> = {},
): Promise<VerificationReport> {
  const files = Object.fromEntries(Object.entries(groups).map(([number, bytes]) => [`DG${number}`, bytes]))
  const reading = readingFromFiles({ ...files, ...changed, SOD: await makeSod(issuer, groups) })
  return verifyReading(reading, { trust, at: '2026-01-31', ...options })
}
const consistency = (report: VerificationReport): unknown => {
  const { status, reason, data } = checkOf(report, 'document.consistency')
  return status === 'failed' ? `failed: ${String(data?.fields)}` : (reason ?? status)
}

describe('what DG11 and DG12 add to the identity', () => {
  const full = dg11(
    [0x5f0e, 'MÜLLER<<ERIKA<MARIE'],
    [0x5f10, '12-345 67'],
    [0x5f2b, '19740812'],
    [0x5f11, 'MÜNCHEN<UTOPIA'],
    [0x5f42, 'MAPLE RD 123<ANYTOWN'],
  )
  const dg12 = der(0x6c, der(0x5c, Uint8Array.of(0x5f, 0x26)), der(0x5f26, encodeUtf8('20240115')))

  it('names with their marks, number, place of birth, address, date of issue', async () => {
    const report = await verify({ 1: dg1, 11: full, 12: dg12 })
    expect(report.identity).toMatchObject({
      fullName: { value: 'MÜLLER ERIKA MARIE', sources: ['DG11', 'DG1'], agreement: 'equal-after-normalisation' },
      nameInNationalCharacters: { value: 'MÜLLER ERIKA MARIE', sources: ['DG11'], agreement: 'single' },
      personalNumber: { value: '12-345 67', sources: ['DG11'] },
      dateOfBirth: { value: '1974-08-12', sources: ['DG11', 'DG1'], agreement: 'equal' },
      placeOfBirth: { value: 'MÜNCHEN, UTOPIA' },
      placeOfResidence: { value: 'MAPLE RD 123, ANYTOWN' },
      dateOfIssue: { value: '2024-01-15', sources: ['DG12'] },
    })
    expect(consistency(report)).toBe('passed')
    expect(report.findings.map(({ code }) => code)).not.toContain('personal-number-odd')
  })

  it('only under their own hash', async () => {
    const edited = dg11([0x5f0e, 'MÜLLER<<ERIKA<MARIE'], [0x5f42, 'ELSEWHERE'])
    const report = await verify({ 1: dg1, 11: full }, {}, { DG11: edited })
    expect(checkOf(report, 'dg11.hash')).toMatchObject({ status: 'failed', reason: 'hash-differs' })
    expect(report.identity.placeOfResidence).toBeUndefined()
    expect(report.identity.fullName).toMatchObject({ value: 'MUELLER ERIKA MARIE', sources: ['DG1'] })
    expect(report.unverified.placeOfResidence?.value).toBe('ELSEWHERE')
    expect(consistency(report)).toBe('data-not-authentic')
    const unsigned = await verify({ 1: dg1 }, {}, { DG11: full })
    expect(checkOf(unsigned, 'dg11.hash')).toMatchObject({ status: 'failed', reason: 'not-listed' })
    expect(unsigned.identity.personalNumber).toBeUndefined()
  })

  it('a name in another script stands for itself', async () => {
    const report = await verify({ 1: dg1, 11: dg11([0x5f0e, 'МЮЛЛЕР<<ЭРИКА']) })
    expect(report.identity.fullName).toMatchObject({ value: 'MUELLER ERIKA MARIE', sources: ['DG1'] })
    expect(report.identity.nameInNationalCharacters?.value).toBe('МЮЛЛЕР ЭРИКА')
    expect(consistency(report)).toBe('single-source')
  })

  it('the century of birth is the one that DG11 tells', async () => {
    const old = mrz('P<D<<MUELLER<<ERIKA', '2008128')
    const report = await verify({ 1: old, 11: dg11([0x5f2b, '19200812']) })
    expect(report.identity.dateOfBirth).toEqual({ value: '1920-08-12', sources: ['DG11', 'DG1'], agreement: 'equal' })
    expect(consistency(report)).toBe('passed')
    // What nobody signed tells nothing of what somebody did.
    const injected = await verify({ 1: old }, {}, { DG11: dg11([0x5f2b, '19200812']) })
    expect(injected.identity.dateOfBirth).toEqual({ value: '2020-08-12', sources: ['DG1'], agreement: 'single' })
  })

  it('another person in DG11, another birth date, another number than expected contradict', async () => {
    expect(consistency(await verify({ 1: dg1, 11: dg11([0x5f0e, 'SCHMIDT<<HEIDI']) }))).toBe('failed: fullName')
    expect(consistency(await verify({ 1: dg1, 11: dg11([0x5f2b, '19740813']) }))).toBe('failed: dateOfBirth')
    const groups = { 1: dg1, 11: full }
    const number = async (personalNumber: string): Promise<unknown> =>
      consistency(await verify(groups, { expect: { personalNumber } }))
    expect(await number('1234567')).toBe('passed')
    expect(await number('1234568')).toBe('failed: personalNumber')
  })

  it('what somebody typed must be the whole name of DG11 or of the MRZ, in any order and transliteration', async () => {
    const groups = { 1: dg1, 11: dg11([0x5f0e, 'MÜLLER<<ERIKA<MARIE<LUISE']) }
    const typed = async (fullName: string): Promise<unknown> => consistency(await verify(groups, { expect: { fullName } }))
    for (const name of ['MUELLER ERIKA MARIE', 'Erika Marie Luise Müller', 'Mueller Erika Marie Luise'])
      expect([name, await typed(name)]).toEqual([name, 'passed'])
    for (const name of ['M', 'MUELLER', 'Mueller Heidi', 'E M L M'])
      expect([name, await typed(name)]).toEqual([name, 'failed: fullName'])
  })

  it('a DG11 that cannot be read is a finding and nothing else', async () => {
    const report = await verify({ 1: dg1, 11: der(0x6b, integer(1), Uint8Array.of(0x5f)) })
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'file-malformed', field: 'DG11' }))
    expect(report.identity.fullName?.sources).toEqual(['DG1'])
  })
})

describe('compareDocumentNames', () => {
  it.each([
    ['MÜLLER ERIKA', 'MUELLER<<ERIKA<<<<<<<<<<<<<<<<<', true],
    ['MÜLLER ERIKA', 'MUXXLLER<<ERIKA<<<<<<<<<<<<<<<<', true],
    ['MÜLLER ERIKA', 'MULLER<<ERIKA<<<<<<<<<<<<<<<<<<', true],
    ['ÅSTRÖM BJÖRN', 'AASTROEM<<BJOERN<<<<<<<<<<<<<<<', true],
    ['MUÑOZ JOSÉ', 'MUNXXOZ<<JOSE<<<<<<<<<<<<<<<<<<', true],
    ['John Doe', 'DOE<<JOHN<<<<<<<<<<<<<<<<<<<<<<', true],
    ['DOE JOHN PAUL GEORGE', 'DOE<<JOHN<P<<<<<<<<<<<<<<<<<<<<', true],
    ['DOE JOHN', 'DOE<<JANE<<<<<<<<<<<<<<<<<<<<<<', false],
    ['DOE JOHN JOHN', 'DOE<<JOHN<JANE<<<<<<<<<<<<<<<<<', false],
    ['李四', 'LI<<SI<<<<<<<<<<<<<<<<<<<<<<<<<', false],
  ])('%s and %s', (name, field, same) => {
    expect(compareDocumentNames(name, field, true)).toBe(same ? 'equal-after-normalisation' : 'different')
    expect(compareDocumentNames(field, name, true)).toBe(same ? 'equal-after-normalisation' : 'different')
  })
})

it('names of thousands of words, which nobody has, are compared by their letters only', () => {
  const words = (count: number, prefix: string): string =>
    Array.from({ length: count }, (_, i) => `${prefix}${'x'.repeat(i % 7)}`).join(' ')
  expect(compareDocumentNames(words(20_000, 'A'), words(20_000, 'B'), true)).toBe('different')
})
