import type { CheckStatus } from '@cccd/core'
import type { Colour } from '../terminal/Look.js'

/** ✓ ✗ ? –: readable without colours, and in ASCII too. */
export const statusSigns: Readonly<Record<CheckStatus, { readonly sign: string; readonly colour: Colour }>> = {
  passed: { sign: '✓', colour: 'green' },
  failed: { sign: '✗', colour: 'red' },
  inconclusive: { sign: '?', colour: 'yellow' },
  'not-supported': { sign: '–', colour: 'dim' },
  'not-performed': { sign: '–', colour: 'dim' },
}
