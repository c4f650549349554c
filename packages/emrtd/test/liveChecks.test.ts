import { checkOf } from '@cccd/core'
import { type PublicKeySpec, publicKeyOf } from '@cccd/crypto'
import { generateKeyPair } from '@cccd/crypto/default'
import { createTrustStore, type TrustStore } from '@cccd/pki'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type AccessRecord,
  decodeReading,
  encodeReading,
  type FileStatus,
  readingFromFiles,
  verifyReading,
} from '../src/index.js'
import { type Observation, type ObservedAuthentication, observe } from '../src/reading/observation.js'
import { cardAccessOf, infos, makeDg1, makeDg14, makeSod, seeded, spki, type TestIssuer, testIssuer } from './issuer.js'

const at = '2026-01-31T09:00:00Z'
const paceOid = '0.4.0.127.0.7.2.2.4.2.2'
const access: AccessRecord = {
  protocol: 'PACE',
  password: 'CAN',
  candidate: 0,
  oid: paceOid,
  parameterId: 13,
  mapping: 'GM',
  cipher: 'AES-128',
  cardAccess: 'read',
  offered: [paceOid],
  refused: [],
}
const chipAuthenticationOid = '0.4.0.127.0.7.2.2.3.2.2'

let issuer: TestIssuer
let trust: TrustStore
let nobody: TrustStore
let chipKey: PublicKeySpec
let otherKey: PublicKeySpec

beforeAll(async () => {
  issuer = await testIssuer()
  trust = await createTrustStore({ anchors: [{ certificate: issuer.csca }] })
  nobody = await createTrustStore({})
  chipKey = publicKeyOf(await generateKeyPair({ type: 'ec', curve: 'brainpoolP256r1' }, seeded(41)))
  otherKey = publicKeyOf(await generateKeyPair({ type: 'ec', curve: 'brainpoolP256r1' }, seeded(42)))
})

interface Case {
  /** Infos of DG14; none: the card has no DG14. */
  readonly dg14?: readonly Uint8Array[]
  readonly observation?: Partial<Observation> | 'none'
  readonly trust?: TrustStore
  readonly dg14Status?: FileStatus
}

async function outcomesOf(input: Case): Promise<Readonly<Record<string, string>>> {
  const dg14 = makeDg14(...(input.dg14 ?? []))
  const groups = { 1: makeDg1(), ...(input.dg14 === undefined ? {} : { 14: dg14 }) }
  const present = input.dg14 !== undefined && input.dg14Status === undefined
  const reading = readingFromFiles(
    { SOD: await makeSod(issuer, groups), DG1: groups[1], ...(present ? { DG14: dg14 } : {}) },
    { readAt: at, ...(input.dg14Status === undefined ? {} : { fileStatus: { DG14: input.dg14Status } }) },
  )
  if (input.observation !== 'none') observe(reading, { access, ...input.observation })
  const report = await verifyReading(reading, { trust: input.trust ?? trust, at })
  const ids = ['ca.keys', 'cam.key', 'pace.downgrade', 'card-access.match', 'access.protocol']
  return Object.fromEntries(
    ids.map((id) => {
      const { status, reason } = checkOf(report, id)
      return [id, reason === undefined ? status : `${status}: ${reason}`]
    }),
  )
}

const seen = (
  status: ObservedAuthentication['status'],
  key: PublicKeySpec = chipKey,
  reason?: string,
): ObservedAuthentication => ({
  status,
  oid: chipAuthenticationOid,
  publicKeyInfo: spki(key),
  ...(reason === undefined ? {} : { reason }),
})

const offered = (): Uint8Array[] => [infos.chipKey(chipKey), infos.chipAuthentication(2), infos.pace('2.2')]

describe('who did not drive the channel', () => {
  it('concludes nothing about it', async () => {
    expect(await outcomesOf({ dg14: offered(), observation: 'none' })).toEqual({
      'ca.keys': 'inconclusive: not-observed',
      'cam.key': 'not-supported',
      'pace.downgrade': 'inconclusive: not-observed',
      'card-access.match': 'inconclusive: not-observed',
      'access.protocol': 'inconclusive: not-observed',
    })
  })

  it('a copy of an observed reading is not observed', async () => {
    const groups = { 1: makeDg1(), 14: makeDg14(...offered()) }
    const reading = readingFromFiles({ SOD: await makeSod(issuer, groups), DG1: groups[1], DG14: groups[14] }, { readAt: at })
    observe(reading, { access, chipAuthentication: seen('passed') })
    expect(checkOf(await verifyReading(reading, { trust, at }), 'ca.keys').status).toBe('passed')
    for (const copy of [structuredClone(reading), { ...reading }, decodeReading(encodeReading(reading))])
      expect(checkOf(await verifyReading(copy, { trust, at }), 'ca.keys').reason).toBe('not-observed')
  })
})

describe('ca.keys', () => {
  const outcome = async (input: Case): Promise<string | undefined> => (await outcomesOf(input))['ca.keys']

  it('passes for the key of an authentic DG14', async () => {
    expect(await outcome({ dg14: offered(), observation: { chipAuthentication: seen('passed') } })).toBe('passed')
  })

  it('does not pass when the issuer is unknown, or the key another', async () => {
    const observation = { chipAuthentication: seen('passed') }
    expect(await outcome({ dg14: offered(), observation, trust: nobody })).toBe('inconclusive: key-not-authentic')
    expect(await outcome({ dg14: offered(), observation: { chipAuthentication: seen('passed', otherKey) } })).toBe(
      'failed: other-key',
    )
  })

  it('fails for wrong session keys, and for a refusal of what an authentic DG14 offers', async () => {
    const wrong = { chipAuthentication: seen('failed', chipKey, 'session-keys-wrong') }
    const refused = { chipAuthentication: seen('failed', chipKey, 'refused') }
    expect(await outcome({ dg14: offered(), observation: wrong })).toBe('failed: session-keys-wrong')
    expect(await outcome({ dg14: offered(), observation: wrong, trust: nobody })).toBe('failed: session-keys-wrong')
    expect(await outcome({ dg14: offered(), observation: { chipAuthentication: seen('failed') } })).toBe(
      'failed: session-keys-wrong',
    )
    expect(await outcome({ dg14: offered(), observation: refused })).toBe('failed: refused')
    expect(await outcome({ dg14: offered(), observation: refused, trust: nobody })).toBe('inconclusive: key-not-authentic')
  })

  it('is inconclusive for what this SDK cannot do and for keys that no answer proved', async () => {
    for (const reason of ['unsupported-algorithm', 'not-proven'])
      expect(await outcome({ dg14: offered(), observation: { chipAuthentication: seen('failed', chipKey, reason) } })).toBe(
        `inconclusive: ${reason}`,
      )
  })

  it('is not supported only when an authentic list says so', async () => {
    expect(await outcome({})).toBe('not-supported')
    expect(await outcome({ dg14: [infos.pace('2.2')] })).toBe('not-supported')
    expect(await outcome({ trust: nobody })).toBe('not-performed: not-asked')
  })

  it('is not performed when nobody asked; a chip that hides DG14 was asked', async () => {
    expect(await outcome({ dg14: offered() })).toBe('not-performed: not-asked')
    expect(await outcome({ dg14: offered(), dg14Status: { status: 'not-asked' } })).toBe('not-performed: not-asked')
    expect(await outcome({ dg14: offered(), dg14Status: { status: 'not-found', sw: 0x6a82 } })).toBe(
      'inconclusive: key-not-authentic',
    )
  })
})

describe('cam.key', () => {
  const cam = (): Uint8Array[] => [infos.pace('6.2')]
  const outcome = async (input: Case): Promise<string | undefined> => (await outcomesOf(input))['cam.key']

  it('needs the key of an authentic EF.CardSecurity', async () => {
    const observation = { chipAuthenticationMapping: seen('passed') }
    expect(await outcome({ dg14: cam(), observation })).toBe('inconclusive: key-not-authentic')
    expect(
      await outcome({ dg14: cam(), observation: { chipAuthenticationMapping: seen('failed', chipKey, 'keys-differ') } }),
    ).toBe('failed: keys-differ')
  })

  it('is not supported, not performed or not observed otherwise', async () => {
    expect(await outcome({ dg14: offered() })).toBe('not-supported')
    expect(await outcome({ dg14: cam() })).toBe('not-performed: not-asked')
    expect(await outcome({ dg14: cam(), observation: 'none' })).toBe('inconclusive: not-observed')
  })
})

describe('pace.downgrade', () => {
  const outcome = async (input: Case): Promise<string | undefined> => (await outcomesOf(input))['pace.downgrade']
  const both = (): Uint8Array[] => [infos.pace('2.2'), infos.pace('2.4')]

  it('passes for the strongest offer of an authentic list', async () => {
    expect(await outcome({ dg14: offered() })).toBe('passed')
    const strongest = { access: { ...access, oid: '0.4.0.127.0.7.2.2.4.2.4', cipher: 'AES-256' } } as const
    expect(await outcome({ dg14: both(), observation: strongest })).toBe('passed')
  })

  it('fails for a weaker cipher, for BAC, and for what the list does not offer', async () => {
    expect(await outcome({ dg14: both() })).toBe('failed: weaker-cipher')
    const { oid: _oid, parameterId: _id, mapping: _mapping, ...rest } = access
    expect(await outcome({ dg14: offered(), observation: { access: { ...rest, protocol: 'BAC', cipher: '3DES' } } })).toBe(
      'failed: bac-used',
    )
    expect(await outcome({ dg14: offered(), observation: { access: { ...access, parameterId: 12 } } })).toBe(
      'failed: not-offered',
    )
  })

  it('is inconclusive without an authentic list of offers', async () => {
    expect(await outcome({ dg14: [infos.chipKey(chipKey)] })).toBe('inconclusive: not-listed')
    expect(await outcome({ dg14: offered(), trust: nobody })).toBe('inconclusive: not-listed')
  })
})

describe('card-access.match', () => {
  const outcome = async (input: Case): Promise<string | undefined> => (await outcomesOf(input))['card-access.match']
  const read = (...entries: Uint8Array[]): Partial<Observation> => ({ cardAccess: cardAccessOf(...entries) })

  it('passes when the PACE offers are the signed ones', async () => {
    expect(await outcome({ dg14: offered(), observation: read(infos.pace('2.2')) })).toBe('passed')
  })

  it('fails when one was added, taken away, or the file is no list', async () => {
    expect(await outcome({ dg14: offered(), observation: read(infos.pace('2.2'), infos.pace('2.1')) })).toBe('failed: differs')
    expect(await outcome({ dg14: offered(), observation: read(infos.pace('2.1')) })).toBe('failed: differs')
    expect(await outcome({ dg14: offered(), observation: { cardAccess: Uint8Array.of(0x31, 0x80) } })).toBe('failed: differs')
  })

  it('is not performed with the built-in default and inconclusive without signed offers', async () => {
    expect(await outcome({ dg14: offered() })).toBe('not-performed: not-read')
    expect(await outcome({ dg14: [infos.chipKey(chipKey)], observation: read(infos.pace('2.2')) })).toBe(
      'inconclusive: not-listed',
    )
  })
})

describe('access.protocol', () => {
  it('passes for who opened the chip', async () => {
    expect((await outcomesOf({}))['access.protocol']).toBe('passed')
  })
})
