import { markPersonal } from '@cccd/core'
import type { RandomSource } from '@cccd/crypto'
import { drawDigits, drawInteger, drawOne } from '../random/draw.js'
import { seededRandom } from '../random/seededRandom.js'
import type { Citizen } from './Citizen.js'
import type { TravelDocumentFormat } from './TravelDocument.js'

export interface TravellerOptions {
  readonly format: TravelDocumentFormat
  /** Issuing state and nationality, three letters. */
  readonly state: string
  /** The day that counts as today, `YYYY-MM-DD` (default `2026-01-01`). */
  readonly at?: string
  /** Check digit of the empty optional data of a TD3; when given, there is none. */
  readonly blankCheckDigit?: '<' | '0'
}

/** Words for "example" and "sample", so that nobody takes the holder for a person. */
const surnames = ['BEISPIEL', 'EXEMPLE', 'EXEMPLO', 'MUSTER', 'SPECIMEN', 'ORNEK', 'PARAUGS', 'OBRAZETS', 'DEIGMA']
const givenNames = { male: ['DEMO JOHN', 'DEMO PAUL', 'DEMO ALI'], female: ['DEMO ANNA', 'DEMO MARIA', 'DEMO LEYLA'] } as const

/**
 * A person of another state who does not exist, with a passport or identity card.
 *
 * @param source a number gives the same person everywhere; a random source another one each time
 * @example syntheticTraveller(0, { format: 'TD3', state: 'FRA' }).document?.issuingState // FRA
 */
export function syntheticTraveller(source: number | RandomSource, options: TravellerOptions): Citizen {
  const random = typeof source === 'number' ? seededRandom(`traveller ${options.state} ${source}`) : source
  const { format, state, at = '2026-01-01', blankCheckDigit } = options
  const year = Number(at.slice(0, 4))
  const sex = drawOne(random, ['male', 'female'] as const)
  const primaryIdentifier = drawOne(random, surnames)
  const secondaryIdentifier = drawOne(random, givenNames[sex])
  const issued = year - drawInteger(random, 1, 3)
  const day = `${two(drawInteger(random, 1, 12))}-${two(drawInteger(random, 1, 28))}`
  // Eleven characters on an identity card, as Belgium has them: part of the number goes into the optional data. A passport has nine.
  const digits = format === 'TD1' ? 9 : 7
  const citizen: Citizen = {
    personalNumber: '',
    fullName: `${secondaryIdentifier} ${primaryIdentifier}`,
    sex,
    nationality: state,
    ethnicity: '',
    religion: '',
    placeOfOrigin: '',
    placeOfResidence: '',
    identifyingMarks: '',
    dateOfBirth: `${drawInteger(random, year - 70, year - 20)}-${two(drawInteger(random, 1, 12))}-${two(drawInteger(random, 1, 28))}`,
    dateOfIssue: `${issued}-${day}`,
    dateOfExpiry: `${issued + 10}-${day}`,
    cardCode: '',
    generation: '2021',
    document: {
      format,
      // Germany alone has one letter in MRZs (Doc 9303-3, section 5).
      issuingState: state === 'DEU' ? 'D' : state,
      documentNumber: `XD${drawDigits(random, digits)}`,
      optionalData: format === 'TD3' && blankCheckDigit === undefined ? `DEMO${drawDigits(random, 6)}` : '',
      ...(blankCheckDigit && { blankCheckDigit }),
      primaryIdentifier,
      secondaryIdentifier,
    },
  }
  return markPersonal(citizen, 'Citizen')
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
