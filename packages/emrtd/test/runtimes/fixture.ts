import { encodeBase64 } from '@cccd/core'
import { accessFromQr, readChip } from '@cccd/emrtd'
import { recording } from '@cccd/iso7816'
import { parseQr } from '@cccd/qr'
import { createIssuer, personalise, seededRandom, syntheticCitizen, virtualCard } from '@cccd/simulator'
import { readOwnVector } from '../../../../test-vectors/shared.js'
import type { PaceExample, ScenarioInput } from './scenario.js'

/** Records a DEMO reading and puts it into texts. */
export async function scenarioInput(): Promise<ScenarioInput> {
  const at = '2026-06-01T08:00:00Z'
  const issuer = await createIssuer({ random: seededRandom('runtimes issuer'), at })
  const card = await personalise(issuer, syntheticCitizen(7), { random: seededRandom('runtimes card') })
  const channel = recording(virtualCard(card, { random: seededRandom('runtimes chip') }), {
    randomness: seededRandom('runtimes terminal'),
  })
  const challenge = 'a1b2c3d4e5f60718'
  await readChip(channel, {
    access: accessFromQr(parseQr(card.qr)),
    files: ['DG1', 'DG2', 'DG13', 'DG14', 'DG15'],
    activeAuthentication: { challenge: Uint8Array.from(Buffer.from(challenge, 'hex')) },
    random: channel.random,
    clock: () => Date.parse(at),
  })
  return {
    qr: card.qr,
    trace: channel.trace().export({ sensitive: true }),
    anchor: encodeBase64(issuer.csca.certificate),
    challenge,
    at,
    pace: readOwnVector<PaceExample>('doc9303-11-g1.json'),
  }
}
