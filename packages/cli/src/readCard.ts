import type { AccessCandidate, ChipReading, FileName } from '@cccd/emrtd'
import { type CardChannel, recording, type Trace } from '@cccd/iso7816'
import type { Context } from './Context.js'
import { progressBar } from './terminal/progress.js'

export interface ReadCardOptions {
  readonly access: readonly AccessCandidate[]
  readonly files: readonly FileName[]
  readonly allowBac?: boolean
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
  const { readChip } = await import('@cccd/emrtd')
  const { io } = context
  const challenge = io.random(8)
  const progress = progressBar(context)
  const recorded = recording(channel, { clock: io.clock })
  try {
    const reading = await readChip(recorded, {
      access: options.access,
      files: options.files,
      allowBac: options.allowBac === true,
      activeAuthentication: { challenge },
      onProgress: (event) => progress.update(event),
      signal: io.signal,
      random: io.random,
      clock: io.clock,
    })
    return { reading, challenge, trace: recorded.trace() }
  } finally {
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
