import { concatBytes, decodeHex, encodeUtf8, type ParseOutcome } from '@cccd/core'
import { describe, expect, it } from 'vitest'
import { readVector, readVectorJson, sharedVectors, vectorFiles } from '../../../test-vectors/shared.js'
import {
  parseCom,
  parseDg1,
  parseDg14,
  parseDg15,
  parseSecurityInfos,
  parseSecurityObject,
  tryParseDg1,
  tryParseDg13,
} from '../src/index.js'
import {
  parseAtrInfo,
  parseDg11,
  parseDg12,
  parseDg16,
  parseDirectory,
  parseDisplayedImages,
  tryParseAtrInfo,
  tryParseDg11,
  tryParseDg12,
  tryParseDg16,
  tryParseDirectory,
  tryParseDisplayedImages,
  tryParseFeatures,
} from '../src/lds/index.js'
import { der, integer, jp2, jpeg, makeDg1 } from './issuer.js'

/** Findings by code, or the code of the error. */
const codes = (outcome: ParseOutcome<unknown, { readonly code: string }>): string[] =>
  outcome.ok ? outcome.findings.map(({ code }) => code) : [`! ${outcome.error.code}`]
const text = (tag: number, value: string): Uint8Array => der(tag, encodeUtf8(value))
const dg11 = (...elements: Uint8Array[]): Uint8Array => der(0x6b, ...elements)
const dg12 = (...elements: Uint8Array[]): Uint8Array => der(0x6c, ...elements)
const list = (hex: string): Uint8Array => der(0x5c, decodeHex(hex))

describe('DG1', () => {
  const line1 = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<'
  it('takes 0 and < as check digit of empty optional data, the composite digit is the same', () => {
    for (const digit of ['0', '<']) {
      const file = makeDg1(`${line1}L898902C36UTO7408122F1204159<<<<<<<<<<<<<<${digit}8`)
      expect(codes(tryParseDg1(file, { at: '2011-01-01' }))).toEqual([])
      expect(parseDg1(file, { at: '2011-01-01' })).toMatchObject({ format: 'TD3', documentNumber: 'L898902C3' })
    }
    const wrong = makeDg1(`${line1}L898902C36UTO7408122F1204159<<<<<<<<<<<<<<38`)
    expect(codes(tryParseDg1(wrong, { at: '2011-01-01' }))).toContain('check-digit-wrong')
  })

  it('reads TD2 and a long document number', () => {
    const td2 = makeDg1('I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<D23145890<UTO3407127M95071227349<<<8')
    expect(parseDg1(td2, { at: '1990-01-01' })).toMatchObject({ format: 'TD2', documentNumber: 'D23145890734' })
  })
})

describe('DG11', () => {
  it('holds what Doc 9303-10 lists', () => {
    const file = dg11(
      list('5f0e5f0f5f105f2b5f115f42'),
      text(0x5f0e, 'MÜLLER<<ERIKA<MARIE'),
      der(0xa0, integer(1), text(0x5f0f, 'DEMO<<ERIKA')),
      text(0x5f10, '12345'),
      der(0x5f2b, decodeHex('19700000')),
      text(0x5f11, 'ANYTOWN<MN'),
      text(0x5f42, '123 MAPLE RD<ANYTOWN<MN'),
    )
    expect(parseDg11(file)).toMatchObject({
      fullName: { primaryIdentifier: 'MÜLLER', secondaryIdentifier: 'ERIKA MARIE' },
      otherNames: [{ primaryIdentifier: 'DEMO', secondaryIdentifier: 'ERIKA' }],
      personalNumber: '12345',
      dateOfBirth: '1970',
      placeOfBirth: ['ANYTOWN', 'MN'],
      permanentAddress: ['123 MAPLE RD', 'ANYTOWN', 'MN'],
    })
    expect(codes(tryParseDg11(file))).toEqual([])
  })

  it('names each departure and keeps the element', () => {
    const latin1 = der(0x5f0e, Uint8Array.of(0x4d, 0xdc, 0x4c, 0x4c, 0x45, 0x52))
    expect(parseDg11(dg11(list('5f0e'), latin1)).fullName).toEqual({ primaryIdentifier: 'MÜLLER', secondaryIdentifier: '' })
    expect(codes(tryParseDg11(dg11(list('5f0e'), latin1)))).toEqual(['text-latin1'])
    const date = (bytes: Uint8Array): string[] => codes(tryParseDg11(dg11(list('5f2b'), der(0x5f2b, bytes))))
    expect(date(encodeUtf8('19900815'))).toEqual([])
    expect(date(encodeUtf8('1990<<<<'))).toEqual([])
    for (const odd of ['19901315', '19900230', '1990', '00000000', 'ABCDEFGH'])
      expect(date(encodeUtf8(odd))).toEqual(['value-odd'])
    expect(date(decodeHex('1990ab15'))).toEqual(['value-odd'])
    expect(parseDg11(dg11(list('5f2b'), text(0x5f2b, '1990'))).elements).toEqual([
      { tag: 0x5c, bytes: decodeHex('5f2b') },
      { tag: 0x5f2b, bytes: encodeUtf8('1990') },
    ])
    expect(codes(tryParseDg11(dg11(list('5f105f11'), text(0x5f10, '1'), text(0x5f12, '2'))))).toEqual([
      'listed-not-there',
      'not-listed',
    ])
    expect(codes(tryParseDg11(dg11(list('5f10'), text(0x5f10, '1'), text(0x5f10, '1'))))).toEqual(['element-twice'])
    expect(codes(tryParseDg11(dg11(list('5f0e'), text(0x5f0e, 'A<<B<<C'))))).toEqual(['name-odd'])
  })

  it('refuses contradictions and other structures', () => {
    for (const bad of [
      dg11(list('5f10'), text(0x5f10, '1'), text(0x5f10, '2')),
      dg11(list('a0'), der(0xa0, integer(1), text(0x5f10, '1'))),
      dg11(list('a0'), der(0xa0)),
      dg11(list('5f10'), text(0x5f10, '1'.repeat(16_385))),
      dg11(list('5f10'), ...Array.from({ length: 300 }, () => text(0x5f10, '1'))),
      concatBytes(dg11(list('')), Uint8Array.of(0)),
    ])
      expect(codes(tryParseDg11(bad))).toEqual(['! EMRTD_FILE_MALFORMED'])
  })

  it('reads fillers without end in the time of their length', () => {
    const long = `${'<'.repeat(16_000)}x`
    const names = Array.from({ length: 15 }, () => text(0x5f0f, long))
    expect(codes(tryParseDg11(dg11(list('5f0f5f2b'), ...names, text(0x5f2b, long))))).toContain('value-odd')
  })

  it('prints masked', () => {
    const value = parseDg11(dg11(list('5f10'), text(0x5f10, '987654321')))
    expect(JSON.stringify(value)).toContain('987654321')
    const inspect = Reflect.get(value, Symbol.for('nodejs.util.inspect.custom')) as () => string
    expect(inspect.call(value)).not.toContain('987654321')
  })
})

describe('DG12', () => {
  it('holds what Doc 9303-10 lists, dates in both forms', () => {
    for (const [date, time] of [
      [decodeHex('20240101'), decodeHex('20240101123059')],
      [encodeUtf8('20240101'), encodeUtf8('20240101123059')],
    ] as const) {
      const file = dg12(list('5f265f55'), der(0x5f26, date), der(0x5f55, time))
      expect(parseDg12(file)).toMatchObject({ dateOfIssue: '2024-01-01', personalisedAt: '2024-01-01T12:30:59' })
      expect(codes(tryParseDg12(file))).toEqual([])
    }
    expect(codes(tryParseDg12(dg12(list('5f55'), text(0x5f55, '20240101250000'))))).toEqual(['value-odd'])
  })
})

describe('DG5 to DG10 and DG16', () => {
  it('DG7: images by their first bytes', () => {
    const file = (count: number, ...images: Uint8Array[]): Uint8Array =>
      der(0x67, integer(count), ...images.map((image) => der(0x5f43, image)))
    expect(parseDisplayedImages(file(2, jpeg, jp2), 'DG7').images.map(({ imageType }) => imageType)).toEqual(['jpeg', 'jp2'])
    expect(codes(tryParseDisplayedImages(file(3, jpeg), 'DG7'))).toEqual(['count-differs'])
    expect(codes(tryParseDisplayedImages(file(1, encodeUtf8('BMP')), 'DG7'))).toEqual(['image-type-unknown'])
    expect(codes(tryParseDisplayedImages(der(0x65, integer(1), der(0x5f43, jpeg)), 'DG5'))).toEqual(['! EMRTD_FILE_MALFORMED'])
    expect(codes(tryParseDisplayedImages(file(17, ...Array.from({ length: 17 }, () => jpeg)), 'DG7'))).toEqual([
      '! EMRTD_FILE_MALFORMED',
    ])
  })

  it('DG8: templates raw', () => {
    expect(tryParseFeatures(der(0x68, integer(2), der(0x30, integer(5))), 'DG8')).toMatchObject({
      ok: true,
      value: { count: 2, templates: [{ tag: 0x30, bytes: integer(5) }] },
      findings: [{ code: 'count-differs' }],
    })
    expect(codes(tryParseFeatures(der(0x68, der(0x30)), 'DG8'))).toEqual(['! EMRTD_FILE_MALFORMED'])
    expect(codes(tryParseFeatures(der(0x68, integer(0)), 'DG9'))).toEqual(['! EMRTD_FILE_MALFORMED'])
  })

  it('DG16: counts, tags and contradictions', () => {
    expect(codes(tryParseDg16(der(0x70, integer(2), der(0xa1), der(0xa2))))).toEqual([])
    expect(codes(tryParseDg16(der(0x70, integer(1), der(0xa2))))).toEqual(['template-tag-odd'])
    expect(codes(tryParseDg16(der(0x70, integer(1), der(0x30))))).toEqual(['! EMRTD_FILE_MALFORMED'])
    expect(codes(tryParseDg16(der(0x70, integer(1), der(0xa1, text(0x5f52, '1'), text(0x5f52, '2')))))).toEqual([
      '! EMRTD_FILE_MALFORMED',
    ])
  })
})

describe('EF.ATR/INFO and EF.DIR', () => {
  it('say what the chip can do', () => {
    expect(parseAtrInfo(decodeHex('4301b1460104' + '4703f401e0' + '7f6608020207d002020800'))).toMatchObject({
      cardServiceData: { selectionByFullName: true, directory: true, atrInfo: true, masterFile: false },
      cardCapabilities: { selectionByPath: true, shortFileIdentifiers: true, commandChaining: true, extendedLength: true },
      extendedLength: { maxCommandLength: 2000, maxResponseLength: 2048 },
      preIssuingData: Uint8Array.of(4),
    })
  })

  it('list the applications of Doc 9303-10, table 31', () => {
    const { entries } = parseDirectory(
      decodeHex('61094f07a000000247100161094f07a000000247200161094f07a000000247200261094f07a0000002472003'),
    )
    expect(entries.map(({ application }) => application)).toEqual([
      'lds1',
      'travel-records',
      'visa-records',
      'additional-biometrics',
    ])
  })

  it('may be filled up; other bytes are refused', () => {
    for (const filler of [0, 0xff]) {
      const fill = new Uint8Array(9).fill(filler)
      expect(codes(tryParseAtrInfo(concatBytes(decodeHex('4301b1'), fill)))).toEqual(['file-padded'])
      expect(codes(tryParseDirectory(concatBytes(decodeHex('61094f07a0000002471001'), fill)))).toEqual(['file-padded'])
    }
    for (const bad of ['02101234', '4301b10043', '7f6603020101', '7f660902010102010102010 1'.replace(' ', '')])
      expect(codes(tryParseAtrInfo(decodeHex(bad)))).toEqual(['! EMRTD_FILE_MALFORMED'])
    for (const bad of ['02101234', '6100', '61024f00', '4f07a0000002471001'])
      expect(codes(tryParseDirectory(decodeHex(bad)))).toEqual(['! EMRTD_FILE_MALFORMED'])
    expect(codes(tryParseDirectory(new Uint8Array(5000)))).toEqual(['! EMRTD_FILE_TOO_LARGE'])
    expect(codes(tryParseAtrInfo(concatBytes(...Array.from({ length: 65 }, () => decodeHex('4301b1')))))).toEqual([
      '! EMRTD_FILE_MALFORMED',
    ])
  })
})

describe.skipIf(sharedVectors === undefined)('shared vectors', () => {
  const small =
    sharedVectors === undefined
      ? {}
      : readVectorJson<{ vectors: Record<string, string[]> }>('lds', 'misc_dg', 'small_dg_vectors.json').vectors
  const each = (name: string, parse: (bytes: Uint8Array) => ParseOutcome<unknown, { readonly code: string }>): string[][] =>
    (small[name] ?? []).map((hex) => codes(parse(decodeHex(hex))))

  it('DG11: wrong counts, one name for two, and the forms of CN and BY', () => {
    expect(each('dg11', tryParseDg11)).toEqual([
      ['count-differs'],
      ['count-differs'],
      ['count-differs'],
      ['name-not-wrapped'],
      ['count-differs'],
      ['name-odd'],
      ['list-names-template'],
      [],
      [],
    ])
    expect(parseDg11(decodeHex(small.dg11?.[8] ?? ''))).toMatchObject({
      fullName: { primaryIdentifier: 'SMITH', secondaryIdentifier: 'JOHN J' },
      placeOfBirth: ['ANYTOWN', 'MN'],
      permanentAddress: ['123 MAPLE RD', 'ANYTOWN', 'MN'],
      telephone: '16125551212',
      profession: 'TRAVEL AGENT',
    })
    expect(parseDg11(decodeHex(small.dg11?.[7] ?? '')).otherNames).toHaveLength(2)
    expect(parseDg11(decodeHex(small.dg11?.[6] ?? '')).otherNames).toHaveLength(2)
  })

  it('DG12, DG13 of another state, DG16', () => {
    expect(each('dg12', tryParseDg12)).toEqual([[]])
    expect(each('dg13', tryParseDg13)).toEqual([['! EMRTD_FILE_MALFORMED']])
    expect(each('dg16', tryParseDg16)).toEqual([['name-odd'], ['count-differs'], []])
    expect(parseDg16(decodeHex(small.dg16?.[2] ?? '')).persons).toMatchObject([
      { dateRecorded: '2002-01-01', name: { primaryIdentifier: 'SMITH', secondaryIdentifier: 'CHARLES R' } },
      { dateRecorded: '2002-03-15', telephone: '14155551212' },
    ])
  })

  it('DG7, DG11 and DG12 of a test card', () => {
    const file = (name: string): Uint8Array => readVector('lds', 'misc_dg', `EF_${name}.bin`)
    expect(parseDisplayedImages(file('DG7'), 'DG7').images.map(({ imageType }) => imageType)).toEqual(['jp2'])
    expect(parseDg11(file('DG11'))).toMatchObject({
      fullName: { primaryIdentifier: 'Doe John' },
      otherNames: [{ primaryIdentifier: 'William' }],
      dateOfBirth: '1970-01-01',
      permanentAddress: ['TEST', 'TEST'],
      otherDocumentNumbers: ['123', '123'],
    })
    expect(parseDg12(file('DG12'))).toMatchObject({
      issuingAuthority: 'TEST',
      dateOfIssue: '2024-01-01',
      otherPersons: [{ primaryIdentifier: 'William' }],
      personalisedAt: '2024-01-01T12:30:59',
      personalisationSystem: '123',
    })
    expect(codes(tryParseDg12(file('DG12')))).toEqual(['list-missing'])
  })

  it('every file of the two reference passports', () => {
    const parsers: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
      COM: parseCom,
      DG1: parseDg1,
      DG14: parseDg14,
      DG15: parseDg15,
      SOD: parseSecurityObject,
    }
    let parsed = 0
    for (const folder of ['bsi_tr03105_5_hjp', 'bsi2008_bdr_sha1'])
      for (const name of vectorFiles('lds', folder)) {
        const parse = parsers[name.replace(/^EF_|_not_in_sod|\.bin$/g, '')]
        if (parse === undefined) continue
        expect(parse(readVector('lds', folder, name)), name).toBeDefined()
        parsed++
      }
    // DG2, DG3 and DG4 are those of faces.test.ts.
    expect(parsed).toBe(10)
    expect(parseSecurityInfos(decodeHex('3100'))).toEqual([])
  })
})
