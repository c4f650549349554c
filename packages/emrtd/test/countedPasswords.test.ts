import { type AccessCandidate, accessFromCan, accessFromPin, accessFromPuk, openChip } from '@cccd/emrtd'
import { type CardImage, issueCard, seededRandom, type VirtualCard, virtualCard } from '@cccd/simulator'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'

const at = '2026-06-01T00:00:00Z'
const wrong = '000000'
let card: CardImage
let chip: VirtualCard
let pin: string

beforeAll(async () => {
  const image = { type: 'jpeg', encode: async () => Uint8Array.of(0xff, 0xd8, 0xff, 0xd9) } as const
  card = await issueCard({ profile: 'pin-card', index: 0, random: seededRandom('counted'), at, image })
  pin = card.pin ?? ''
})

beforeEach(() => {
  chip = virtualCard(card, { random: seededRandom('chip') })
})

async function open(access: readonly AccessCandidate[]) {
  await chip.reset()
  const session = await openChip(chip, { access, random: seededRandom('terminal') })
  session.secure?.end()
  return session.record
}

/** Spends tries until this many are left of three. */
async function leave(tries: number): Promise<void> {
  for (let left = 2; left >= tries; left--)
    await expect(open(accessFromPin(wrong, { can: card.can }))).rejects.toMatchObject({
      code: left === 0 ? 'PACE_BLOCKED' : 'PACE_WRONG_PASSWORD',
      step: 'pace.exchange-tokens',
      params: { password: 'PIN', retries: left },
    })
}

describe('a PIN whose tries the chip counts', () => {
  it('opens the chip with all tries and with two left, which the chip says at MSE:Set AT', async () => {
    expect(await open(accessFromPin(pin))).toMatchObject({ protocol: 'PACE', password: 'PIN', refused: [] })
    await leave(2)
    expect(await open(accessFromPin(pin))).toMatchObject({ password: 'PIN', refused: [] })
  })

  it('is suspended with one left: the last try is kept, until the access number is shown', async () => {
    await leave(1)
    const refused = { code: 'PACE_SUSPENDED', params: { password: 'PIN', retries: 1 } }
    for (const digits of [pin, wrong]) await expect(open(accessFromPin(digits))).rejects.toMatchObject(refused)
    expect(await open(accessFromPin(pin, { can: card.can }))).toMatchObject({ password: 'PIN' })
    // Counted anew after it was right.
    expect(await open(accessFromPin(pin))).toMatchObject({ password: 'PIN' })
  })

  it('keeps the last try when the access number is wrong', async () => {
    await leave(1)
    await expect(open(accessFromPin(pin, { can: '999999' }))).rejects.toMatchObject({ code: 'PACE_WRONG_PASSWORD', sw: 0x6300 })
    expect(await open(accessFromPin(pin, { can: card.can }))).toMatchObject({ password: 'PIN' })
  })

  it('is blocked with none left, even with the access number; the other passwords still open the chip, on record', async () => {
    await leave(0)
    const blocked = { code: 'PACE_BLOCKED', params: { password: 'PIN', retries: 0 } }
    await expect(open(accessFromPin(pin, { can: card.can }))).rejects.toMatchObject(blocked)
    expect(await open([...accessFromPin(pin), ...accessFromCan(card.can)])).toMatchObject({
      password: 'CAN',
      candidate: 1,
      refused: [{ protocol: 'PACE', password: 'PIN', reason: 'PACE_BLOCKED' }],
    })
    expect(await open(accessFromPuk(card.puk ?? ''))).toMatchObject({ password: 'PUK' })
  })

  it('says nothing of its digits in any error', async () => {
    const error: unknown = await open(accessFromPin('31415926')).catch((thrown: unknown) => thrown)
    expect(JSON.stringify(error)).not.toContain('31415926')
    expect(() => accessFromPin('12ab')).toThrow(expect.objectContaining({ code: 'EMRTD_ACCESS_INPUT' }))
    expect(() => accessFromPin('1234', { can: '12' })).toThrow(expect.objectContaining({ code: 'EMRTD_ACCESS_INPUT' }))
  })
})
