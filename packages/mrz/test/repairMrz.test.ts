import { isCccdError } from '@cccd/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMrz } from '../src/index.js'
import { repairMrz } from '../src/repairMrz.js'

const card = ['IDVNM0900001233001090000123<<4', '9008157M3008155VNM<<<<<<<<<<<0', 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<']
const passport = ['P<VNMNGUYEN<<VAN<KIEM<THU<<<<<<<<<<<<<<<<<<<', 'C1234567<0VNM9902015M3902013001099000001<<84']

function changes(text: string | readonly string[]): string[] {
  return repairMrz(text).findings.map(
    ({ field, data }) => `${field ?? 'length'} ${data?.line}${data?.position ? `:${data.position}` : ''}`,
  )
}

describe('repairMrz', () => {
  it('leaves a good MRZ alone', () => {
    for (const lines of [card, passport]) expect(repairMrz(lines)).toEqual({ lines, findings: [] })
    expect(repairMrz(card.join('')).lines).toEqual(card)
  })

  it('says what it changed: line, position and field, nothing else', () => {
    const repaired = repairMrz(['IDVNMO900001233001O90000123<<4', ...card.slice(1)])
    expect(repaired.lines).toEqual(card)
    expect(repaired.findings).toEqual([
      { code: 'mrz-character-repaired', severity: 'warning', field: 'documentNumber', data: { line: 1, position: 6 } },
      { code: 'mrz-character-repaired', severity: 'warning', field: 'optionalData', data: { line: 1, position: 19 } },
    ])
  })

  it.each([
    ['letters for digits', ['IDVNMO9OOOO1233OO1O9OOOO123<<4', '9OO81S7M3OO81S5VNM<<<<<<<<<<<O', card[2] ?? '']],
    [
      'digits for letters',
      ['IDVNM0900001233001090000123<<4', '9008157M3008155VNM<<<<<<<<<<<D', 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<'],
    ],
    [
      'fillers as K and C',
      ['IDVNM0900001233001090000123KC4', '9008157M3008155VNM<<K<<C<<<<<0', 'NGUYEN<<VAN<THU<<<<<K<<<CKK<<<'],
    ],
    ['fillers lost', ['IDVNM0900001233001090000123<<4', '9008157M3008155VNM<<<<<<<<<0', 'NGUYEN<<VAN<THU<<<<<<<<<<<<']],
    [
      'fillers too many',
      ['IDVNM0900001233001090000123<<4', '9008157M3008155VNM<<<<<<<<<<<<<0', 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<<'],
    ],
    ['blanks and small letters', ['idvnm 0900001233 001090000123 <<4', card[1] ?? '', 'nguyen << van < thu <<<<<<<<<<<<<<<']],
    ['guillemets', [card[0] ?? '', card[1] ?? '', 'NGUYEN«VAN<THU«««««««<']],
    ['I for ID', ['1DVNM0900001233001090000123<<4', card[1] ?? '', card[2] ?? '']],
  ])('undoes %s', (_, lines) => {
    const repaired = repairMrz(lines.join('\n'))
    expect(repaired.lines).toEqual(card)
    expect(parseMrz(repaired.lines).personalNumber).toBe('001090000123')
  })

  it('repairs the letter O in a state and a name', () =>
    expect(repairMrz([card[0] ?? '', card[1] ?? '', 'D0<<VAN<TH0<<<<<<<<<<<<<<<<<<<']).lines[2]).toBe(
      'DO<<VAN<THO<<<<<<<<<<<<<<<<<<<',
    ))

  it('finds the one look-alike that makes a document number right', () => {
    const [first = '', second = ''] = passport
    expect(changes([first, second.replace('C1234567<0', 'CI234567<0')])).toEqual(['documentNumber 2:2'])
    expect(repairMrz([first, second.replace('C1234567<0', 'CI234567<0')]).lines).toEqual(passport)
  })

  it('leaves a wrong digit to the parser', () => {
    const lines = ['IDVNM0900001243001090000123<<4', ...card.slice(1)]
    expect(repairMrz(lines).lines).toEqual(lines)
    expect(() => parseMrz(repairMrz(lines).lines)).toThrow('MRZ_CHECK_DIGIT')
  })

  it('keeps a given name of one letter K', () => {
    const lines = [card[0] ?? '', card[1] ?? '', 'NGUYEN<<K<THU<<<<<<<<<<<<<<<<<']
    expect(repairMrz(lines).lines).toEqual(lines)
  })

  it.each(['', 'hello', 'A\nB\nC', 'X'.repeat(1000), 'https://example.com'])('refuses %j', (text) =>
    expect(() => repairMrz(text)).toThrow('MRZ_FORMAT'),
  )

  it('repairs any single misread character of a card, but for fillers next to a name', () => {
    const misread: Record<string, string> = {
      '0': 'OQD',
      '1': 'IL',
      '2': 'Z',
      '5': 'S',
      '6': 'G',
      '8': 'B',
      O: '0',
      I: '1',
      S: '5',
      '<': 'KC',
    }
    const whole = card.join('')
    const others: string[] = []
    for (let i = 0; i < whole.length; i++)
      for (const wrong of (misread[whole.charAt(i)] ?? '').split('')) {
        const mrz = parseMrz(repairMrz(whole.slice(0, i) + wrong + whole.slice(i + 1)).lines)
        expect([mrz.personalNumber, mrz.dateOfBirth, mrz.dateOfExpiry]).toEqual(['001090000123', '1990-08-15', '2030-08-15'])
        if (mrz.lines.join('') !== whole) others.push(mrz.nameField)
      }
    // What no check digit covers: a filler beside or between names read as a letter.
    expect(others).toHaveLength(10)
    for (const name of others) expect(name).toMatch(/^NGUYEN[KC<]{1,3}VAN[KC<]THU[KC<]{2}/)
  })

  it('gives lines of one format, or a coded error', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'ABK<<<<0O1IVN \n'.split('')), maxLength: 140 })
    const mutated = fc.tuple(fc.nat(91), fc.string({ maxLength: 3 })).map(([i, text]) => {
      const whole = card.join('\n')
      return whole.slice(0, i) + text + whole.slice(i + 1)
    })
    fc.assert(
      fc.property(fc.oneof(noise, mutated), (text) => {
        try {
          const { lines } = repairMrz(text)
          expect(new Set(lines.map((line) => line.length)).size).toBe(1)
          expect(repairMrz(lines).lines).toEqual(lines)
        } catch (error) {
          if (!isCccdError(error, 'MRZ_FORMAT')) throw error
        }
      }),
      { numRuns: 300 },
    )
  })
})
