import type { FileName } from '../lds/fileNames.js'

const small = 200

/** How long files are on the cards that are around: good for an estimate, and to tell which cannot fit one short block. */
const lengths: Readonly<Partial<Record<FileName, number>>> = {
  CardSecurity: 1_500,
  SOD: 1_900,
  DG2: 15_000,
  DG3: 20_000,
  DG4: 10_000,
  DG5: 10_000,
  DG7: 5_000,
  DG13: 450,
  DG14: 400,
  DG15: 250,
}

/** Bytes that a file of this name usually has. */
export function typicalLength(name: FileName): number {
  return lengths[name] ?? small
}
