import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultCrypto } from '@cccd/crypto/default'
import { accessFromCan, openChip, pace, parseSecurityInfos, vietnameseCardAccess } from '@cccd/emrtd'
import { recording } from '@cccd/iso7816'
import { seededRandom, virtualCard } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import {
  cardWith,
  everyWay,
  excludedBy,
  expectExcluded,
  expectWorks,
  matrixDocument,
  type PaceWay,
  type passwords,
} from './paceMatrix.js'
import { answering, countingRandom } from './support.js'

/** Every mapping, agreement, cipher, password and size of field at least once; the whole matrix is in the full set. */
const sample: readonly (readonly [PaceWay, (typeof passwords)[number]])[] = [
  [{ mapping: 'GM', parameterId: 0, cipher: '3DES' }, 'MRZ'],
  [{ mapping: 'GM', parameterId: 2, cipher: 'AES-192' }, 'CAN'],
  [{ mapping: 'GM', parameterId: 8, cipher: '3DES' }, 'PIN'],
  [{ mapping: 'GM', parameterId: 13, cipher: 'AES-128' }, 'CAN'],
  [{ mapping: 'GM', parameterId: 18, cipher: 'AES-256' }, 'MRZ'],
  [{ mapping: 'IM', parameterId: 0, cipher: 'AES-128' }, 'CAN'],
  [{ mapping: 'IM', parameterId: 11, cipher: 'AES-192' }, 'PUK'],
  [{ mapping: 'IM', parameterId: 12, cipher: '3DES' }, 'MRZ'],
  [{ mapping: 'IM', parameterId: 18, cipher: 'AES-256' }, 'MRZ'],
  [{ mapping: 'CAM', parameterId: 13, cipher: 'AES-128' }, 'CAN'],
  [{ mapping: 'CAM', parameterId: 10, cipher: 'AES-192' }, 'PIN'],
  [{ mapping: 'CAM', parameterId: 17, cipher: 'AES-256' }, 'MRZ'],
]

describe('a public key longer than a short command', () => {
  it('goes in parts where only short commands pass, and in one where the chip says it has extended length', async () => {
    for (const extendedLength of [false, { command: 65_544, response: 65_538 }] as const) {
      const card = await cardWith({ mapping: 'GM', parameterId: 2, cipher: 'AES-128' })
      const chip = virtualCard(card, { random: seededRandom('long'), traits: { extendedLength } })
      const recorded = recording(chip)
      const session = await openChip(recorded, { access: accessFromCan(card.can), random: seededRandom('terminal') })
      expect(session.record).toMatchObject({ protocol: 'PACE', parameterId: 2 })
      session.secure?.end()
      const longest = Math.max(...recorded.trace().exchanges.map(({ command }) => command.length))
      expect(longest > 261).toBe(extendedLength !== false)
    }
  })
})

describe('a password that is switched off', () => {
  it('is PACE_DEACTIVATED before anything is tried', async () => {
    const chip = answering(() => '6283')
    const info = parseSecurityInfos(vietnameseCardAccess).find((entry) => entry.type === 'pace')
    if (info === undefined) throw new Error('the Vietnamese card offers PACE')
    const password = { password: 'PIN', value: '123456' } as const
    await expect(pace(chip, { crypto: defaultCrypto(), random: countingRandom(), info, password })).rejects.toMatchObject({
      code: 'PACE_DEACTIVATED',
      sw: 0x6283,
      params: { password: 'PIN' },
    })
    expect(chip.sent).toHaveLength(1)
  })
})

describe('the matrix of PACE, a sample', () => {
  it.each(sample)('works: %o with %s', async (way, password) => {
    expect(excludedBy(way)).toBeUndefined()
    await expectWorks(way, password)
  })

  it('excludes what the standard excludes, and nothing else', async () => {
    const excluded = everyWay.filter((way) => excludedBy(way) !== undefined)
    // IM × P-224 with four ciphers; CAM × three groups modulo a prime with four; CAM × eleven curves with 3DES.
    expect(excluded).toHaveLength(4 + 12 + 11)
    for (const way of excluded) await expectExcluded(way)
  })

  it('is what docs/pace-matrix.md says', () => {
    const file = join(import.meta.dirname, '../../../docs/pace-matrix.md')
    expect(readFileSync(file, 'utf8')).toBe(matrixDocument())
  })
})
