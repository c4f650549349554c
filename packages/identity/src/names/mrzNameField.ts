/**
 * The name field of an MRZ from its two identifiers in MRZ letters, blanks between components: `PRIMARY<<SECONDARY<NAMES<<<`.
 *
 * What does not fit is cut so that the last character is a letter, the sign of truncation (Doc 9303-3, 4.6): where the cut would end in a
 * filler, a component before gives up its last letter for the initial of the next.
 */
export function mrzNameField(primary: string, secondary: string, length: number): string {
  const surname = primary.replace(/ /g, '<')
  // The surname leaves room for << and one letter of the given names.
  const whole = secondary === '' ? surname : `${surname.slice(0, length - 3)}<<${secondary.replace(/ /g, '<')}`
  return cut(whole, length).padEnd(length, '<')
}

function cut(whole: string, length: number): string {
  const kept = whole.slice(0, length)
  if (whole.length <= length || !kept.endsWith('<')) return kept
  for (let i = length - 2; i > 0; i--)
    if (whole.charAt(i) !== '<' && whole.charAt(i - 1) !== '<' && whole.charAt(i + 1) === '<')
      return `${whole.slice(0, i)}${whole.slice(i + 1, length + 1)}`
  return kept
}
