import { IdentityError } from '../errors.js'
import { foldName } from './foldName.js'
import { mrzNameField } from './mrzNameField.js'

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
 * A name that does not fit is cut as {@link mrzNameField} says. No Vietnamese sample of a cut name is known.
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
  const field = mrzNameField(primary, secondary, length)
  const needed = secondary === '' ? primary.length : primary.length + 2 + secondary.length
  return { primary, secondary, field, truncated: needed > length }
}
