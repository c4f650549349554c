import { encodeHex, markPersonal } from '@cccd/core'
import type { RandomSource } from '@cccd/crypto'
import { expiryCandidates, provinces, type Sex } from '@cccd/identity'
import { drawDigits, drawInteger, drawOne } from '../random/draw.js'
import { seededRandom } from '../random/seededRandom.js'
import type { CardGeneration, Citizen } from './Citizen.js'
import * as words from './vocabulary.js'

export interface CitizenOptions {
  /** The day that counts as today, `YYYY-MM-DD` (default `2026-01-01`): the card was issued before and expires years later. */
  readonly at?: string
  /** Of which law the card is (default: whichever the person drawn has). */
  readonly generation?: CardGeneration
}

/** What the first numbered citizens are there to show; later ones are left to chance. */
const wanted: readonly ((citizen: Citizen) => boolean)[] = [
  ({ dateOfExpiry, generation }) => dateOfExpiry !== 'none' && generation === '2021',
  ({ fullName }) => /^Đ/.test(fullName),
  ({ fullName }) => fullName.length > 30,
  ({ dateOfExpiry }) => dateOfExpiry === 'none',
  ({ generation, sex }) => generation === '2024' && sex === 'female',
  ({ dateOfBirth }) => dateOfBirth >= '2000',
  ({ previousIdNumber, spouseName }) => previousIdNumber !== undefined && spouseName !== undefined,
  ({ fatherName, motherName }) => fatherName === undefined && motherName !== undefined,
]

/**
 * A person who does not exist, all of whose data agree: number with province, century, sex and year; dates with the expiry rule;
 * names and places that read as examples and still use every Vietnamese letter.
 *
 * @param source a number gives the same person everywhere; a random source another one each time
 * @throws RangeError for a number that is negative or not whole
 * @example
 * syntheticCitizen(1).fullName // begins with Đ
 */
export function syntheticCitizen(source: number | RandomSource, options: CitizenOptions = {}): Citizen {
  const at = options.at ?? '2026-01-01'
  if (!/^\d{4}-\d\d-\d\d$/.test(at)) throw new RangeError('at must be YYYY-MM-DD')
  const { generation } = options
  const isOf = (citizen: Citizen): boolean => generation === undefined || citizen.generation === generation
  if (typeof source !== 'number')
    for (;;) {
      const citizen = draw(source, at)
      if (isOf(citizen)) return markPersonal(citizen, 'Citizen')
    }
  if (!Number.isInteger(source) || source < 0) throw new RangeError('source must be a whole number')
  const random = seededRandom(`citizen ${source}`)
  // What a number is there to show and the law that was asked for may exclude each other.
  const suits = generation === undefined ? (wanted[source] ?? (() => true)) : isOf
  for (;;) {
    const citizen = draw(random, at)
    if (suits(citizen)) return markPersonal(citizen, 'Citizen')
  }
}

function draw(random: RandomSource, at: string): Citizen {
  const year = Number(at.slice(0, 4))
  for (;;) {
    const dateOfIssue = drawDate(random, Math.max(2021, year - 4), year - 1)
    const dateOfBirth = drawDate(random, year - 75, year - 16)
    const candidates = expiryCandidates({ dateOfBirth, issueDate: dateOfIssue })
    const [{ dateOfExpiry } = { dateOfExpiry: '' }] = candidates
    // A card that lasts for years, of a person whose expiry is beyond doubt and who was old enough for one.
    const lasts = dateOfExpiry === 'none' || Number(dateOfExpiry.slice(0, 4)) >= year + 8
    if (candidates.length === 1 && lasts && Number(dateOfIssue.slice(0, 4)) - Number(dateOfBirth.slice(0, 4)) > 14)
      return person(random, { dateOfBirth, dateOfIssue, dateOfExpiry })
  }
}

function person(random: RandomSource, dates: Pick<Citizen, 'dateOfBirth' | 'dateOfIssue' | 'dateOfExpiry'>): Citizen {
  const sex: Sex = drawOne(random, ['male', 'female'] as const)
  const province = drawOne(random, provinces('legacy-63'))
  const residence = drawOne(random, provinces('legacy-63'))
  const born = dates.dateOfBirth.slice(0, 4)
  const generation = 2 * (Number(born.slice(0, 2)) - 19) + (sex === 'female' ? 1 : 0)
  const adult = Number(dates.dateOfIssue.slice(0, 4)) - Number(born) > 22
  const maybe = <Value extends object>(share: number, value: () => Value): Value | Record<never, never> =>
    drawInteger(random, 1, 100) <= share ? value() : {}
  const spouseSex = sex === 'male' ? 'female' : 'male'
  return {
    personalNumber: `${province.code}${generation}${born.slice(2)}${drawDigits(random, 6)}`,
    ...maybe(adult ? 60 : 0, () => ({ previousIdNumber: drawDigits(random, 9) })),
    fullName: name(random, sex),
    sex,
    nationality: 'Việt Nam',
    ethnicity: drawOne(random, words.ethnicities),
    religion: drawOne(random, words.religions),
    placeOfOrigin: place(random, province.name),
    placeOfResidence: `${drawOne(random, words.hamlets)}, ${place(random, residence.name)}`,
    identifyingMarks: drawOne(random, words.identifyingMarks),
    ...dates,
    ...maybe(90, () => ({ fatherName: shortName(random, 'male') })),
    ...maybe(95, () => ({ motherName: shortName(random, 'female') })),
    ...maybe(adult ? 60 : 0, () => ({ spouseName: shortName(random, spouseSex) })),
    cardCode: encodeHex(random(8)).toUpperCase(),
    generation: dates.dateOfIssue < '2024-07-01' ? '2021' : '2024',
  }
}

function name(random: RandomSource, sex: Sex): string {
  return drawInteger(random, 1, 10) === 1 ? words.longNames[sex] : shortName(random, sex)
}

function shortName(random: RandomSource, sex: Sex): string {
  const middle = drawOne(random, sex === 'male' ? words.maleMiddleNames : words.femaleMiddleNames)
  return `${drawOne(random, words.surnames)} ${middle} ${drawOne(random, words.givenNames)}`
}

function place(random: RandomSource, province: string): string {
  return `${drawOne(random, words.communes)}, ${drawOne(random, words.districts)}, ${province}`
}

function drawDate(random: RandomSource, firstYear: number, lastYear: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${drawInteger(random, firstYear, lastYear)}-${two(drawInteger(random, 1, 12))}-${two(drawInteger(random, 1, 28))}`
}
