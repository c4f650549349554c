import { checkDigit } from './checkDigit.js'
import { documentNumberField } from './documentNumberField.js'
import { after, type MrzLayout, textAt } from './layouts.js'
import type { CheckedField } from './Mrz.js'
import { vietnameseOptionalData } from './vietnamese.js'

/** The fields whose check digit does not fit, in the order of the MRZ. */
export function wrongCheckDigits(lines: readonly string[], layout: MrzLayout): CheckedField[] {
  const wrong: CheckedField[] = []
  const check = (field: CheckedField, text: string, digit: string) => {
    if (checkDigit(text) !== digit) wrong.push(field)
  }
  const documentNumber = documentNumberField(lines, layout)
  check('documentNumber', documentNumber.text, documentNumber.checkDigit)
  const vietnamese = vietnameseOptionalData(lines, layout)
  if (vietnamese !== undefined) check('personalNumber', vietnamese.digits, vietnamese.checkDigit)
  check('dateOfBirth', textAt(lines, layout.dateOfBirth), textAt(lines, after(layout.dateOfBirth)))
  check('dateOfExpiry', textAt(lines, layout.dateOfExpiry), textAt(lines, after(layout.dateOfExpiry)))
  if (layout.optionalDataChecked) {
    const text = textAt(lines, layout.optionalData)
    const digit = textAt(lines, after(layout.optionalData))
    // With no optional data the issuer may leave a filler for the digit (Doc 9303-4, 4.2.2.2).
    if (digit !== '<' || /[^<]/.test(text)) check('personalNumber', text, digit)
  }
  if (layout.composite !== undefined)
    check('composite', layout.compositeOver.map((span) => textAt(lines, span)).join(''), textAt(lines, layout.composite))
  return wrong
}
