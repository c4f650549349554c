const weights = [7, 3, 1] as const

/**
 * The check digit of MRZ text: digits as they are, A–Z as 10 … 35, fillers as 0, weighted 7, 3, 1, modulo 10 (Doc 9303-3, 4.9).
 * @throws RangeError when the text has other characters
 * @example
 * checkDigit('AB2134<<<') // '5'
 */
export function checkDigit(text: string): string {
  let sum = 0
  for (let i = 0; i < text.length; i++) sum += characterValue(text.charCodeAt(i)) * (weights[i % 3] as number)
  return String(sum % 10)
}

function characterValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  if (code >= 65 && code <= 90) return code - 55
  if (code === 60) return 0
  throw new RangeError('text must be A–Z, 0–9 and <')
}
