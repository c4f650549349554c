import { CccdError, decodeUtf8, encodeUtf8, parseTlv } from '@cccd/core'
import type { RandomSource } from '@cccd/crypto'
import { type AccessCandidate, tryParseDg13 } from '@cccd/emrtd'
import { provinces } from '@cccd/identity'
import { drawDigits, drawOne } from '../random/draw.js'
import type { Disguise } from './Disguise.js'
import { demoText } from './demoText.js'
import type { TracedFile, TracedName } from './TracedFiles.js'

/** Of the substitute, what more than one file says. */
export interface Person {
  /** As DG13 has it. */
  readonly fullName?: string
}

/**
 * Settles what stands for the values that several files and the passwords share: number, document number and access number of the
 * Vietnamese card, which are parts of each other, the birth, and the name.
 */
export function learnPerson(
  traced: ReadonlyMap<TracedName, TracedFile>,
  access: readonly AccessCandidate[],
  disguise: Disguise,
  random: RandomSource,
): Person {
  const zone = zoneIn(traced.get('DG1'))
  if (zone !== undefined) disguise.birth(birthIn(zone))
  const identity = traced.get('DG13')?.complete === true ? tryParseDg13(contentOf(traced.get('DG13'))) : undefined
  const dg13 = identity?.ok === true ? identity.value : undefined
  const born = dg13?.dateOfBirth?.replaceAll('-', '').slice(2)
  if (born !== undefined) disguise.birth(born.padEnd(6, '<'))

  const number = dg13?.personalNumber ?? (zone?.length === 90 ? /^\d{12}/.exec(zone.slice(15, 30))?.[0] : undefined)
  if (number !== undefined) learnNumber(number, disguise, random)
  else learnPasswords(access, disguise)

  const name = dg13?.fields.find(({ id }) => id === 2)?.values[0]?.text
  if (name === undefined || name === '') return {}
  const fullName = demoText(encodeUtf8(name).length, name === name.toUpperCase())
  disguise.learn(name, fullName)
  return { fullName }
}

/** Province, century and sex, year of birth, six digits; the MRZ has nine of them, the access number six. */
function learnNumber(number: string, disguise: Disguise, random: RandomSource): void {
  const year = disguise.birth(`${number.slice(4, 6)}<<<<`).slice(0, 2)
  const substitute = `${drawOne(random, provinces('legacy-63')).code}${number[3]}${year}${drawDigits(random, 6)}`
  for (const from of [0, 3, 6]) disguise.learn(number.slice(from), substitute.slice(from))
}

/** Of a read that did not come as far as the files: the access number may be the end of the document number. */
function learnPasswords(access: readonly AccessCandidate[], disguise: Disguise): void {
  for (const candidate of access) {
    if (candidate.password !== 'MRZ') continue
    const { documentNumber } = candidate
    const substitute = disguise.characters(documentNumber)
    if (/^\d{9}$/.test(documentNumber)) disguise.learn(documentNumber.slice(3), substitute.slice(3))
  }
}

function contentOf(file: TracedFile | undefined): Uint8Array {
  return file === undefined ? new Uint8Array(0) : file.bytes.slice(0, file.length)
}

/** The lines of DG1, one after the other. */
function zoneIn(file: TracedFile | undefined): string | undefined {
  if (file?.complete !== true) return undefined
  try {
    return decodeUtf8(parseTlv(parseTlv(contentOf(file), { tag: 0x61 }).value, { tag: 0x5f1f }).value)
  } catch (error) {
    if (CccdError.is(error)) return undefined
    throw error
  }
}

/** YYMMDD: in the second line, of a card before the sex, of a passport after the nationality. */
function birthIn(zone: string): string {
  const at = { 90: 30, 88: 57, 72: 49 }[zone.length] ?? 0
  return zone.slice(at, at + 6)
}
