import { IdentityError } from '../errors.js'
import { foldName } from './foldName.js'

/** Characters of the name field: TD1 30, TD2 31, TD3 39 (Doc 9303-5, -6, -4). */
export type MrzNameLength = 30 | 31 | 39

/** A name as an MRZ has it. */
export interface MrzName {
  /** The surname: on Vietnamese documents the first word. Blanks between components. */
  readonly primary: string
  /** The rest; empty when the name is one word. */
  readonly secondary: string
  /** The whole field, filled with `<` to its length. */
  readonly field: string
  /** Whether the field is too short for the name. */
  readonly truncated: boolean
}

/**
 * A Vietnamese name in MRZ letters: diacritics dropped, Đ as D, first word `<<` the rest, as public samples of the card have it.
 *
 * A name that does not fit is cut so that its last character is a letter, the sign of truncation (Doc 9303-3, 4.6): where the cut would
 * end in a filler, the component before gives up its last letter for the initial of the next. No Vietnamese sample of a cut
 * name is known.
 *
 * @throws IdentityError `IDENTITY_NAME` when the name is empty or has characters without an MRZ form
 * @example
 * toMrzName('Nguyễn Văn Thử').field // 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<'
 */
export function toMrzName(fullName: string, options: { readonly length?: MrzNameLength } = {}): MrzName {
  const length = options.length ?? 30
  const folded = foldName(fullName)
  if (folded === undefined) throw new IdentityError('IDENTITY_NAME', 'the name has a character without an MRZ form')
  if (folded === '') throw new IdentityError('IDENTITY_NAME', 'the name is empty')
  const [primary = '', ...others] = folded.split(' ')
  const secondary = others.join(' ')
  // The surname leaves room for << and one letter of the given names.
  const surname = secondary === '' ? primary.slice(0, length) : primary.slice(0, length - 3)
  const whole = secondary === '' ? surname : `${surname}<<${others.join('<')}`
  const truncated = whole.length > length || surname !== primary
  return { primary, secondary, field: cut(whole, length).padEnd(length, '<'), truncated }
}

function cut(whole: string, length: number): string {
  const kept = whole.slice(0, length)
  if (whole.length <= length || !kept.endsWith('<')) return kept
  for (let i = length - 2; i > 0; i--)
    if (whole.charAt(i) !== '<' && whole.charAt(i - 1) !== '<' && whole.charAt(i + 1) === '<')
      return `${whole.slice(0, i)}${whole.slice(i + 1, length + 1)}`
  return kept
}
