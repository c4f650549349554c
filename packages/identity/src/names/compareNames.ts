import { normaliseText } from '../normaliseText.js'
import { foldName } from './foldName.js'
import { toMrzName } from './toMrzName.js'

export type NameAgreement = 'equal' | 'equal-after-normalisation' | 'different'

/**
 * Whether two spellings can be the same name. Either may be Vietnamese with diacritics, plain ASCII as banks keep it, or an
 * MRZ name field (with `<`; the fillers may be missing).
 *
 * - `equal`: the same characters
 * - `equal-after-normalisation`: the same but for Unicode form, case, blanks, the place of the tone mark (hòa, hoà) or, when
 *   one side has no diacritics at all, the diacritics; an MRZ field that is full to its last character (30, 31 or 39) may be cut
 * - `different`: anything else. Two Vietnamese spellings with different marks are different names: Hoa is not Hòa.
 *
 * @example
 * compareNames('NGUYEN<<VAN<THU<<<<<<<<<<<<<<<', 'Nguyễn Văn Thử') // 'equal-after-normalisation'
 */
export function compareNames(a: string, b: string): NameAgreement {
  if (a === b) return 'equal'
  const left = normaliseText(a)
  const right = normaliseText(b)
  return sameWithoutMarks(left, right) || sameSpelling(left, right) ? 'equal-after-normalisation' : 'different'
}

function sameSpelling(a: string, b: string): boolean {
  const key = spellingKey(a)
  return key !== '' && key === spellingKey(b)
}

/** Grave, acute, tilde, hook above, dot below. */
const toneMarks = '\u0300\u0301\u0303\u0309\u0323'

/** Words in lower-case letters with their vowel marks, each followed by its tone: hòa and hoà give the same key. */
function spellingKey(name: string): string {
  return name.toLowerCase().split(' ').map(toneLast).join(' ')
}

function toneLast(word: string): string {
  let letters = ''
  let tones = ''
  for (const character of word.normalize('NFD')) {
    if (toneMarks.includes(character)) tones += character
    else letters += character
  }
  return letters + tones
}

const ascii = /^[ -~]*$/

function sameWithoutMarks(left: string, right: string): boolean {
  if (!ascii.test(left) && !ascii.test(right)) return false
  const first = folded(left)
  const second = folded(right)
  if (first === undefined || second === undefined || first === '' || second === '') return false
  return first === second || isCutOf(left, second, right) || isCutOf(right, first, left)
}

function folded(name: string): string | undefined {
  return foldName(name.replace(/</g, ' '))
}

const fieldLengths = [30, 31, 39] as const

/**
 * Whether an MRZ field that is full to its last letter is the cut form of a name: exactly as we cut it, or with every component a
 * start of the name's component at the same place (Doc 9303-3, 4.6 leaves the issuer the choice).
 */
function isCutOf(field: string, name: string, original: string): boolean {
  const length = fieldLengths.find((one) => one === field.length)
  if (length === undefined || !field.includes('<') || !/^[A-Z<]*[A-Z]$/.test(field) || original.includes('<')) return false
  if (toMrzName(name, { length }).field === field) return true
  const components = field.split(/<+/)
  const words = name.split(' ')
  return components.length <= words.length && components.every((component, index) => words[index]?.startsWith(component))
}
