import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'
import { accessFromCan, readChip } from '@cccd/emrtd'
import { seededRandom, virtualCard } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { demoCard } from './support/demo.js'

const ciphers = ['3DES', 'AES-128', 'AES-192', 'AES-256'] as const
const parameterIds = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18] as const
const backends = [nodeCrypto(), portableCrypto()]

describe.each(ciphers)('PACE with %s', (cipher) => {
  it.each(parameterIds)('and parameters %i, each backend as chip and as terminal', async (parameterId) => {
    const card = await demoCard(4, { pace: [{ cipher, parameterId }], aa: 'none' })
    for (const chip of backends)
      for (const terminal of backends) {
        const channel = virtualCard(card, { crypto: chip, random: seededRandom('chip') })
        const reading = await readChip(channel, { access: accessFromCan(card.can), crypto: terminal, files: ['DG1'] })
        expect(reading.files.DG1).toEqual(card.files.DG1)
      }
  })
})

describe('Active Authentication', () => {
  it('with rsa-4096 answers over two APDUs', async () => {
    const card = await demoCard(4, { aa: 'rsa-4096' })
    const challenge = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 9)
    const channel = virtualCard(card, { profile: 'vn-short' })
    const reading = await readChip(channel, { access: accessFromCan(card.can), activeAuthentication: { challenge } })
    expect(reading.activeAuthentication?.response?.length).toBe(512)
  })
})
