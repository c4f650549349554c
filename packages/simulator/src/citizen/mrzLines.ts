import { documentNumberOf, mrzNameField, toMrzName } from '@cccd/identity'
import type { Citizen } from './Citizen.js'
import type { TravelDocument } from './TravelDocument.js'

/** Check digit of Doc 9303-3, 4.9: weights 7 3 1, letters from 10. */
export function checkDigit(text: string): string {
  let sum = 0
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i)
    const value = character === '<' ? 0 : Number.parseInt(character, 36)
    sum += value * ([7, 3, 1][i % 3] as number)
  }
  return String(sum % 10)
}

function withDigit(text: string): string {
  return text + checkDigit(text)
}

/** A date as YYMMDD; a card without expiry has 991231 (two public samples). */
function shortDate(date: string): string {
  return date === 'none' ? '991231' : date.slice(2).replaceAll('-', '')
}

/**
 * The lines of the card's MRZ. The Vietnamese TD1: nine digits of the number as document number, all twelve as optional data, and at the
 * end of line 1 the national check digit over the twelve; other states' as Doc 9303-4 to -6 have them.
 */
export function mrzLines(citizen: Citizen): [string, string, ...string[]] {
  return citizen.document === undefined ? vietnameseLines(citizen) : documentLines(citizen, citizen.document)
}

function vietnameseLines(citizen: Citizen): [string, string, string] {
  const { personalNumber } = citizen
  const upper = `${withDigit(documentNumberOf(personalNumber))}${personalNumber}<<${checkDigit(personalNumber)}`
  const birth = withDigit(shortDate(citizen.dateOfBirth))
  const expiry = withDigit(shortDate(citizen.dateOfExpiry))
  const sex = citizen.sex === 'male' ? 'M' : 'F'
  const composite = checkDigit(upper + birth + expiry + '<'.repeat(11))
  return [`IDVNM${upper}`, `${birth}${sex}${expiry}VNM${'<'.repeat(11)}${composite}`, toMrzName(citizen.fullName).field]
}

function documentLines(citizen: Citizen, document: TravelDocument): [string, string, ...string[]] {
  const { format, issuingState, documentNumber, optionalData, primaryIdentifier, secondaryIdentifier } = document
  const birth = withDigit(shortDate(citizen.dateOfBirth))
  const expiry = withDigit(shortDate(citizen.dateOfExpiry))
  const sex = citizen.sex === 'male' ? 'M' : 'F'
  const state = issuingState.padEnd(3, '<')
  const head = (code: string): string => code.padEnd(2, '<') + state
  const name = (width: number): string => mrzNameField(primaryIdentifier, secondaryIdentifier, width)
  const numbered = numberFields(document)
  if (format === 'TD1') {
    const upper = numbered.number + (numbered.rest + optionalData).padEnd(15, '<')
    const composite = checkDigit(upper + birth + expiry + '<'.repeat(11))
    return [head('I') + upper, birth + sex + expiry + state + '<'.repeat(11) + composite, name(30)]
  }
  if (format === 'TD2') {
    const optional = (numbered.rest + optionalData).padEnd(7, '<')
    const composite = checkDigit(numbered.number + birth + expiry + optional)
    return [head('I') + name(31), numbered.number + state + birth + sex + expiry + optional + composite]
  }
  const digit = optionalData === '' ? (document.blankCheckDigit ?? '0') : checkDigit(optionalData.padEnd(14, '<'))
  const optional = optionalData.padEnd(14, '<') + digit
  const number = withDigit(documentNumber.padEnd(9, '<'))
  const composite = checkDigit(number + birth + expiry + optional)
  return [head('P') + name(39), number + state + birth + sex + expiry + optional + composite]
}

/** The document number with its check digit, and what of a long one goes into the optional data (Doc 9303-5, 4.2.2, note j). */
function numberFields({ documentNumber }: TravelDocument): { readonly number: string; readonly rest: string } {
  if (documentNumber.length <= 9) return { number: withDigit(documentNumber.padEnd(9, '<')), rest: '' }
  return { number: `${documentNumber.slice(0, 9)}<`, rest: `${documentNumber.slice(9)}${checkDigit(documentNumber)}<` }
}

/**
 * What BAC and PACE with the MRZ hash: document number, birth, expiry, each with its check digit (Doc 9303-11, 4.3.2); a long document
 * number whole.
 * @throws RangeError for lines that are no TD1, TD2 or TD3
 */
export function mrzInformation(lines: readonly string[]): string {
  const [first = '', second = ''] = lines
  const length = 100 * lines.length + first.length
  if (length === 330) return documentNumberIn(first.slice(5, 15), first.slice(15)) + second.slice(0, 7) + second.slice(8, 15)
  if (length !== 236 && length !== 244) throw new RangeError('lines must be those of a TD1, TD2 or TD3')
  const optional = length === 236 ? second.slice(28, 35) : ''
  return documentNumberIn(second.slice(0, 10), optional) + second.slice(13, 20) + second.slice(21, 28)
}

function documentNumberIn(field: string, optional: string): string {
  // A filler in place of the check digit: the number goes on in the optional data, with its check digit last.
  if (!field.endsWith('<')) return field
  return field.slice(0, 9) + (optional.split('<')[0] ?? '')
}
