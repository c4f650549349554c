import { decodeHex, encodeHex } from '@cccd/core'
import {
  type ChipAuthenticationChoice,
  chipAuthentication,
  chooseChipAuthentication,
  type SessionCipher,
  type SessionKeys,
  secureMessaging,
} from '@cccd/emrtd'
import { describe, expect, it } from 'vitest'
import { readVectorJson, sharedVectors } from '../../../test-vectors/shared.js'
import { parseDg14 } from '../src/lds/parseDg14.js'
import { backends, collector, fixedRandom, scripted } from './support.js'

interface Keys {
  alg: string
  KSEnc: string
  KSMAC: string
  SSC: string
}

interface Session {
  id: string
  dg14: string
  key_id: number | null
  command_style: string
  sm_before: Keys
  terminal_private: string
  terminal_public: string
  shared_K: string
  sm_after: Keys
  steps: { session: string; c_apdu: string; c_plain: string; r_apdu: string; r_plain: string; sw: string }[]
}

const ciphers: Record<string, SessionCipher> = { '3DES': '3DES', AES128: 'AES-128', AES192: 'AES-192', AES256: 'AES-256' }

function keysOf({ alg, KSEnc, KSMAC, SSC }: Keys): SessionKeys {
  const cipher = ciphers[alg]
  if (cipher === undefined) throw new Error(`no cipher ${alg}`)
  return { cipher, encryption: decodeHex(KSEnc), mac: decodeHex(KSMAC), sendSequenceCounter: decodeHex(SSC) }
}

describe.skipIf(sharedVectors === undefined)('chip authentication of four real chips', () => {
  const sessions = sharedVectors === undefined ? [] : readVectorJson<Session[]>('apdu', 'chip_authentication_real_sessions.json')

  it('has four sessions', () => expect(sessions).toHaveLength(4))

  describe.each(backends)('on the %s backend', (_name, crypto) => {
    it.each(sessions.map((session) => [session.id, session] as const))('%s', async (_id, session) => {
      const choice = chooseChipAuthentication(parseDg14(decodeHex(session.dg14)).securityInfos) as ChipAuthenticationChoice
      expect(choice.keyId).toBe(session.key_id ?? undefined)
      expect(choice.cipher).toBe(ciphers[session.sm_after.alg])

      const before = session.steps.filter((step) => step.session === 'old')
      const wire = scripted(before.map((step) => [step.c_apdu, step.r_apdu]))
      const old = await secureMessaging(wire, keysOf(session.sm_before), crypto)
      const { values, intermediate } = collector()
      const keys = await chipAuthentication(old, {
        crypto,
        random: fixedRandom(session.terminal_private),
        choice,
        intermediate,
        // The Malaysian chip ran 3DES with MSE:Set AT.
        ...(session.command_style.includes('Set AT') ? { command: 'AT' as const } : {}),
      })
      expect(wire.sent).toHaveLength(before.length)
      expect(values).toEqual({
        terminal_public: session.terminal_public,
        shared_K: session.shared_K,
        KSEnc: session.sm_after.KSEnc,
        KSMAC: session.sm_after.KSMAC,
      })
      expect(encodeHex(keys.sendSequenceCounter)).toBe(session.sm_after.SSC)

      const [after] = session.steps.filter((step) => step.session !== 'old')
      if (after === undefined) throw new Error('a session has an exchange under the new keys')
      const fresh = await secureMessaging(scripted([[after.c_apdu, after.r_apdu]]), keys, crypto)
      expect(encodeHex(await fresh.transmit(decodeHex(after.c_plain)))).toBe(`${after.r_plain}${after.sw}`)
    })
  })
})
