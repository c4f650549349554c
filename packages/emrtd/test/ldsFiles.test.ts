import { concatBytes, decodeHex, encodeUtf8 } from '@cccd/core'
import { publicKeyOf } from '@cccd/crypto'
import { generateKeyPair } from '@cccd/crypto/default'
import { beforeAll, describe, expect, it } from 'vitest'
import { readVector, readVectorJson, sharedVectors, vectorFiles } from '../../../test-vectors/shared.js'
import {
  imageTypeOf,
  parseCom,
  parseDg1,
  parseDg14,
  parseDg15,
  parseSecurityInfos,
  parseSecurityObject,
  tryParseCom,
  tryParseDg1,
  tryParseDg14,
  tryParseDg15,
  tryParseSecurityObject,
} from '../src/index.js'
import { parseCardSecurity, parseDg2, tryParseCardSecurity, tryParseDg2 } from '../src/lds/index.js'
import {
  cardAccessOf,
  der,
  faceRecord,
  infos,
  integer,
  j2k,
  jp2,
  jpeg,
  makeDg1,
  makeDg2,
  makeDg14,
  makeDg15,
  makeSod,
  octets,
  oid,
  seeded,
  seq,
  type TestIssuer,
  testIssuer,
} from './issuer.js'

type Outcome =
  | { readonly ok: true; readonly findings: readonly { readonly code: string }[] }
  | { readonly ok: false; readonly error: { readonly code: string } }
const codes = (outcome: Outcome): string[] => (outcome.ok ? outcome.findings.map(({ code }) => code) : [outcome.error.code])

describe('EF.COM', () => {
  it('lists versions and data groups', () => {
    const com = parseCom(decodeHex('60185f0104303130375f36063034303030305c0661756b6d6e6f'))
    expect(com).toEqual({
      ldsVersion: '0107',
      unicodeVersion: '040000',
      dataGroups: ['DG1', 'DG2', 'DG11', 'DG13', 'DG14', 'DG15'],
    })
  })

  it('refuses versions of other lengths and a missing list', () => {
    for (const hex of [
      '60155f010530313036305f36063034303030305c026175',
      '60135f0104303130365f360534303030305c026175',
      '60105f0104303130375f3606303430303030',
    ])
      expect(codes(tryParseCom(decodeHex(hex)))).toEqual(['EMRTD_FILE_MALFORMED'])
  })
})

describe('DG1', () => {
  it('holds the Vietnamese TD1', () => {
    expect(parseDg1(makeDg1())).toMatchObject({
      format: 'TD1',
      personalNumber: '001090000123',
      documentNumber: '090000123',
      dateOfExpiry: '2030-08-15',
    })
  })

  it('reports a wrong check digit and refuses what is no MRZ', () => {
    const wrong = makeDg1('IDVNM0900001233001090000123<<59008157M3008155VNM<<<<<<<<<<<0NGUYEN<<VAN<THU<<<<<<<<<<<<<<<')
    expect(codes(tryParseDg1(wrong))).toContain('check-digit-wrong')
    expect(codes(tryParseDg1(makeDg1('HELLO')))).toEqual(['MRZ_FORMAT'])
    expect(codes(tryParseDg1(der(0x61, octets(Uint8Array.of(1)))))).toEqual(['EMRTD_FILE_MALFORMED'])
    expect(codes(tryParseDg1(concatBytes(makeDg1(), Uint8Array.of(0))))).toEqual(['EMRTD_FILE_MALFORMED'])
  })
})

describe('DG2', () => {
  it('tells JPEG, JP2 and a bare codestream by their first bytes', () => {
    for (const [type, image] of [
      ['jpeg', jpeg],
      ['jp2', jp2],
      ['j2k', j2k],
    ] as const) {
      const { faces } = parseDg2(makeDg2(faceRecord(image)))
      expect(faces).toEqual([{ standard: 'ISO/IEC 19794-5', imageType: type, image, width: 240, height: 320 }])
      expect(imageTypeOf(image)).toBe(type)
    }
    expect(imageTypeOf(new Uint8Array())).toBeUndefined()
  })

  it('reads several faces, in one record and in several templates', () => {
    expect(parseDg2(makeDg2(faceRecord(jpeg, jp2), faceRecord(j2k))).faces.map(({ imageType }) => imageType)).toEqual([
      'jpeg',
      'jp2',
      'j2k',
    ])
  })

  it('refuses records that lie about lengths and counts, and images of other kinds', () => {
    const record = faceRecord(jpeg)
    const at = (offset: number, value: number): Uint8Array =>
      Uint8Array.from(record, (byte, index) => (index === offset ? value : byte))
    const bad = [
      at(0, 0),
      at(13, 0),
      at(13, 2),
      at(13, 17),
      at(18, 0xff),
      at(46, 0),
      record.subarray(0, 20),
      concatBytes(faceRecord(jpeg, jpeg), Uint8Array.of(0)),
    ]
    for (const broken of bad) expect(codes(tryParseDg2(makeDg2(broken)))).toEqual(['EMRTD_FACE_MALFORMED'])
  })

  it('takes a wrong length of a record, or of its only face, as a finding: the image ends where the record does', () => {
    const record = faceRecord(jpeg)
    for (const [offset, value, code] of [
      [8, 1, 'dg2-record-length'],
      [11, 0, 'dg2-record-length'],
      [14, 0x7f, 'dg2-face-length'],
      [17, 31, 'dg2-face-length'],
    ] as const) {
      const odd = makeDg2(Uint8Array.from(record, (byte, index) => (index === offset ? value : byte)))
      expect(codes(tryParseDg2(odd))).toEqual([code])
      expect(parseDg2(odd).faces[0].image).toEqual(jpeg)
    }
    // With a second face behind it, a wrong length leaves nothing to go by.
    const two = faceRecord(jpeg, jp2)
    two[17] = 41
    expect(codes(tryParseDg2(makeDg2(two)))).toEqual(['EMRTD_FACE_MALFORMED'])
  })

  it('refuses a template without data and an empty group', () => {
    expect(codes(tryParseDg2(der(0x75, der(0x7f61, integer(0)))))).toEqual(['EMRTD_FACE_MALFORMED'])
    expect(codes(tryParseDg2(der(0x75, der(0x7f61, integer(1), der(0x7f60, der(0xa1))))))).toEqual(['EMRTD_FILE_MALFORMED'])
  })

  it('takes a wrong count or image type of the record as a finding', () => {
    const template = der(0x7f60, der(0xa1), der(0x5f2e, faceRecord(jpeg)))
    expect(codes(tryParseDg2(der(0x75, der(0x7f61, integer(2), template))))).toEqual(['count-differs'])
    const record = faceRecord(jpeg)
    record[14 + 21] = 1
    expect(codes(tryParseDg2(makeDg2(record)))).toEqual(['dg2-image-type-differs'])
  })
})

describe('SecurityInfos', () => {
  it('names what Doc 9303-11 does', () => {
    const list = parseSecurityInfos(
      decodeHex('3134300d060804007f0007020202020101300f060a04007f000702020302020201013012060a04007f0007020204020202010202010d'),
    )
    expect(list).toMatchObject([
      { type: 'terminal-authentication', version: 1 },
      { type: 'chip-authentication', agreement: 'ECDH', cipher: 'AES-128', version: 1 },
      { type: 'pace', mapping: 'GM', agreement: 'ECDH', cipher: 'AES-128', version: 2, parameterId: 13 },
    ])
  })

  it('knows every mapping and cipher, and none that does not exist', () => {
    const typeOf = (suffix: string) => parseSecurityInfos(cardAccessOf(infos.pace(suffix)))[0]
    for (const [arc, mapping, agreement] of [
      [1, 'GM', 'DH'],
      [2, 'GM', 'ECDH'],
      [3, 'IM', 'DH'],
      [4, 'IM', 'ECDH'],
      [6, 'CAM', 'ECDH'],
    ] as const)
      for (const [index, cipher] of (['3DES', 'AES-128', 'AES-192', 'AES-256'] as const).entries())
        expect(typeOf(`${arc}.${index + 1}`)).toMatchObject(
          arc === 6 && index === 0 ? { type: 'unknown' } : { type: 'pace', mapping, agreement, cipher },
        )
    expect(typeOf('5.2')).toMatchObject({ type: 'unknown' })
  })

  it('keeps an odd info as unknown and refuses an odd list', () => {
    const odd = parseSecurityInfos(
      cardAccessOf(seq(oid('2.23.136.1.1.5'), octets(Uint8Array.of(1))), infos.activeAuthentication('0.4.0.127.0.7.1.1.4.1.3')),
    )
    expect(odd.map(({ type }) => type)).toEqual(['unknown', 'active-authentication'])
    expect(() => parseSecurityInfos(der(0x30))).toThrow('EMRTD_SECURITY_INFOS_MALFORMED')
    expect(() => parseSecurityInfos(cardAccessOf(...Array.from({ length: 129 }, () => infos.pace('2.2'))))).toThrow(
      'EMRTD_SECURITY_INFOS_MALFORMED',
    )
    expect(() => parseSecurityInfos(new Uint8Array(70_000))).toThrow('EMRTD_FILE_TOO_LARGE')
  })

  it('takes padding after EF.CardAccess only when told', () => {
    const padded = concatBytes(cardAccessOf(infos.pace('2.2')), new Uint8Array(4))
    expect(() => parseSecurityInfos(padded)).toThrow('EMRTD_SECURITY_INFOS_MALFORMED')
    expect(parseSecurityInfos(padded, { allowTrailing: true })).toHaveLength(1)
  })
})

describe('DG14 and DG15', () => {
  it('hold security infos and one key', async () => {
    const key = publicKeyOf(await generateKeyPair({ type: 'ec', curve: 'P-256' }, seeded(3)))
    expect(parseDg14(makeDg14(infos.chipKey(key, 5))).securityInfos).toMatchObject([
      { type: 'chip-authentication-public-key', keyId: 5 },
    ])
    expect(parseDg15(makeDg15(key)).publicKey).toEqual(key)
  })

  it('are refused when they hold something else', () => {
    expect(codes(tryParseDg14(der(0x6e, octets(Uint8Array.of(1)))))).toEqual(['EMRTD_SECURITY_INFOS_MALFORMED'])
    expect(codes(tryParseDg15(der(0x6f)))).toEqual(['EMRTD_FILE_MALFORMED'])
    expect(codes(tryParseDg15(der(0x6f, seq(), seq())))).toEqual(['EMRTD_FILE_MALFORMED'])
    expect(codes(tryParseDg15(der(0x6f, seq(integer(1)))))).toEqual(['PKI_BAD_PUBLIC_KEY'])
  })
})

describe('EF.SOD', () => {
  let issuer: TestIssuer
  beforeAll(async () => {
    issuer = await testIssuer()
  })

  it('lists hashes, of LDS version 0 and 1', async () => {
    const sod = await makeSod(issuer, { 1: makeDg1(), 13: jpeg }, { version: 1 })
    expect(parseSecurityObject(sod)).toMatchObject({
      version: 1,
      hashAlgorithm: 'sha256',
      ldsVersion: '0108',
      unicodeVersion: '040000',
      problems: [],
    })
    expect(parseSecurityObject(sod).dataGroupHashes.map(({ dataGroup }) => dataGroup)).toEqual([1, 13])
    expect(parseSecurityObject(await makeSod(issuer, { 1: makeDg1() }))).toMatchObject({ version: 0, problems: [] })
  })

  it('records every broken rule of the list', async () => {
    const hash = new Uint8Array(32)
    const sod = await makeSod(
      issuer,
      {},
      {
        entries: [
          [0, hash],
          [1, hash],
          [1, hash],
          [17, hash],
          [2, hash.subarray(1)],
        ],
      },
    )
    expect(parseSecurityObject(sod).problems).toEqual([
      { code: 'number-out-of-range', dataGroup: 0 },
      { code: 'listed-twice', dataGroup: 1 },
      { code: 'number-out-of-range', dataGroup: 17 },
      { code: 'hash-length', dataGroup: 2 },
    ])
    expect(parseSecurityObject(await makeSod(issuer, {}, { entries: [] })).problems).toEqual([{ code: 'no-data-groups' }])
  })

  it('reads the list as plain data (CN) and without the tag of the file, with findings', async () => {
    const sod = await makeSod(issuer, { 1: makeDg1() }, { contentType: '1.2.840.113549.1.7.1' })
    expect(codes(tryParseSecurityObject(sod))).toEqual(['sod-content-type'])
    const bare = (await makeSod(issuer, { 1: makeDg1() })).subarray(4)
    expect(codes(tryParseSecurityObject(bare))).toEqual(['sod-without-tag'])
  })

  it('refuses other content', async () => {
    const sod = await makeSod(issuer, { 1: makeDg1() }, { contentType: '2.23.136.1.1.2' })
    expect(codes(tryParseSecurityObject(sod))).toEqual(['EMRTD_SOD_MALFORMED'])
    expect(codes(tryParseSecurityObject(encodeUtf8('SOD')))).toEqual(['EMRTD_SOD_MALFORMED'])
    expect(codes(tryParseSecurityObject(new Uint8Array(200_000)))).toEqual(['EMRTD_FILE_TOO_LARGE'])
  })
})

describe.skipIf(sharedVectors === undefined)('shared vectors', () => {
  const small =
    sharedVectors === undefined
      ? {}
      : readVectorJson<{ vectors: Record<string, string[]> }>('lds', 'misc_dg', 'small_dg_vectors.json').vectors

  it('small data groups: good ones parse, broken ones are coded', () => {
    expect((small.com ?? []).map((hex) => codes(tryParseCom(decodeHex(hex))))).toEqual([
      ['EMRTD_FILE_MALFORMED'],
      [],
      ['EMRTD_FILE_MALFORMED'],
      ['com-unknown-tag'],
    ])
    const lists = (small.card_access ?? []).map((hex) => {
      try {
        return parseSecurityInfos(decodeHex(hex)).length
      } catch (error) {
        expect(error).toMatchObject({ code: 'EMRTD_SECURITY_INFOS_MALFORMED' })
        return 'malformed'
      }
    })
    // Seven hold an element that is longer than what holds it.
    expect(lists).toHaveLength(20)
    expect(lists.filter((length) => length === 'malformed')).toHaveLength(7)
    expect((small.dg14_AT_MY_etc ?? []).map((hex) => parseDg14(decodeHex(hex)).securityInfos.length)).toEqual([3, 4, 5])
    expect((small.dg15 ?? []).map((hex) => parseDg15(decodeHex(hex)).publicKey.type)).toEqual(['rsa'])
    expect(parseDg14(readVector('lds', 'misc_dg', 'spec_sample_encoded_dg14.bin')).securityInfos.length).toBeGreaterThan(1)
  })

  it('EF.CardAccess and EF.CardSecurity of test cards parse', () => {
    const { files } = readVectorJson<{ files: Record<string, string> }>('tr03110', 'cardaccess_cardsecurity_samples.json')
    for (const [name, hex] of Object.entries(files)) {
      const bytes = decodeHex(hex)
      // One ends in padding.
      if (/cardaccess/i.test(name)) expect(parseSecurityInfos(bytes, { allowTrailing: true }).length, name).toBeGreaterThan(2)
      if (/cardsecurity/i.test(name)) expect(parseCardSecurity(bytes).securityInfos.length, name).toBeGreaterThan(2)
    }
    for (const file of vectorFiles('sod', 'cardsecurity'))
      if (!file.includes('mutated')) expect(tryParseCardSecurity(readVector('sod', 'cardsecurity', file)).ok, file).toBe(true)
  })
})
