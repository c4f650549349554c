import { getEventListeners } from 'node:events'
import { isCccdError } from '@cccd/core'
import { accessFromCan, createPartialReading, readChip, verifyReading } from '@cccd/emrtd'
import { type CardChannel, encodeResponse, faulty, isoErrorCodes, send, shortLimits, transportErrorCodes } from '@cccd/iso7816'
import { createTrustStore } from '@cccd/pki'
import { type NfcLibrary, NfcSessionError, nfcErrorCodes, withChip } from '@cccd/react-native'
import { advice, messages } from '@cccd/react-native/messages'
import { type CardImage, createIssuer, personalise, seededRandom, syntheticCitizen, virtualCard } from '@cccd/simulator'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Phone, System } from './nativeModule.js'
import { phoneWith } from './phoneWith.js'

// A type error here says that the library has changed under the adapter.
const realLibrary = (library: typeof import('react-native-nfc-manager')): NfcLibrary => library

const prompt = 'Áp thẻ vào điện thoại'
const read = { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 }
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  )
/** Answers every command with the number of it. */
function countingCard(): CardChannel {
  let count = 0
  return {
    limits: shortLimits,
    transmit: async () => encodeResponse({ data: Uint8Array.of(++count), sw: 0x9000 }),
    close: async () => undefined,
  }
}
const first = (channel: CardChannel): Promise<number | undefined> => send(channel, read).then(({ data }) => data[0])

it('fits the real types of the library', async () => {
  const { nfc } = await phoneWith('android')
  expect(realLibrary(nfc as never)).toBe(nfc)
})

describe.each(['android', 'ios'] as const satisfies readonly System[])('on %s', (system) => {
  async function phoneOf(card?: Phone['card']): Promise<{ nfc: NfcLibrary; phone: Phone }> {
    const made = await phoneWith(system)
    made.phone.card = card
    return made
  }
  afterEach(() => vi.useRealTimers())

  it('opens, exchanges, closes; and again', async () => {
    const { nfc, phone } = await phoneOf(countingCard())
    expect(await withChip(first, { prompt, nfc })).toBe(1)
    expect(await withChip(first, { prompt, nfc })).toBe(2)
    await vi.waitFor(() => expect(phone.sessionOpen).toBe(false))
    const count = (name: string): number => phone.calls.filter((call) => call.startsWith(name)).length
    expect([count('start'), count('requestTechnology'), count('transceive'), count('cancelTechnologyRequest')]).toEqual([
      1, 2, 2, 2,
    ])
  })

  it('closes when use throws, and passes its error on', async () => {
    const { nfc, phone } = await phoneOf(countingCard())
    const mine = new Error('mine')
    let kept: CardChannel | undefined
    const use = async (channel: CardChannel): Promise<void> => {
      kept = channel
      throw mine
    }
    expect(await failure(withChip(use, { prompt, nfc }))).toBe(mine)
    await vi.waitFor(() => expect(phone.sessionOpen).toBe(false))
    expect(await failure(kept?.transmit(Uint8Array.of(0, 0, 0, 0)) ?? Promise.resolve())).toMatchObject({
      code: 'TRANSPORT_CLOSED',
    })
  })

  it('says that there is no NFC', async () => {
    const { nfc, phone } = await phoneOf()
    phone.supported = false
    expect(await failure(withChip(first, { prompt, nfc }))).toMatchObject({ code: 'NFC_UNSUPPORTED', retryable: false })
    phone.supported = true
    phone.card = countingCard()
    expect(await withChip(first, { prompt, nfc })).toBe(1)
  })

  it('ends when no card comes, and the next session opens', async () => {
    const { nfc, phone } = await phoneOf()
    expect(await failure(withChip(first, { prompt, nfc, deadline: 20 }))).toMatchObject({ code: 'NFC_TIMEOUT', retryable: true })
    phone.card = countingCard()
    expect(await withChip(first, { prompt, nfc })).toBe(1)
  })

  it('refuses a second session while one is open', async () => {
    const { nfc, phone } = await phoneOf(countingCard())
    const use = async (channel: CardChannel): Promise<unknown> => {
      const second = await failure(withChip(first, { prompt, nfc }))
      expect(await first(channel)).toBe(1)
      return second
    }
    expect(await withChip(use, { prompt, nfc })).toMatchObject({ code: 'NFC_BUSY', retryable: true })
    expect(phone.calls.filter((call) => call.startsWith('requestTechnology'))).toHaveLength(1)
  })

  it('names another app part that holds the session', async () => {
    const { nfc } = await phoneOf()
    void failure(nfc.default.requestTechnology('IsoDep'))
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await failure(withChip(first, { prompt, nfc }))).toMatchObject({ code: 'NFC_BUSY' })
  })

  it('loses the tag: LINK_LOST, retryable, and every command after it', async () => {
    const { nfc, phone } = await phoneOf(countingCard())
    const use = async (channel: CardChannel): Promise<unknown> => {
      await first(channel)
      phone.failNext = system === 'ios' ? 'NFCError:100' : 'transceive fail'
      await failure(first(channel))
      return first(channel)
    }
    expect(await failure(withChip(use, { prompt, nfc }))).toMatchObject({ code: 'LINK_LOST', retryable: true })
    expect(phone.calls.filter((call) => call === 'transceive')).toHaveLength(2)
  })

  it.each(['before', 'while waiting for a card', 'while the card answers', 'after'])(
    'is stopped %s, and leaves no listener',
    async (when) => {
      const silent: CardChannel = { ...countingCard(), transmit: () => new Promise(() => undefined) }
      const { nfc, phone } = await phoneOf(
        when === 'after' ? countingCard() : when === 'while the card answers' ? silent : undefined,
      )
      const controller = new AbortController()
      if (when === 'before') controller.abort()
      const { signal } = controller
      const outcome = failure(withChip(first, { prompt, nfc, signal }))
      await new Promise((resolve) => setTimeout(resolve, 10))
      controller.abort()
      expect(await outcome).toEqual(
        when === 'after' ? 'no error' : expect.objectContaining({ code: 'NFC_ABORTED', retryable: false }),
      )
      expect(getEventListeners(signal, 'abort')).toHaveLength(0)
      await vi.waitFor(() => expect(phone.sessionOpen).toBe(false))
      phone.card = countingCard()
      expect(await withChip(first, { prompt, nfc })).toBe(1)
    },
    10_000,
  )

  it('leaves no timer behind, whatever the end', async () => {
    const { nfc, phone } = await phoneOf(countingCard())
    vi.useFakeTimers()
    expect(await withChip(first, { prompt, nfc })).toBe(1)
    await vi.advanceTimersByTimeAsync(1100)
    expect(vi.getTimerCount()).toBe(0)
    phone.card = undefined
    const late = failure(withChip(first, { prompt, nfc, deadline: Number.POSITIVE_INFINITY }))
    await vi.advanceTimersByTimeAsync(10_000)
    phone.endSession(system === 'ios' ? 'NFCError:201' : 'cancelled')
    expect(await late).toMatchObject({ code: system === 'ios' ? 'NFC_TIMEOUT' : 'NFC_CANCELLED' })
    await vi.advanceTimersByTimeAsync(1100)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('shows no text of the native side', async () => {
    const { nfc, phone } = await phoneOf(countingCard())
    phone.failNext = '00A4040C07A0000002471001'
    const lost = await failure(withChip(first, { prompt, nfc }))
    expect(lost).toMatchObject({ code: 'LINK_LOST' })
    const texts = [lost, (lost as Error).cause, ((lost as Error).cause as Error).cause].map(String)
    expect(JSON.stringify([texts, lost])).not.toContain('A000000')
  })

  it('guards its arguments', async () => {
    const { nfc, phone } = await phoneOf(countingCard())
    for (const wrong of [{ deadline: 0 }, { deadline: Number.NaN }, { timeout: -1 }])
      expect(await failure(withChip(first, { prompt, nfc, ...wrong }))).toBeInstanceOf(RangeError)
    expect(phone.calls).toEqual([])
  })
})

describe('Android', () => {
  it('asks for reader mode without NDEF, a sane timeout, and takes the length that the phone names', async () => {
    const { nfc, phone } = await phoneWith('android')
    phone.card = countingCard()
    const limitsOf = (options: object = {}): Promise<object> =>
      withChip(async ({ limits }) => limits, { prompt, nfc, ...options })
    expect(await limitsOf()).toEqual({ maxCommandLength: 65_279, maxResponseLength: 65_279 })
    expect(phone.calls).toContain('registerTagEvent true 131 1000')
    expect(phone.calls).toContain('setTimeout 4000')
    phone.maxTransceiveLength = 261
    expect(await limitsOf({ timeout: 5000 })).toEqual(shortLimits)
    expect(phone.calls).toContain('setTimeout 5000')
    phone.maxTransceiveLength = 253
    expect(await limitsOf()).toEqual(shortLimits)
    const own = { maxCommandLength: 300, maxResponseLength: 400 }
    expect(await limitsOf({ limits: own })).toEqual(own)
  })

  it('knows that NFC is off, and a card of another kind', async () => {
    const { nfc, phone } = await phoneWith('android')
    phone.enabled = false
    expect(await failure(withChip(first, { prompt, nfc }))).toMatchObject({ code: 'NFC_DISABLED', retryable: true })
    phone.enabled = true
    phone.card = 'wrong'
    expect(await failure(withChip(first, { prompt, nfc }))).toMatchObject({ code: 'NFC_WRONG_CARD', retryable: true })
  })
})

describe('iOS', () => {
  it('shows prompt, progress and the good end', async () => {
    const { nfc, phone } = await phoneWith('ios')
    phone.card = countingCard()
    await withChip(
      async (channel, show) => {
        expect(channel.limits).toEqual({ maxCommandLength: 1024, maxResponseLength: 1024 })
        show('Đang đọc')
        await first(channel)
        show('Sắp xong')
      },
      { prompt, done: 'Xong', nfc },
    )
    await vi.waitFor(() => expect(phone.sessionOpen).toBe(false))
    expect(phone.calls).toEqual([
      'start',
      `requestTechnology IsoDep ${prompt}`,
      'setAlertMessage Đang đọc',
      'transceive',
      'setAlertMessage Sắp xong',
      'setAlertMessage Xong',
      'cancelTechnologyRequest',
    ])
  })

  it('shows the bad end in the words that it is given', async () => {
    const { nfc, phone } = await phoneWith('ios')
    phone.card = countingCard()
    phone.failNext = 'NFCError:100'
    await failure(withChip(first, { prompt, nfc, done: 'Xong', failed: (error) => advice(error, 'vi') }))
    await vi.waitFor(() => expect(phone.sessionOpen).toBe(false))
    expect(phone.calls).toContain(`invalidateSessionWithError ${messages.LINK_LOST.vi}`)
    expect(phone.calls.join()).not.toContain('Xong')
  })

  it.each([
    ['the person closes the sheet', 'NFCError:200', 'NFC_CANCELLED', false],
    ['the time is over', 'NFCError:201', 'NFC_TIMEOUT', true],
    ['the system is busy', 'NFCError:203', 'NFC_BUSY', true],
    ['the entitlement is missing', 'NFCError:2', 'NFC_NOT_PERMITTED', false],
    ['the radio is off', 'NFCError:6', 'NFC_DISABLED', true],
    ['the phone cannot', 'NFCError:1', 'NFC_UNSUPPORTED', false],
    ['something else', 'NFCError:202', 'NFC_FAILED', false],
  ])('while it waits: %s', async (_, text, code, retryable) => {
    const { nfc, phone } = await phoneWith('ios')
    const outcome = failure(withChip(first, { prompt, nfc }))
    await vi.waitFor(() => expect(phone.sessionOpen).toBe(true))
    phone.endSession(text)
    const error = await outcome
    expect(error).toBeInstanceOf(NfcSessionError)
    expect(error).toMatchObject({ code, retryable })
  })

  it('the sheet is closed while the card is read: not a lost card, which an app would ask for again', async () => {
    const { nfc, phone } = await phoneWith('ios')
    phone.card = countingCard()
    phone.failNext = 'NFCError:103'
    const error = await failure(withChip(first, { prompt, nfc }))
    expect(error).toMatchObject({ code: 'NFC_SESSION_ENDED', retryable: true, cause: { code: 'LINK_LOST' } })
  })

  it.each(['NFCError:105', 'NFCError:4'])('a command too long for the phone (%s) loses nothing', async (text) => {
    const { nfc, phone } = await phoneWith('ios')
    phone.card = countingCard()
    phone.failNext = text
    const use = async (channel: CardChannel): Promise<unknown> => [await failure(first(channel)), await first(channel)]
    expect(await withChip(use, { prompt, nfc })).toMatchObject([{ code: 'TRANSPORT_LENGTH' }, 1])
  })
})

describe('a whole card', () => {
  const random = seededRandom('phone')
  const at = '2026-06-01T08:00:00Z'
  let card: CardImage

  beforeAll(async () => {
    card = await personalise(await createIssuer({ random, at }), syntheticCitizen(3), { random, at })
  })

  it.each(['android', 'ios'] as const)('is read and verified on %s; after a lost tag it goes on where it was', async (system) => {
    const { nfc, phone } = await phoneWith(system)
    const chip = virtualCard(card)
    // Core NFC has selected the LDS application before it hands the tag over.
    const insert = async (): Promise<void> => {
      await chip.reset()
      if (system === 'ios')
        await send(chip, { cla: 0, ins: 0xa4, p1: 4, p2: 0x0c, data: Uint8Array.of(0xa0, 0, 0, 2, 0x47, 0x10, 1) })
    }
    await insert()
    phone.card = faulty(chip, [{ at: 14, fault: { type: 'link-lost' } }])
    const challenge = random(8)
    const partial = createPartialReading()
    const access = accessFromCan(card.can)
    const tap = (): ReturnType<typeof readChip> =>
      withChip(
        (channel, show) =>
          readChip(channel, {
            access,
            files: ['DG1', 'DG2'],
            activeAuthentication: { challenge },
            into: partial,
            random,
            onProgress: ({ step }) => show(step),
          }),
        { prompt, nfc },
      )
    const lost = await failure(tap())
    expect(isCccdError(lost, 'LINK_LOST') && lost.retryable).toBe(true)
    expect(Object.keys(partial.files)).not.toHaveLength(0)
    await insert()
    phone.card = chip
    const reading = await tap()
    const trust = await createTrustStore({ anchors: [{ certificate: card.issuer.csca.certificate }], allowDemo: true })
    const report = await verifyReading(reading, { trust, at, expect: { activeAuthenticationChallenge: challenge } })
    expect(report.summary).toMatchObject({ issuer: 'country-ca', integrity: 'passed', clone: 'passed' })
  })
})

describe('without the library', () => {
  it('says what to install', async () => {
    expect(await failure(withChip(first, { prompt }))).toMatchObject({ code: 'NFC_NOT_INSTALLED', retryable: false })
  })
})

describe('messages', () => {
  it('has a text for every code that can come through this package', () => {
    expect(Object.keys(messages).sort()).toEqual([...nfcErrorCodes, ...isoErrorCodes, ...transportErrorCodes].sort())
    expect(advice(new NfcSessionError('NFC_BUSY', 'test'), 'vi')).toBe(messages.NFC_BUSY.vi)
  })
})
