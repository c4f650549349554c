import type { FilesRead, Wanted } from './ReadStrategy.js'

/**
 * The fewest APDUs that a read can have: Σ ⌈length / largest block⌉ + 1 EF.CardAccess + 5 PACE + 1 SELECT + 2 Chip Authentication
 * + 1 Active Authentication (+ 1 when its answer needs GET RESPONSE).
 */
export function minimum(read: FilesRead, wanted: Wanted, largestBlock: number, getResponse = false): number {
  const blocks = Object.values(read).reduce((sum, bytes) => sum + Math.ceil(bytes.length / largestBlock), 0)
  const signed = wanted.activeAuthentication ? (getResponse ? 2 : 1) : 0
  return blocks + 1 + 5 + 1 + (wanted.chipAuthentication ? 2 : 0) + signed
}
