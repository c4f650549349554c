import { checkOf } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import {
  accessFromCan,
  openChip,
  type PaceInfo,
  parseSecurityInfos,
  rankPaceInfos,
  readChip,
  type SecurityInfo,
  verifyReading,
} from '@cccd/emrtd'
import { createTrustStore } from '@cccd/pki'
import {
  type CardImage,
  createIssuer,
  type PaceOffer,
  personalise,
  seededRandom,
  syntheticCitizen,
  virtualCard,
} from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { cardAccessOf, infos } from './issuer.js'
import { answering, countingRandom } from './support.js'

const at = '2026-06-01T00:00:00Z'

/** Offers by arc of id-PACE and parameters, as `4.2` 13 is ECDH-IM AES-128 on brainpoolP256r1. */
const listed = (...offers: readonly (readonly [string, number])[]): SecurityInfo[] =>
  parseSecurityInfos(cardAccessOf(...offers.map(([suffix, id]) => infos.pace(suffix, id))))

const order = (list: readonly SecurityInfo[]): (readonly [string, number | undefined])[] =>
  rankPaceInfos(list, defaultCrypto()).map(({ info }) => [info.oid.slice('0.4.0.127.0.7.2.2.4.'.length), info.parameterId])

async function cardWith(pace: readonly PaceOffer[]): Promise<CardImage> {
  const issuer = await createIssuer({ random: seededRandom('ranked'), at })
  return personalise(issuer, syntheticCitizen(3), { random: seededRandom('ranked card'), pace, aa: 'none' })
}

describe('the order in which offers of PACE are taken up', () => {
  it('is the one of docs/access.md', () => {
    const best = [
      ['6.2', 13],
      ['2.4', 12],
      ['1.4', 2],
      ['2.3', 18],
      ['4.2', 18],
      ['2.2', 13],
      ['3.2', 1],
      ['2.1', 18],
      ['6.4', 9],
      ['2.4', 8],
      ['1.4', 0],
    ] as const
    expect(order(listed(...[...best].reverse()))).toEqual(best)
    // Alike: the order of the chip.
    for (const pair of [['2.2', '4.2'] as const, ['4.2', '2.2'] as const])
      expect(order(listed([pair[0], 13], [pair[1], 13]))).toEqual([
        [pair[0], 13],
        [pair[1], 13],
      ])
  })

  it('passes over what the standard excludes, reserves or does not know', () => {
    expect(order(listed(['4.2', 10], ['2.2', 5], ['2.2', 31], ['1.2', 13], ['2.2', 2], ['6.1', 13], ['2.2', 13]))).toEqual([
      ['2.2', 13],
    ])
    expect(order(listed(['4.4', 10], ['6.1', 13]))).toEqual([])
  })
})

describe('a list of very many offers', () => {
  it('costs sixteen tries and no more where the chip refuses them all', async () => {
    const suffixes = ['2.2', '2.3', '2.4', '4.2', '4.3', '4.4', '6.2', '6.3', '6.4', '2.1', '4.1']
    const all = suffixes.flatMap((suffix) => [11, 12, 13, 14, 15, 16, 17, 18].map((id) => infos.pace(suffix, id))).slice(0, 80)
    const file = cardAccessOf(...all, ...all.slice(0, 48))
    const chip = answering(([, ins, p1 = 0, p2 = 0], _index) => {
      if (ins !== 0xb0) return ins === 0x22 ? '6a80' : '9000'
      const at = p1 === 0x9c ? p2 : p1 * 256 + p2
      return Uint8Array.of(...file.slice(at, at + 256), 0x90, 0)
    })
    const opened = openChip(chip, { access: accessFromCan('500540'), random: countingRandom() })
    await expect(opened).rejects.toMatchObject({ code: 'PACE_FAILED', sw: 0x6a80 })
    expect(chip.sent.filter((command) => command.startsWith('0022c1a4'))).toHaveLength(16)
  })
})

describe('parameters that a chip writes out', () => {
  it('are taken where they are those of a known group, on a curve and modulo a prime, and are part of what DG14 signs', async () => {
    for (const parameterId of [12, 1]) {
      const card = await cardWith([{ cipher: 'AES-128', parameterId, explicitId: 33 }])
      const chip = virtualCard(card, { random: seededRandom('chip') })
      const reading = await readChip(chip, {
        access: accessFromCan(card.can),
        files: ['DG1', 'DG14'],
        random: seededRandom('terminal'),
        clock: () => Date.parse(at),
      })
      expect(reading.access).toMatchObject({ parameterId: 33, explicitParameters: true, refused: [] })
      const trust = await createTrustStore({ anchors: [{ certificate: card.issuer.csca.certificate }], allowDemo: true })
      const report = await verifyReading(reading, { trust, at })
      for (const id of ['card-access.match', 'pace.downgrade'] as const)
        expect([id, checkOf(report, id).status]).toEqual([id, 'passed'])
    }
  })

  it('are no other group for any byte that is changed', async () => {
    const card = await cardWith([{ cipher: 'AES-128', parameterId: 12, explicitId: 33 }])
    const list = parseSecurityInfos(card.files.CardAccess ?? new Uint8Array(0))
    const groups = new Set<string>()
    let refused = 0
    for (const info of list) {
      if (info.type !== 'pace-domain-parameters') continue
      for (let index = 0; index < info.domainParameter.length; index++) {
        const domainParameter = info.domainParameter.map((byte, place) => (place === index ? byte ^ 1 : byte))
        const [offer] = rankPaceInfos(
          list.map((other) => (other === info ? { ...info, domainParameter } : other)),
          defaultCrypto(),
        )
        if (offer === undefined) refused++
        else groups.add(offer.parameters.group)
      }
      // All but what says nothing of the group, as the version and the seed do not.
      expect(refused).toBeGreaterThan(info.domainParameter.length * 0.8)
    }
    expect([...groups].filter((group) => group !== 'P-256')).toEqual([])
  })

  it('do not change what a number of the standard means', async () => {
    const card = await cardWith([{ cipher: 'AES-128', parameterId: 8, explicitId: 33 }])
    const written = parseSecurityInfos(card.files.CardAccess ?? new Uint8Array(0)).find(
      (info) => info.type === 'pace-domain-parameters',
    )
    if (written?.type !== 'pace-domain-parameters') throw new Error('the card writes its parameters out')
    const [named] = listed(['2.2', 13]) as [PaceInfo]
    const [offer] = rankPaceInfos([named, { ...written, parameterId: 13 }], defaultCrypto())
    expect(offer).toMatchObject({ parameters: { group: 'brainpoolP256r1' } })
    expect(offer?.explicit).toBeUndefined()
  })
})
