import { IdentityError } from './errors.js'
import { normaliseText } from './normaliseText.js'

export type Sex = 'male' | 'female'

const words = new Map<string, Sex>([
  ['nam', 'male'],
  ['nữ', 'female'],
])

/**
 * The sex from the card's own word, `Nam` or `Nữ`, in any case and Unicode form.
 * @throws IdentityError `IDENTITY_SEX`
 */
export function parseSex(text: string): Sex {
  const sex = words.get(normaliseText(text).toLowerCase())
  if (sex === undefined) throw new IdentityError('IDENTITY_SEX', 'the sex is neither Nam nor Nữ')
  return sex
}

/** The card's word for a sex. */
export function formatSex(sex: Sex): 'Nam' | 'Nữ' {
  return sex === 'male' ? 'Nam' : 'Nữ'
}
