import { inspect } from 'node:util'
import { decodeUtf8, isCccdError } from '@cccd/core'
import { accessFromCan, accessFromMrz, accessFromQr, mrzInformation } from '@cccd/emrtd'
import { describe, expect, it } from 'vitest'

const qr = { personalNumber: '001090000123', dateOfBirth: '1990-08-15', issueDate: '2021-05-20' }
const mrz = { documentNumber: '090000123', dateOfBirth: '900815', dateOfExpiry: '300815' }

function codeOf(action: () => unknown): string | undefined {
  try {
    action()
  } catch (error) {
    if (isCccdError(error)) return error.code
    throw error
  }
  return undefined
}

describe('accessFromQr', () => {
  it('gives the CAN first, then the computed MRZ key, BAC last', () => {
    expect(accessFromQr(qr)).toEqual([
      { protocol: 'PACE', password: 'CAN', value: '000123' },
      { protocol: 'PACE', password: 'MRZ', ...mrz },
      { protocol: 'BAC', password: 'MRZ', ...mrz },
    ])
  })

  it('gives two MRZ keys where the expiry rule can be read both ways', () => {
    const found = accessFromQr({ ...qr, dateOfBirth: '1996-02-29', issueDate: '2018-01-01' })
    expect(found.map((one) => (one.password === 'MRZ' ? `${one.protocol} ${one.dateOfExpiry}` : one.value))).toEqual([
      '000123',
      'PACE 210228',
      'PACE 210301',
      'BAC 210228',
      'BAC 210301',
    ])
  })

  it('writes no expiry as 991231', () => {
    const [, second] = accessFromQr({ ...qr, dateOfBirth: '1950-01-01' })
    expect(second).toMatchObject({ dateOfBirth: '500101', dateOfExpiry: '991231' })
  })

  it('needs no dates for the CAN', () => {
    expect(accessFromQr({ personalNumber: qr.personalNumber })).toHaveLength(1)
  })

  it('refuses a number that has not twelve digits, without saying it', () => {
    expect(codeOf(() => accessFromQr({ personalNumber: '01234567890' }))).toBe('EMRTD_ACCESS_INPUT')
  })

  it('prints masked', () => {
    expect(inspect(accessFromQr(qr), { depth: 9 })).not.toMatch(/000123|900815/)
  })
})

describe('accessFromCan', () => {
  it('takes six digits', () => {
    expect(accessFromCan('500540')).toEqual([{ protocol: 'PACE', password: 'CAN', value: '500540' }])
    for (const bad of ['50054', '5005401', '50054a', '']) expect(codeOf(() => accessFromCan(bad))).toBe('EMRTD_ACCESS_INPUT')
  })
})

describe('accessFromMrz', () => {
  const lines = ['IDVNM0900001233001090000123<<4', '9008157M3008155VNM<<<<<<<<<<<0', 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<']

  it('takes the lines, one text, or the fields', () => {
    const expected = [
      { protocol: 'PACE', password: 'MRZ', ...mrz },
      { protocol: 'BAC', password: 'MRZ', ...mrz },
    ]
    expect(accessFromMrz(lines)).toEqual(expected)
    expect(accessFromMrz(lines.join('\n'))).toEqual(expected)
    expect(accessFromMrz({ documentNumber: '090000123', dateOfBirth: '1990-08-15', dateOfExpiry: '2030-08-15' })).toEqual(
      expected,
    )
  })

  it('refuses fields that cannot stand in an MRZ', () => {
    const good = { documentNumber: '090000123', dateOfBirth: '1990-08-15', dateOfExpiry: '2030-08-15' }
    expect(codeOf(() => accessFromMrz({ ...good, documentNumber: 'Đ1' }))).toBe('EMRTD_ACCESS_INPUT')
    expect(codeOf(() => accessFromMrz({ ...good, dateOfBirth: 'none' }))).toBe('EMRTD_ACCESS_INPUT')
    expect(codeOf(() => accessFromMrz({ ...good, dateOfExpiry: '15/08/2030' }))).toBe('EMRTD_ACCESS_INPUT')
  })
})

describe('mrzInformation', () => {
  it('fills the number, adds check digits', () => {
    expect(decodeUtf8(mrzInformation({ documentNumber: 'L898902C', dateOfBirth: '690806', dateOfExpiry: '940623' }))).toBe(
      'L898902C<369080619406236',
    )
  })
})
