/** A status word as Doc 9303 writes it. */
export function statusWordText(sw: number): string {
  return sw.toString(16).toUpperCase().padStart(4, '0')
}
