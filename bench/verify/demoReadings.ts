import { accessFromCan, type ChipReading, decodeReading, encodeReading, readChip } from '@cccd/emrtd'
import { createIssuer, personalise, renewSigner, seededRandom, syntheticCitizen, virtualCard } from '@cccd/simulator'

export const at = '2026-01-01T00:00:00Z'
export const challenge: Uint8Array = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)

/** Read DEMO cards of one country CA, with one document signer for all or for each its own. */
export interface DemoReadings {
  readonly csca: Uint8Array
  readonly readings: readonly ChipReading[]
}

/** Every reading is another card's, also in another thread: `seed` tells them apart. */
export async function demoReadings(count: number, eachOwnSigner: boolean, seed = ''): Promise<DemoReadings> {
  const issuer = await createIssuer({ random: seededRandom('bench'), at })
  const readings: ChipReading[] = []
  for (let index = 0; index < count; index++) {
    const signer = eachOwnSigner ? await renewSigner(issuer, { random: seededRandom(`signer ${seed}${index}`) }) : issuer
    const card = await personalise(signer, syntheticCitizen(index), { random: seededRandom(`card ${seed}${index}`) })
    const reading = await readChip(virtualCard(card), {
      access: accessFromCan(card.can),
      files: ['DG1', 'DG2', 'DG13', 'DG14', 'DG15'],
      activeAuthentication: { challenge },
    })
    readings.push(decodeReading(encodeReading(reading)))
  }
  return { csca: issuer.csca.certificate, readings }
}
