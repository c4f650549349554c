/**
 * A text as this SDK keeps it: Unicode NFC, runs of white space as one blank, none at the ends.
 * The chip writes NFC; scanners and keyboards also hand back NFD, which looks the same and compares different.
 *
 * @example
 * normaliseText('  Nguyê\u0303n  Văn ') // 'Nguyễn Văn'
 */
export function normaliseText(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}
