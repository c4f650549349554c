import { after, type MrzLayout, textAt } from './layouts.js'

/** A document number as its check digit covers it. */
export interface DocumentNumberField {
  /** Nine characters with fillers, or the whole long number. */
  readonly text: string
  readonly checkDigit: string
  readonly long: boolean
  /** The optional data without the rest of a long number. */
  readonly optionalData: string
}

/**
 * The document number of an MRZ. On TD1 and TD2, a number of more than nine characters has a filler in place of its check
 * digit and goes on in the optional data: the rest, the check digit over all of it, a filler (Doc 9303-5, 4.2.2; -6, 4.2.2).
 */
export function documentNumberField(lines: readonly string[], layout: MrzLayout): DocumentNumberField {
  const start = textAt(lines, layout.documentNumber)
  const checkDigit = textAt(lines, after(layout.documentNumber))
  const optionalData = textAt(lines, layout.optionalData)
  const mayBeLong = (layout.format === 'TD1' || layout.format === 'TD2') && checkDigit === '<' && !start.includes('<')
  const rest = mayBeLong ? /^([A-Z0-9]+)(\d)(?:<|$)/.exec(optionalData) : null
  if (rest === null) return { text: start, checkDigit, long: false, optionalData }
  const [whole, tail = '', digit = ''] = rest
  return { text: start + tail, checkDigit: digit, long: true, optionalData: optionalData.slice(whole.length) }
}
