import { decodeHex, encodeHex } from '@cccd/core'
import { type MrzKeyFields, type PaceInfo, pace, parseSecurityInfos, type SessionKeys, secureMessaging } from '@cccd/emrtd'
import { bac } from '@cccd/emrtd/bac'
import { describe, expect, it } from 'vitest'
import { readVectorJson, sharedVectors } from '../../../test-vectors/shared.js'
import { backends, fixedRandom, scripted } from './support.js'

interface Step {
  step: string
  c: string
  r: string
  c_plain?: string
  r_plain?: string
  sw?: string
}

interface Transcript {
  password: { mrz_information: string | null; can: string | null }
  card_access?: string
  reader_randoms: Record<string, string>
  session: { KSEnc: string; KSMAC: string; SSC: string }
  steps: Step[]
}

const load = (name: string): Transcript => readVectorJson<Transcript>('apdu', `${name}.json`)
const isProtected = (step: Step): boolean => step.c_plain !== undefined

async function unwrapAll(keys: SessionKeys, steps: readonly Step[], crypto: (typeof backends)[number][1]): Promise<void> {
  const wire = scripted(steps.map((step) => [step.c, step.r]))
  const secure = await secureMessaging(wire, keys, crypto)
  for (const { c_plain, r_plain, sw } of steps) {
    const answer = await secure.transmit(decodeHex(c_plain ?? ''))
    expect(encodeHex(answer)).toBe(`${r_plain}${sw}`)
  }
  expect(wire.sent).toHaveLength(steps.length)
}

function mrzOf({ password }: Transcript): MrzKeyFields {
  const mrz = password.mrz_information ?? ''
  return { documentNumber: mrz.slice(0, 9), dateOfBirth: mrz.slice(10, 16), dateOfExpiry: mrz.slice(17, 23) }
}

function expectKeys(keys: SessionKeys, { session }: Transcript): void {
  expect(encodeHex(keys.encryption)).toBe(session.KSEnc)
  expect(encodeHex(keys.mac)).toBe(session.KSMAC)
  expect(encodeHex(keys.sendSequenceCounter)).toBe(session.SSC)
}

describe.skipIf(sharedVectors === undefined).each(backends)(
  'simulated reads, command for command, on the %s backend',
  (_name, crypto) => {
    it('PACE with the CAN, then 23 protected exchanges', async () => {
      const transcript = load('sim_pace_ecdh_gm_aes128_bp256_can')
      const info = parseSecurityInfos(decodeHex(transcript.card_access ?? '')).find(
        (entry): entry is PaceInfo => entry.type === 'pace',
      )
      if (info === undefined) throw new Error('the transcript offers PACE')
      const opening = transcript.steps.filter((step) => !isProtected(step) && /^MSE|^GA/.test(step.step))
      const keys = await pace(scripted(opening.map(({ c, r }) => [c, r])), {
        crypto,
        random: fixedRandom(transcript.reader_randoms.map_private ?? '', transcript.reader_randoms.eph_private ?? ''),
        info,
        password: { password: 'CAN', value: transcript.password.can ?? '' },
      })
      expectKeys(keys, transcript)
      const protectedSteps = transcript.steps.filter(isProtected)
      expect(protectedSteps).toHaveLength(23)
      await unwrapAll(keys, protectedSteps, crypto)
    })

    it('PACE with integrated mapping and the MRZ, then every protected exchange', async () => {
      const transcript = load('sim_pace_ecdh_im_aes128_bp256_mrz')
      const info = parseSecurityInfos(decodeHex(transcript.card_access ?? '')).find(
        (entry): entry is PaceInfo => entry.type === 'pace',
      )
      if (info === undefined) throw new Error('the transcript offers PACE')
      expect(info.mapping).toBe('IM')
      const opening = transcript.steps.filter((step) => !isProtected(step) && /^MSE|^GA/.test(step.step))
      const keys = await pace(scripted(opening.map(({ c, r }) => [c, r])), {
        crypto,
        random: fixedRandom(transcript.reader_randoms.nonce_t ?? '', transcript.reader_randoms.eph_private ?? ''),
        info,
        password: { password: 'MRZ', ...mrzOf(transcript) },
      })
      expectKeys(keys, transcript)
      await unwrapAll(keys, transcript.steps.filter(isProtected), crypto)
    })

    it('BAC, then 92 protected exchanges with a DG2 of 15 kB', async () => {
      const transcript = load('sim_bac_3des_full_with_dg2')
      const opening = transcript.steps.filter((step) => /CHALLENGE|AUTHENTICATE/.test(step.step))
      const keys = await bac(scripted(opening.map(({ c, r }) => [c, r])), {
        crypto,
        random: fixedRandom(transcript.reader_randoms.RND_IFD ?? '', transcript.reader_randoms.K_IFD ?? ''),
        mrz: mrzOf(transcript),
      })
      expectKeys(keys, transcript)
      const protectedSteps = transcript.steps.filter(isProtected)
      expect(protectedSteps).toHaveLength(92)
      await unwrapAll(keys, protectedSteps, crypto)
    })
  },
)
