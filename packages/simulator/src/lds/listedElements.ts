import { concatBytes, encodeTag, encodeTlv, encodeUtf8 } from '@cccd/core'

/** A data element with its tag; without bytes it is left out. */
export type Element = readonly [tag: number, bytes: Uint8Array | undefined]

/** How DG11 and DG12 of some issuers depart from Doc 9303-10: the list names the template A0 (BY), or other names stand outside it (CN). */
export type ListDeviation = 'list-names-template' | 'names-not-wrapped'

/**
 * The content of DG11 and DG12: the list of tags 5C, then the elements in the order given; several names in a template A0 behind their
 * number (Doc 9303-10, 4.7.11 and 4.7.12).
 */
export function listedElements(
  elements: readonly Element[],
  names: { readonly tag: number; readonly values: readonly string[] },
  deviation?: ListDeviation,
): Uint8Array {
  const present = elements.flatMap(([tag, bytes]) => (bytes === undefined ? [] : [[tag, bytes] as const]))
  const others = names.values.map((name) => encodeTlv(names.tag, encodeUtf8(name)))
  const nameTag = deviation === 'list-names-template' ? 0xa0 : names.tag
  const tags = [...present.map(([tag]) => tag), ...(others.length === 0 ? [] : [nameTag])]
  const wrapped =
    others.length === 0 || deviation === 'names-not-wrapped'
      ? others
      : [encodeTlv(0xa0, encodeTlv(0x02, Uint8Array.of(others.length)), ...others)]
  return concatBytes(encodeTlv(0x5c, ...tags.map(encodeTag)), ...present.map(([tag, bytes]) => encodeTlv(tag, bytes)), ...wrapped)
}

/** UTF-8 of a text, or of parts with fillers between. */
export function textOf(text: string | readonly string[] | undefined): Uint8Array | undefined {
  if (text === undefined) return undefined
  return encodeUtf8(typeof text === 'string' ? text : text.join('<'))
}

/** A name as LDS files write it: identifiers apart by two fillers, their words by one (Doc 9303-10, 4.7.11). */
export function nameText(primaryIdentifier: string, secondaryIdentifier = ''): string {
  const words = (identifier: string): string => identifier.split(' ').join('<')
  return secondaryIdentifier === '' ? words(primaryIdentifier) : `${words(primaryIdentifier)}<<${words(secondaryIdentifier)}`
}

/** How the digits of dates are written: two in a byte, or as letters. */
export type DigitForm = 'bcd' | 'ascii'

/** The digits of a date or time, `YYYY-MM-DD` or longer. What is not known of a date is zeros. */
export function digitsOf(date: string | undefined, length: 8 | 14, form: DigitForm): Uint8Array | undefined {
  if (date === undefined) return undefined
  const digits = date.replace(/\D/g, '').padEnd(length, '0')
  if (digits.length !== length) throw new RangeError(`date must have ${length} digits at most`)
  if (form === 'ascii') return encodeUtf8(digits)
  return Uint8Array.from({ length: length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16))
}
