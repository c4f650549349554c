import type { TrustStore } from '@cccd/pki'
import type { SignerCensus } from '@cccd/pki/trust'
import type { Context } from '../Context.js'
import { storedReadings } from './storedReadings.js'

/** The signers of all stored readings at and below paths, and how many files were none. */
export async function censusOf(
  paths: readonly string[],
  { io }: Context,
  trust?: TrustStore,
): Promise<{ readonly census: SignerCensus; readonly skipped: number }> {
  const { createSignerCensus } = await import('@cccd/pki/trust')
  const census = await createSignerCensus({ key: io.random(32), ...(trust !== undefined && { trust }) })
  let skipped = 0
  const skip = (): void => {
    skipped++
  }
  for await (const reading of storedReadings(paths, io.clock, skip)) {
    if (io.signal.aborted) throw io.signal.reason
    await census.add(reading)
  }
  return { census, skipped }
}
