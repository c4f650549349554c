import { decodeHex, encodeTlv } from '@cccd/core'
import { accessFromCan, type ChipReading, createPartialReading, type PartialReading, readChip } from '@cccd/emrtd'
import { TransportError } from '@cccd/iso7816'
import { describe, expect, it } from 'vitest'
import { observationOf } from '../../src/reading/observation.js'
import { infos, makeDg14, makeDg15 } from '../issuer.js'
import { backends, countingRandom } from '../support.js'
import { cardAccessOf, TestChip } from '../TestChip.js'

/**
 * A copy of a card without its private keys, put on the reader after the link to the first card was lost: everything that was read
 * already, the copy has too.
 */

const crypto = backends[0]?.[1] as (typeof backends)[number][1]
const challenge = decodeHex('0102030405060708')
const curve = 'brainpoolP256r1'
const genuineScalar = decodeHex('107cf58696ef6155053340fd633392ba81909df7b9706f226f32086c7aff974a')
const otherScalar = decodeHex('107cf58696ef6155053340fd633392ba81909df7b9706f226f32086c7aff974b')
const key = { type: 'ec', curve, point: await crypto.curve(curve).publicKey(genuineScalar) } as const

const cards = {
  CardAccess: cardAccessOf('0.4.0.127.0.7.2.2.4.2.2', 13),
  SOD: encodeTlv(0x77, new Uint8Array(1_900).fill(7)),
  DG1: encodeTlv(0x61, new Uint8Array(93)),
  DG14: makeDg14(infos.chipKey(key), infos.chipAuthentication(2)),
  DG15: makeDg15(key),
}

function read(chip: TestChip, into: PartialReading): Promise<ChipReading> {
  return readChip(chip, {
    access: accessFromCan('500540'),
    files: ['DG1'],
    activeAuthentication: { challenge },
    crypto,
    random: countingRandom(3),
    clock: () => 1_700_000_000_000,
    into,
  })
}

const chipKey = (scalar: Uint8Array) => ({ curve, scalar, cipher: 'AES-128' }) as const

/** A genuine card, taken away when it is asked to sign. */
async function untilSignature(): Promise<PartialReading> {
  const into = createPartialReading()
  const chip = new TestChip({
    crypto,
    files: cards,
    chipKey: chipKey(genuineScalar),
    quirk: ({ ins }) => {
      if (ins === 0x88) throw new TransportError('LINK_LOST', 'the card is gone')
      return undefined
    },
  })
  await expect(read(chip, into)).rejects.toMatchObject({ code: 'LINK_LOST' })
  return into
}

describe('a copy after a lost link', () => {
  it('does not prove the chip authentication key by being opened again', async () => {
    const into = await untilSignature()
    // Nothing is left to read before the signature, so that is the first command under the new keys, which the copy does not have.
    const reading = await read(new TestChip({ crypto, files: cards, chipKey: chipKey(otherScalar) }), into)
    expect(observationOf(reading)?.chipAuthentication).toMatchObject({ status: 'failed', reason: 'session-keys-wrong' })
    expect(reading.chipAuthentication?.status).toBe('failed')
  })

  it('the genuine card still proves it', async () => {
    const reading = await read(new TestChip({ crypto, files: cards, chipKey: chipKey(genuineScalar) }), await untilSignature())
    expect(observationOf(reading)?.chipAuthentication?.status).toBe('passed')
  })
})
