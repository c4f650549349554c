import { checkOf } from '@cccd/core'
import { publicKeyOf } from '@cccd/crypto'
import { generateKeyPair } from '@cccd/crypto/default'
import { createTrustStore, type TrustStore } from '@cccd/pki'
import { beforeAll, describe, expect, it } from 'vitest'
import { type AccessRecord, type ChipReading, readingFromFiles, verifyReading } from '../../src/index.js'
import { observe } from '../../src/reading/observation.js'
import { cardAccessOf, infos, makeDg1, makeDg14, makeSod, seeded, spki, testIssuer } from '../issuer.js'

/** An observed reading that somebody wrote into after the chip was read: what was seen live was not seen of these files. */

const at = '2026-01-31T09:00:00Z'
const oid = '0.4.0.127.0.7.2.2.4.2.2'
const pace: AccessRecord = {
  protocol: 'PACE',
  password: 'CAN',
  candidate: 0,
  oid,
  parameterId: 13,
  mapping: 'GM',
  cipher: 'AES-128',
  cardAccess: 'read',
  offered: [oid],
  refused: [],
}
const live = ['ca.keys', 'pace.downgrade', 'card-access.match', 'access.protocol']

let trust: TrustStore
let makeReading: (personalNumber: string) => Promise<ChipReading>
let see: (reading: ChipReading, access?: AccessRecord) => ChipReading

beforeAll(async () => {
  const issuer = await testIssuer()
  trust = await createTrustStore({ anchors: [{ certificate: issuer.csca }] })
  const key = publicKeyOf(await generateKeyPair({ type: 'ec', curve: 'brainpoolP256r1' }, seeded(41)))
  // One chip key for both cards: a fault of the issuer that must not matter here.
  const dg14 = makeDg14(infos.chipKey(key), infos.chipAuthentication(2), infos.pace('2.2'))
  const cardAccess = cardAccessOf(infos.pace('2.2'))
  makeReading = async (personalNumber) => {
    const dg1 = makeDg1(
      [`IDVNM0900001233${personalNumber}<<4`, '9008157M3008155VNM<<<<<<<<<<<0', 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<'].join(''),
    )
    const SOD = await makeSod(issuer, { 1: dg1, 14: dg14 })
    return readingFromFiles({ SOD, DG1: dg1, DG14: dg14, CardAccess: cardAccess }, { readAt: at })
  }
  see = (reading, access = pace) => {
    const observed = { status: 'passed', oid: '0.4.0.127.0.7.2.2.3.2.2', publicKeyInfo: spki(key) } as const
    const { CardAccess } = reading.files
    observe(reading, { access, chipAuthentication: observed, ...(CardAccess === undefined ? {} : { cardAccess: CardAccess }) })
    return reading
  }
})

async function outcomes(reading: ChipReading): Promise<string[]> {
  const report = await verifyReading(reading, { trust, at })
  return live.map((id) => [checkOf(report, id).status, checkOf(report, id).reason].filter(Boolean).join(': '))
}

describe('an observed reading', () => {
  it('keeps what was seen', async () => {
    expect(await outcomes(see(await makeReading('001090000123')))).toEqual(['passed', 'passed', 'passed', 'passed'])
  })

  it('with the files of another card was not observed', async () => {
    const reading = see(await makeReading('001090000123'))
    Object.assign(reading.files, (await makeReading('001090000777')).files)
    expect(await outcomes(reading)).toEqual(live.map(() => 'inconclusive: not-observed'))
  })

  it('written over byte by byte was not observed', async () => {
    const reading = see(await makeReading('001090000123'))
    const other = (await makeReading('001090000777')).files
    for (const name of ['SOD', 'DG1'] as const) reading.files[name]?.set(other[name] ?? [])
    expect((await outcomes(reading))[0]).toBe('inconclusive: not-observed')
  })

  it('does not let its access record or EF.CardAccess be rewritten', async () => {
    const reading = await makeReading('001090000123')
    const access = { ...pace, protocol: 'BAC' } as { protocol: 'PACE' | 'BAC' } & AccessRecord
    see(reading, access)
    access.protocol = 'PACE'
    reading.files.CardAccess?.fill(0)
    expect((await outcomes(reading)).slice(1, 3)).toEqual(['failed: bac-used', 'passed'])
  })
})
