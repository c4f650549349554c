import { parseDg13 } from '@cccd/emrtd'
import { expiryCandidates, legacyProvince, parsePersonalNumber, personalNumberFindings } from '@cccd/identity'
import { parseMrz } from '@cccd/mrz'
import { parseQr } from '@cccd/qr'
import { decodeQrImage } from '@cccd/qr/image'
import { dg13, mrzInformation, mrzLines, qrImage, qrPayload, seededRandom, syntheticCitizen } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'

const random = seededRandom('many citizens')
const citizens = [
  ...Array.from({ length: 60 }, (_, index) => syntheticCitizen(index)),
  ...Array.from({ length: 240 }, () => syntheticCitizen(random)),
]

describe('synthetic citizens', () => {
  it('have a number that fits province, century, sex and year, and an expiry that the rule gives', () => {
    for (const citizen of citizens) {
      const number = parsePersonalNumber(citizen.personalNumber)
      expect(personalNumberFindings(number, citizen).filter(({ severity }) => severity !== 'info')).toEqual([])
      expect(citizen.placeOfOrigin.endsWith(legacyProvince(citizen.personalNumber.slice(0, 3))?.name ?? '?')).toBe(true)
      const candidates = expiryCandidates({ dateOfBirth: citizen.dateOfBirth, issueDate: citizen.dateOfIssue })
      expect(candidates.map(({ dateOfExpiry }) => dateOfExpiry)).toEqual([citizen.dateOfExpiry])
    }
  })

  it('say the same in QR, MRZ and DG13', () => {
    for (const citizen of citizens) {
      const qr = parseQr(qrPayload(citizen))
      const mrz = parseMrz(mrzLines(citizen))
      const details = parseDg13(dg13(citizen))
      expect(qr).toMatchObject({
        personalNumber: citizen.personalNumber,
        fullName: citizen.fullName,
        dateOfBirth: citizen.dateOfBirth,
        sex: citizen.sex,
        placeOfResidence: citizen.placeOfResidence,
        issueDate: citizen.dateOfIssue,
        unknownFields: citizen.generation === '2024' ? ['', '', '', ''] : [],
        findings: [],
      })
      expect(mrz).toMatchObject({
        personalNumber: citizen.personalNumber,
        documentNumber: citizen.personalNumber.slice(3),
        dateOfBirth: citizen.dateOfBirth,
        dateOfExpiry: citizen.dateOfExpiry,
      })
      const { generation: _generation, cardCode, ...printed } = citizen
      expect(details).toMatchObject(printed)
      expect(details.fields.at(-1)?.values).toEqual([{ type: 'PrintableString', text: cardCode }])
      expect(details.fields.map(({ id }) => id)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1))
      expect(mrzInformation(mrzLines(citizen))).toHaveLength(24)
    }
  })

  it('show every kind among the first eight, and are the same everywhere', () => {
    const first = citizens.slice(0, 8)
    expect(first.some(({ fullName }) => fullName.startsWith('Đ'))).toBe(true)
    expect(first.some(({ fullName }) => fullName.length > 30)).toBe(true)
    expect(first.some(({ dateOfExpiry }) => dateOfExpiry === 'none')).toBe(true)
    expect(first.some(({ generation }) => generation === '2024')).toBe(true)
    expect(first.some(({ dateOfBirth }) => dateOfBirth >= '2000')).toBe(true)
    expect(syntheticCitizen(3)).toEqual(first[3])
    expect(new Set(citizens.map(({ personalNumber }) => personalNumber)).size).toBe(citizens.length)
  })

  it('match the layouts that are known', () => {
    const thu = {
      ...syntheticCitizen(0),
      personalNumber: '001090000123',
      fullName: 'Nguyễn Văn Thử',
      dateOfBirth: '1990-08-15',
      dateOfExpiry: '2030-08-15',
      sex: 'male',
    } as const
    expect(mrzLines(thu)).toEqual([
      'IDVNM0900001233001090000123<<4',
      '9008157M3008155VNM<<<<<<<<<<<0',
      'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<',
    ])
    const unlimited = { ...thu, personalNumber: '001060000123', dateOfBirth: '1960-01-01', dateOfExpiry: 'none' }
    expect(mrzLines(unlimited).slice(0, 2)).toEqual(['IDVNM0600001234001060000123<<5', '6001010M9912315VNM<<<<<<<<<<<0'])
  })

  it('have a QR image that scans', async () => {
    for (const citizen of citizens.slice(0, 6)) {
      const payload = qrPayload(citizen)
      const { bytes } = await decodeQrImage(qrImage(payload))
      expect(parseQr(bytes).personalNumber).toBe(citizen.personalNumber)
    }
  })

  it('refuse what is no source', () => {
    expect(() => syntheticCitizen(-1)).toThrow(RangeError)
    expect(() => syntheticCitizen(0, { at: 'now' })).toThrow(RangeError)
    expect(() => qrImage('x', { scale: 0 })).toThrow(RangeError)
  })
})
