import type { AccessCandidate, ChipReading, FileName } from '@cccd/emrtd'
import { type CardChannel, recording, type Trace } from '@cccd/iso7816'
import type { Context } from './Context.js'
import { progressBar } from './terminal/progress.js'

export interface ReadCardOptions {
  readonly access: readonly AccessCandidate[]
  readonly files: readonly FileName[]
  readonly allowBac?: boolean
  /** Is given the recording, with all that replaying it needs, also when the read fails. Without it no secret is kept. */
  readonly keepTrace?: (trace: Trace) => void
}

export interface CardReading {
  readonly reading: ChipReading
  /** Made here for this reading: what active authentication is worth rests on it. */
  readonly challenge: Uint8Array
  /** In memory only. */
  readonly trace: Trace
}

/** Reads a card with a fresh challenge, showing how far it is, and leaves the channel open. */
export async function readCard(channel: CardChannel, options: ReadCardOptions, context: Context): Promise<CardReading> {
  const { readChip, traceContext } = await import('@cccd/emrtd')
  const { io } = context
  const challenge = io.random(8)
  const progress = progressBar(context)
  const asked = {
    access: options.access,
    files: options.files,
    allowBac: options.allowBac === true,
    activeAuthentication: { challenge },
  }
  const kept = options.keepTrace === undefined ? {} : { randomness: io.random, context: traceContext(asked) }
  const recorded = recording(channel, { clock: io.clock, ...kept })
  try {
    const reading = await readChip(recorded, {
      ...asked,
      onProgress: (event) => progress.update(event),
      signal: io.signal,
      random: options.keepTrace === undefined ? io.random : recorded.random,
      clock: io.clock,
    })
    return { reading, challenge, trace: recorded.trace() }
  } finally {
    options.keepTrace?.(recorded.trace())
    progress.end()
  }
}

/** As {@link readCard}; the channel is closed whatever happens. */
export async function readCardAndClose(channel: CardChannel, options: ReadCardOptions, context: Context): Promise<CardReading> {
  try {
    return await readCard(channel, options, context)
  } finally {
    await channel.close()
  }
}
