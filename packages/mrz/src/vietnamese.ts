import { issuingStateSpan, type MrzLayout, textAt } from './layouts.js'

/** Vietnam on TD1: twelve digits, two fillers and a check digit over the twelve in the optional data. 10 of 10 public samples. */
export interface VietnameseOptionalData {
  readonly digits: string
  readonly checkDigit: string
}

/** The optional data of a TD1 of Vietnam, when it is of the national form; generic parsers take it for plain data. */
export function vietnameseOptionalData(lines: readonly string[], layout: MrzLayout): VietnameseOptionalData | undefined {
  if (layout.format !== 'TD1' || textAt(lines, issuingStateSpan) !== 'VNM') return undefined
  const match = /^([A-Z0-9]{12})<<(.)$/.exec(textAt(lines, layout.optionalData))
  return match === null ? undefined : { digits: match[1] ?? '', checkDigit: match[2] ?? '' }
}

/** The personal number on the card, or in the optional data of the passport (layout seen in public samples only). */
export function vietnamesePersonalNumber(lines: readonly string[], layout: MrzLayout): string | undefined {
  if (textAt(lines, issuingStateSpan) !== 'VNM') return undefined
  const text =
    layout.format === 'TD3'
      ? /^(\d{12})<<$/.exec(textAt(lines, layout.optionalData))?.[1]
      : vietnameseOptionalData(lines, layout)?.digits
  return text !== undefined && /^\d{12}$/.test(text) ? text : undefined
}
