/** A number as DO 84 references it (key, or domain parameters): unsigned, in as few bytes as hold it. */
export function referenceBytes(reference: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = reference; rest > 0 || bytes.length === 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Uint8Array.from(bytes)
}
