/**
 * The year of birth in a personal number: its fourth digit holds century and sex (0, 1: 1900s … 8, 9: 2300s), the next two the year.
 * Only the digits are read; whether they are a personal number is for `parsePersonalNumber` to say.
 */
export function yearOfBirthOf(personalNumber: string): number {
  return 1900 + 100 * (Number(personalNumber.charAt(3)) >> 1) + Number(personalNumber.slice(4, 6))
}
