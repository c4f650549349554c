import { documentNumberOf, toMrzName } from '@cccd/identity'
import type { Citizen } from './Citizen.js'

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
 * The three lines of the Vietnamese TD1: nine digits of the number as document number, all twelve as optional data, and at the end of
 * line 1 the national check digit over the twelve.
 */
export function mrzLines(citizen: Citizen): [string, string, string] {
  const { personalNumber } = citizen
  const upper = `${withDigit(documentNumberOf(personalNumber))}${personalNumber}<<${checkDigit(personalNumber)}`
  const birth = withDigit(shortDate(citizen.dateOfBirth))
  const expiry = withDigit(shortDate(citizen.dateOfExpiry))
  const sex = citizen.sex === 'male' ? 'M' : 'F'
  const composite = checkDigit(upper + birth + expiry + '<'.repeat(11))
  return [`IDVNM${upper}`, `${birth}${sex}${expiry}VNM${'<'.repeat(11)}${composite}`, toMrzName(citizen.fullName).field]
}

/** What BAC and PACE with the MRZ hash: document number, birth, expiry, each with its check digit (Doc 9303-11, 4.3.2). */
export function mrzInformation([first, second]: readonly string[]): string {
  if (first === undefined || second === undefined) throw new RangeError('lines must be those of a TD1')
  return first.slice(5, 15) + second.slice(0, 7) + second.slice(8, 15)
}
