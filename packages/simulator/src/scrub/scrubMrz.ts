import { type MrzNameLength, toMrzName } from '@cccd/identity'
import { checkDigit } from '@cccd/mrz'
import type { Disguise } from './Disguise.js'
import { demoMrzName } from './demoText.js'

interface Layout {
  readonly documentNumber: number
  readonly optional: readonly [number, number]
  readonly birth: number
  readonly expiry: number
  readonly name: readonly [number, number]
  readonly nameLength: MrzNameLength
  /** What the composite check digit covers, and where it stands. */
  readonly composite: readonly (readonly [number, number])[]
  readonly compositeAt: number
  /** Check digit of the optional data, on passports. */
  readonly optionalDigit?: number
}

/** Doc 9303-4, 4.2.2; 9303-5, 4.2.2; 9303-6, 4.2.2: lines one after the other, from 0. */
const layouts: Readonly<Record<number, Layout>> = {
  90: {
    ...{ documentNumber: 5, optional: [15, 30], birth: 30, expiry: 38, name: [60, 90], nameLength: 30, compositeAt: 59 },
    composite: [
      [5, 30],
      [30, 37],
      [38, 45],
      [48, 59],
    ],
  },
  88: {
    ...{
      documentNumber: 44,
      optional: [72, 86],
      birth: 57,
      expiry: 65,
      name: [5, 44],
      nameLength: 39,
      compositeAt: 87,
      optionalDigit: 86,
    },
    composite: [
      [44, 54],
      [57, 64],
      [65, 87],
    ],
  },
  72: {
    ...{ documentNumber: 36, optional: [64, 71], birth: 49, expiry: 57, name: [5, 36], nameLength: 31, compositeAt: 71 },
    composite: [
      [36, 46],
      [49, 56],
      [57, 71],
    ],
  },
}

/**
 * The machine readable zone of another person in the same form: state, type and sex stay, check digits that were right are right
 * again. Undefined for a zone of no known form.
 *
 * @param fullName of the substitute, where another file names it
 */
export function scrubMrz(zone: string, disguise: Disguise, fullName?: string): string | undefined {
  const layout = layouts[zone.length]
  if (layout === undefined || !/^[0-9A-Z<]+$/.test(zone)) return undefined
  const out = zone.split('')
  const put = (at: number, text: string): void => void out.splice(at, text.length, ...text.split(''))
  const before = (from: number, to: number): string => zone.slice(from, to)
  const digit = (at: number, covered: (text: string[]) => string): void => {
    if (!/\d/.test(zone[at] as string)) return
    put(at, likeBefore(checkDigit(covered(out)), checkDigit(covered(zone.split(''))) === zone[at]))
  }
  const { documentNumber, optional, birth, expiry, name, nameLength, compositeAt, composite, optionalDigit } = layout

  const filled = before(documentNumber, documentNumber + 9)
  const longer = zone[documentNumber + 9] === '<' ? /^([0-9A-Z]+)(\d)(?=<|$)/.exec(before(...optional)) : null
  const number = filled.replace(/<+$/, '') + (longer?.[1] ?? '')
  const substitute = disguise.characters(number)
  put(documentNumber, substitute.slice(0, 9).padEnd(9, '<'))
  put(birth, disguise.birth(before(birth, birth + 6)))
  put(expiry, disguise.date(before(expiry, expiry + 6)))
  // A number that does not fit goes on in the optional data, its check digit behind it (Doc 9303-5, 4.2.2, note j).
  const head = longer === null ? '' : substitute.slice(9) + likeBefore(checkDigit(substitute), checkDigit(number) === longer[2])
  put(optional[0], head + scrubOptional(before(optional[0] + head.length, optional[1]), disguise))
  if (zone.length === 90) put(48, scrubOptional(before(48, 59), disguise))
  const used = before(...name).replace(/<+$/, '').length
  const written = fullName === undefined ? demoMrzName(used) : toMrzName(fullName, { length: nameLength }).field
  put(name[0], written.padEnd(nameLength, '<'))

  digit(documentNumber + 9, (text) => text.slice(documentNumber, documentNumber + 9).join(''))
  digit(birth + 6, (text) => text.slice(birth, birth + 6).join(''))
  digit(expiry + 6, (text) => text.slice(expiry, expiry + 6).join(''))
  if (optionalDigit !== undefined) digit(optionalDigit, (text) => text.slice(...optional).join(''))
  digit(compositeAt, (text) => composite.map(([from, to]) => text.slice(from, to).join('')).join(''))
  return out.join('')
}

/** On the Vietnamese card the twelve digits of the number, and their own check digit in the last place. */
function scrubOptional(text: string, disguise: Disguise): string {
  const match = /^(\d{12})(<*)(\d)$/.exec(text)
  if (match === null) {
    const value = text.replace(/<+$/, '')
    return disguise.characters(value) + text.slice(value.length)
  }
  const [, number = '', fillers = '', own = ''] = match
  const substitute = disguise.characters(number)
  return substitute + fillers + likeBefore(checkDigit(substitute), checkDigit(number) === own)
}

/** A check digit that was wrong stays wrong. */
function likeBefore(right: string, wasRight: boolean): string {
  return wasRight ? right : String((Number(right) + 1) % 10)
}
