import { describe, expect, it } from 'vitest'
import { readVectorJson, sharedVectors } from '../../../test-vectors/shared.js'
import { checkDigit, mrzKeyInformation, parseMrz, tryParseMrz } from '../src/index.js'
import { repairMrz } from '../src/repairMrz.js'

const at = '2026-01-15'

interface Vietnamese {
  cccd: { lines: string[]; document_number: string; personal_number: string; mrz_information: string; name_ascii: string }[]
  passport: { lines: string[] }[]
  cccd_negative: { lines: string[]; why: string }[]
}

interface Icao {
  check_digits: { input: string; cd: string }[]
  mrz: { format: string; lines: string[] }[]
  td1_long_document_number: { lines: string[]; document_number: string; mrz_information_for_BAC: string }
  td1_example_mrz_info: { mrz_information: string }
}

describe.skipIf(sharedVectors === undefined)('shared vectors: vn/mrz_vn.json', () => {
  const vectors = sharedVectors === undefined ? undefined : readVectorJson<Vietnamese>('vn', 'mrz_vn.json')

  it('reads every card', () => {
    expect(vectors?.cccd).toHaveLength(3)
    for (const { lines, document_number, personal_number, mrz_information, name_ascii } of vectors?.cccd ?? []) {
      const mrz = parseMrz(lines)
      expect(mrz).toMatchObject({
        documentNumber: document_number,
        personalNumber: personal_number,
        keyInformation: mrz_information,
      })
      expect(`${mrz.primaryIdentifier} ${mrz.secondaryIdentifier}`).toBe(name_ascii)
      expect(mrzKeyInformation(mrz.documentNumber, mrz.dateOfBirth ?? '', mrz.dateOfExpiry)).toBe(mrz_information)
    }
  })

  it('reads every passport', () => {
    expect(vectors?.passport.map(({ lines }) => parseMrz(lines, { at }).personalNumber)).toEqual(['001099000001', '079199000002'])
  })

  it('refuses every negative for its reason', () => {
    const reasons = vectors?.cccd_negative.map(({ lines, why }) => {
      const outcome = tryParseMrz(lines)
      return outcome.ok ? why : `${outcome.error.code} ${outcome.error.params.fields}`
    })
    expect(reasons).toEqual([
      'MRZ_CHECK_DIGIT documentNumber,composite',
      'MRZ_CHECK_DIGIT composite',
      'MRZ_CHECK_DIGIT personalNumber,composite',
      'MRZ_CHECK_DIGIT documentNumber,personalNumber',
    ])
  })

  it('repairs the letter O', () => {
    const repaired = repairMrz(vectors?.cccd_negative[3]?.lines ?? [])
    expect(repaired.lines).toEqual(vectors?.cccd[0]?.lines)
    expect(repaired.findings.length).toBeGreaterThan(0)
  })
})

describe.skipIf(sharedVectors === undefined)('shared vectors: doc9303/mrz_vectors.json', () => {
  const vectors = sharedVectors === undefined ? undefined : readVectorJson<Icao>('doc9303', 'mrz_vectors.json')

  it('has every check digit and specimen right', () => {
    for (const { input, cd } of vectors?.check_digits ?? []) expect(checkDigit(input)).toBe(cd)
    expect(vectors?.mrz.map(({ lines }) => parseMrz(lines, { at }).format)).toEqual(vectors?.mrz.map(({ format }) => format))
    const long = vectors?.td1_long_document_number
    expect(parseMrz(long?.lines ?? [], { at })).toMatchObject({
      documentNumber: long?.document_number,
      keyInformation: long?.mrz_information_for_BAC,
    })
    expect(mrzKeyInformation('D23145890', '1934-07-12', '1995-07-12')).toBe(vectors?.td1_example_mrz_info.mrz_information)
  })
})
