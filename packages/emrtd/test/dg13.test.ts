import { inspect } from 'node:util'
import { decodeHex, decodeJson, encodeJson } from '@cccd/core'
import { describe, expect, it } from 'vitest'
import { readVectorJson, sharedVectors } from '../../../test-vectors/shared.js'
import { parseDg13, tryParseDg13 } from '../src/index.js'
import { der, makeDg13, octets, printable, seq, utf8 } from './issuer.js'

const codes = (bytes: Uint8Array): string[] => {
  const outcome = tryParseDg13(bytes)
  return outcome.ok ? outcome.findings.map(({ code, field }) => `${code} ${field}`) : [outcome.error.code]
}

/** Written by hand from the known layout; `openssl asn1parse` reads it. */
const synthetic =
  '6d82019f3082019b020101060628d3160100083182018c3011020101130c30303130393030303031323330180201020c134e677579e1bb856e2056c4836e205468e1bbad300f020103130a31352f30382f3139393030080201040c034e616d300f0201050c0a5669e1bb8774204e616d30090201060c044b696e68300b0201070c064b68c3b46e6730280201080c2358c3a3204de1baab752c20487579e1bb876e204de1baab752c2048c3a0204ee1bb996930410201090c3c53e1bb912031205068e1bb91204de1baab752c205068c6b0e1bb9d6e67204de1baab752c205175e1baad6e204de1baab752c2048c3a0204ee1bb9969302f02010a0c2a53e1bab96f206368e1baa56d20432031636d207472c3aa6e20c49175c3b469206dc3a079207472c3a169300f02010b130a32302f30352f32303231300f02010c0c0a31352f30382f32303330302d02010d30130c114e677579e1bb856e2056c4836e2043686130130c115472e1baa76e205468e1bb8b204de1bab9300302010e300e02010f13093031323334353637383015020110131030313233343536373839414243444546'

describe('parseDg13', () => {
  it('reads the card as its bytes are known', () => {
    expect(parseDg13(makeDg13())).toMatchObject({
      version: 1,
      encodingOid: '1.0.10646.1.0.8',
      personalNumber: '001090000123',
      fullName: 'Nguyễn Văn Thử',
      dateOfBirth: '1990-08-15',
      sex: 'male',
      nationality: 'Việt Nam',
      ethnicity: 'Kinh',
      religion: 'Không',
      placeOfOrigin: 'Xã Mẫu, Huyện Mẫu, Hà Nội',
      placeOfResidence: 'Số 1 Phố Mẫu, Phường Mẫu, Quận Mẫu, Hà Nội',
      identifyingMarks: 'Sẹo chấm C:1cm trên đuôi mày trái',
      dateOfIssue: '2021-05-20',
      dateOfExpiry: '2030-08-15',
      fatherName: 'Nguyễn Văn Cha',
      motherName: 'Trần Thị Mẹ',
      previousIdNumber: '012345678',
    })
    expect(codes(makeDg13())).toEqual([])
  })

  it('records the string type of every value', () => {
    const types = Object.fromEntries(parseDg13(makeDg13()).fields.map(({ id, values }) => [id, values.map(({ type }) => type)]))
    expect(types).toMatchObject({
      1: ['PrintableString'],
      2: ['UTF8String'],
      13: ['UTF8String', 'UTF8String'],
      14: [],
      16: ['PrintableString'],
    })
  })

  it('reads the printed sample', () => {
    expect(parseDg13(decodeHex(synthetic))).toMatchObject({
      fullName: 'Nguyễn Văn Thử',
      motherName: 'Trần Thị Mẹ',
      dateOfExpiry: '2030-08-15',
    })
    expect(codes(decodeHex(synthetic))).toEqual([])
    expect(codes(decodeHex(synthetic.slice(0, -2)))).toEqual(['EMRTD_FILE_MALFORMED'])
  })

  it('prints masked and survives cloning and JSON', () => {
    const value = parseDg13(makeDg13())
    expect(inspect(value)).not.toMatch(/Nguyễn|001090000123/)
    expect(structuredClone(value)).toEqual(value)
    expect(decodeJson(encodeJson(value))).toEqual(value)
  })

  it('reads the parents in two sequences or in one, and keeps the place of one who is missing', () => {
    const [father, mother] = [utf8('Nguyễn Văn Cha'), utf8('Trần Thị Mẹ')]
    for (const values of [[seq(father), seq(mother)], [seq(father, mother)], [seq(seq(father), seq(mother))], [father, mother]])
      expect(parseDg13(makeDg13({ 13: values }))).toMatchObject({ fatherName: 'Nguyễn Văn Cha', motherName: 'Trần Thị Mẹ' })
    const motherOnly = parseDg13(makeDg13({ 13: [seq(), seq(mother)] }))
    expect(motherOnly.motherName).toBe('Trần Thị Mẹ')
    expect(motherOnly.fatherName).toBeUndefined()
    expect(codes(makeDg13({ 13: [seq(father)] }))).toEqual(['dg13-one-parent DG13.13'])
    expect(codes(makeDg13({ 13: [father, mother, father] }))).toEqual(['dg13-odd-value DG13.13'])
    expect(codes(makeDg13({ 13: [] }))).toEqual([])
  })

  it('takes an empty, absent or present spouse', () => {
    expect(parseDg13(makeDg13({ 14: undefined })).spouseName).toBeUndefined()
    expect(parseDg13(makeDg13({ 14: [seq()] })).spouseName).toBeUndefined()
    expect(parseDg13(makeDg13({ 14: [seq(utf8('Lê Thị Vợ'))] })).spouseName).toBe('Lê Thị Vợ')
  })

  it('finds the former number in 15, else in 16 when it has nine digits', () => {
    expect(parseDg13(makeDg13({ 15: undefined })).previousIdNumber).toBeUndefined()
    const in16 = makeDg13({ 15: [], 16: [printable('012345678')] })
    expect(parseDg13(in16).previousIdNumber).toBe('012345678')
    expect(codes(in16)).toEqual(['dg13-previous-id-in-16 DG13.16'])
    expect(parseDg13(makeDg13({ 16: [printable('999999999')] })).previousIdNumber).toBe('012345678')
    expect(codes(makeDg13({ 15: [printable('12345')] }))).toEqual(['dg13-odd-value DG13.15'])
  })

  it('reads dates in the forms that are known and leaves out the others', () => {
    const forms = {
      '15/08/1990': '1990-08-15',
      '1990-08-15': '1990-08-15',
      '15081990': '1990-08-15',
      '19900815': '1990-08-15',
      '1950': '1950',
      '00/00/1950': '1950',
    }
    for (const [text, date] of Object.entries(forms)) expect(parseDg13(makeDg13({ 3: [printable(text)] })).dateOfBirth).toBe(date)
    for (const text of ['31/02/1990', '1990-13-01', 'nam 1990', '199008155', '20219901']) {
      expect(parseDg13(makeDg13({ 3: [printable(text)] })).dateOfBirth).toBeUndefined()
      expect(codes(makeDg13({ 3: [printable(text)] }))).toEqual(['dg13-odd-value DG13.3'])
    }
  })

  it('knows a card without expiry in any Unicode form', () => {
    for (const text of ['Không thời hạn', 'KHÔNG THỜI HẠN', ' không  xác định thời hạn '])
      for (const form of ['NFC', 'NFD'] as const)
        expect(parseDg13(makeDg13({ 12: [utf8(text.normalize(form))] })).dateOfExpiry).toBe('none')
  })

  it('gives NFC and says where the card has not', () => {
    const bytes = makeDg13({ 2: [utf8('Nguyễn Văn Thử'.normalize('NFD'))] })
    expect(parseDg13(bytes).fullName).toBe('Nguyễn Văn Thử')
    expect(codes(bytes)).toEqual(['dg13-not-nfc DG13.2'])
  })

  it('reads UTF-8 under a type for ASCII, and keeps what is no string', () => {
    expect(parseDg13(makeDg13({ 2: [der(0x13, utf8('Thử').subarray(2))] })).fullName).toBe('Thử')
    expect(codes(makeDg13({ 2: [der(0x13, utf8('Thử').subarray(2))] }))).toEqual(['dg13-string-type DG13.2'])
    const opaque = makeDg13({ 6: [octets(Uint8Array.of(0xff, 0xfe))] })
    expect(parseDg13(opaque).fields.find(({ id }) => id === 6)?.values).toEqual([
      { type: 'tag 4', bytes: Uint8Array.of(0xff, 0xfe) },
    ])
    expect(parseDg13(opaque).ethnicity).toBeUndefined()
    expect(codes(opaque)).toEqual(['dg13-not-a-string DG13.6'])
  })

  it('reports an odd number or sex and leaves it out', () => {
    expect(codes(makeDg13({ 1: [printable('01090000123')], 4: [utf8('X')] }))).toEqual([
      'dg13-odd-value DG13.1',
      'dg13-odd-value DG13.4',
    ])
    expect(parseDg13(makeDg13({ 4: [utf8('nữ')] })).sex).toBe('female')
  })

  it('keeps unknown fields, takes a field that stands twice alike, refuses one that differs', () => {
    const extra = makeDg13({ 40: [utf8('mới')] })
    expect(parseDg13(extra).fields.at(-1)).toEqual({ id: 40, values: [{ type: 'UTF8String', text: 'mới' }] })
    expect(codes(extra)).toEqual(['dg13-unknown-field DG13.40'])
  })

  it('reads an address over 127 bytes', () => {
    const address = 'Ấp Mẫu, '.repeat(40).trim()
    expect(parseDg13(makeDg13({ 9: [utf8(address)] })).placeOfResidence).toBe(address)
  })

  it('refuses another DG13, bytes after it and text that is no UTF-8', () => {
    const trailing = Uint8Array.of(...makeDg13(), 0)
    for (const bytes of [
      decodeHex('6d0a01234567890123456789'),
      trailing,
      makeDg13({ 2: [der(0x0c, Uint8Array.of(0xe1, 0xbb))] }),
      makeDg13({}, 0x04),
    ])
      expect(codes(bytes)).toEqual(['EMRTD_FILE_MALFORMED'])
    expect(codes(new Uint8Array(200_000))).toEqual(['EMRTD_FILE_TOO_LARGE'])
  })
})

describe.skipIf(sharedVectors === undefined)('12 variants of DG13', () => {
  type Vectors = {
    readonly dg13: Readonly<Record<string, { readonly hex: string; readonly expect: 'valid' | 'invalid' | 'policy' }>>
  }
  const { dg13 } = sharedVectors === undefined ? { dg13: {} } : readVectorJson<Vectors>('vn', 'dg13_vectors.json')
  /** Policy: SEQUENCE for SET is read with a finding; padding after the file and a list without a frame are refused. */
  const policy: Readonly<Record<string, boolean>> = { not_set: true, trailing_zero: false, flat_no_header: false }

  it('are all there', () => {
    expect(Object.keys(dg13)).toHaveLength(12)
  })

  it.each(Object.entries(dg13))('%s', (name, vector) => {
    const outcome = tryParseDg13(decodeHex(vector.hex))
    expect(outcome.ok).toBe(vector.expect === 'policy' ? policy[name] : vector.expect === 'valid')
    if (outcome.ok) expect(outcome.value.personalNumber).toMatch(/^\d{12}$/)
    else expect(outcome.error.code).toBe('EMRTD_FILE_MALFORMED')
  })

  it('give the fields that they describe', () => {
    const read = (name: string) => parseDg13(decodeHex(dg13[name]?.hex ?? ''))
    expect(read('utf8_full')).toMatchObject({
      spouseName: 'LÊ VĂN CHỒNG MẪU',
      previousIdNumber: '012345678',
      motherName: 'NGUYỄN THỊ MẸ MẪU',
    })
    expect(read('no_parents')).not.toHaveProperty('fatherName')
    expect(read('no_spouse_no_old')).not.toHaveProperty('previousIdNumber')
    expect(read('unknown_field_40').fields.map(({ id }) => id)).toEqual([1, 40])
  })
})
