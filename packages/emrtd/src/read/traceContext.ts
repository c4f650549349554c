import { markPersonal, type PlainData } from '@cccd/core'
import type { ReadChipOptions } from './ReadChipOptions.js'

/** The options of a read that a trace keeps; all of them decide which commands are sent. */
export type TracedOptions = Pick<ReadChipOptions, 'access' | 'allowBac' | 'chipAuthentication' | 'files' | 'maxFileLength'> & {
  /** The bytes, also where `readChip` was given a function. */
  readonly activeAuthentication?: { readonly challenge: Uint8Array }
}

/** Says whose words the context of a trace is in. */
export const traceContextKind = 'chip-reading'

/**
 * What `recording` keeps beside the wire so that the read can be run again: how the chip was opened, with the passwords, and what was
 * asked of it. Sensitive.
 *
 * @example
 * const options = { access: accessFromQr(qr), files: ['DG1'], activeAuthentication: { challenge } }
 * const recorded = recording(channel, { randomness: systemRandom, context: traceContext(options) })
 * await readChip(recorded, { ...options, random: recorded.random })
 */
export function traceContext(options: TracedOptions): PlainData {
  const { access, files, allowBac, chipAuthentication, maxFileLength, activeAuthentication } = options
  const context = {
    kind: traceContextKind,
    access: access.map((candidate) => ({ ...candidate })),
    files: files === undefined ? undefined : [...files],
    allowBac,
    chipAuthentication,
    maxFileLength,
    challenge: activeAuthentication?.challenge.slice(),
  }
  return markPersonal(context, 'TraceContext')
}
