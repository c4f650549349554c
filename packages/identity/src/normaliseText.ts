/** White space that is not one blank between others. Most texts have none, and a test is cheaper than a replacement. */
const untidy = /^\s|\s$|\s\s|[^\S ]/

/**
 * A text as this SDK keeps it: Unicode NFC, runs of white space as one blank, none at the ends.
 * The chip writes NFC; scanners and keyboards also hand back NFD, which looks the same and compares different.
 *
 * @example
 * normaliseText('  Nguyê\u0303n  Văn ') // 'Nguyễn Văn'
 */
export function normaliseText(text: string): string {
  const composed = text.normalize('NFC')
  return untidy.test(composed) ? composed.replace(/\s+/g, ' ').trim() : composed
}
