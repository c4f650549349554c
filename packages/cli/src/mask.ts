/** A value as it may stand on a screen that others see: the first letter of each word, and of a number its place of registration. */
export function mask(field: string, value: string): string {
  // Only of twelve digits do the first three say no more than a place.
  if (field === 'personalNumber' && /^\d{12}$/.test(value)) return `${value.slice(0, 3)}${'*'.repeat(9)}`
  // No expiry tells an age as well as a date does.
  if (/date/i.test(field)) return '****-**-**'
  if (field === 'fullName') {
    const initials = value.split(' ').map((word) => `${word.normalize('NFC').match(/^./u)?.[0] ?? ''}***`)
    return initials.join(' ')
  }
  return '***'
}
