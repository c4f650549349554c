import { createPartialReading, type ReadProgress } from '@cccd/emrtd'
import { TransportError } from '@cccd/iso7816'
import { describe, expect, it } from 'vitest'
import { planSteps } from '../src/read/planSteps.js'
import type { TestChip } from './TestChip.js'
import { cards, challenge, chipWith, codeOf, everything, read } from './testCard.js'

const whole = { files: everything, activeAuthentication: { challenge } } as const

/** A clock that each APDU moves by 25 ms. */
function clockOf(chip: TestChip): () => number {
  return () => 1_700_000_000_000 + 25 * chip.exchanges
}

describe('progress', () => {
  it('counts the bytes of the whole read and estimates the time left', async () => {
    const events: (ReadProgress & { readonly at: number })[] = []
    const chip = chipWith()
    const clock = clockOf(chip)
    await read(chip, { ...whole, clock, onProgress: (event) => events.push({ ...event, at: clock() }) })
    const end = clock()
    const size = ['SOD' as const, ...everything].reduce((sum, name) => sum + (cards[name]?.length ?? 0), 0)
    for (const [index, event] of events.entries()) {
      const before = events[index - 1]
      expect(event.bytesDone).toBeGreaterThanOrEqual(before?.bytesDone ?? 0)
      expect(event.fraction).toBeGreaterThanOrEqual(before?.fraction ?? 0)
      expect(event.bytesExpected).toBeGreaterThanOrEqual(event.bytesDone)
      expect(Number.isInteger(event.msLeft)).toBe(true)
    }
    expect(events.at(-1)).toMatchObject({ bytesDone: size, bytesExpected: size, fraction: 1, msLeft: 0 })
    // Once the chip has shown its pace, within a fifth.
    for (const { file, bytesRead = 0, msLeft, at } of events)
      if (file === 'DG2' && bytesRead > 1_000 && bytesRead < 14_000) expect(Math.abs(msLeft / (end - at) - 1)).toBeLessThan(0.2)
    expect(events[0]?.bytesExpected).toBeGreaterThan(15_000)
  })

  it('announces the steps that were planned, in their order', async () => {
    const events: ReadProgress[] = []
    await read(chipWith(), { ...whole, onProgress: (event) => events.push(event) })
    const announced = events.filter(({ bytesRead }) => bytesRead === undefined).map(({ step, file }) => ({ step, file }))
    const planned = planSteps({ access: [], ...whole }).map(({ step, file }) => ({ step, file }))
    expect(announced.filter(({ step, file }) => planned.some((one) => one.step === step && one.file === file))).toEqual(planned)
  })

  it('ends at 1 although files are not there', async () => {
    const events: ReadProgress[] = []
    const files = { ...cards }
    delete files.DG13
    await read(chipWith({ files }), { files: ['DG13', 'DG3'], onProgress: (event) => events.push(event) })
    const last = events.at(-1)
    expect(last?.step).toBe('read-file')
    expect(events.every(({ fraction }) => fraction >= 0 && fraction <= 1)).toBe(true)
  })

  it('goes on where the first tap ended', async () => {
    const into = createPartialReading()
    const controller = new AbortController()
    const onProgress = ({ file, bytesRead = 0 }: ReadProgress): void => {
      if (file === 'DG2' && bytesRead > 5_000) controller.abort()
    }
    expect(await codeOf(read(chipWith(), { ...whole, into, onProgress, signal: controller.signal }))).toBe('TRANSPORT_ABORTED')
    const events: ReadProgress[] = []
    await read(chipWith(), { ...whole, into, onProgress: (event) => events.push(event) })
    expect(events[0]?.bytesDone).toBeGreaterThan(5_000)
    expect(events.at(-1)?.fraction).toBe(1)
  })
})

describe('deadlines', () => {
  it('of a whole step', async () => {
    const chip = chipWith()
    const clock = clockOf(chip)
    const into = createPartialReading()
    const stepDeadlines = { 'read-file': 1_000 }
    const error: unknown = await read(chip, { ...whole, clock, stepDeadlines, into }).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'TRANSPORT_TIMEOUT', retryable: true, step: 'read-binary' })
    // 40 APDUs of DG2, and no more: 1,000 ms are over.
    expect(into.files.DG2?.received).toBe(40 * 223)
    const second = chipWith()
    expect((await read(second, { ...whole, clock: clockOf(second), stepDeadlines, into })).files.DG2).toEqual(cards.DG2)
  })

  it('of an APDU that the step has no time left for', async () => {
    const chip = chipWith()
    const transmit = chip.transmit.bind(chip)
    chip.transmit = (command) => (chip.exchanges === 3 ? new Promise(() => undefined) : transmit(command))
    const start = Date.now()
    expect(await codeOf(read(chip, { ...whole, clock: Date.now, stepDeadlines: { open: 300 } }))).toBe('TRANSPORT_TIMEOUT')
    expect(Date.now() - start).toBeLessThan(4_000)
  })

  it('of a challenge that does not come, and its cancellation', async () => {
    const controller = new AbortController()
    const given: (AbortSignal | undefined)[] = []
    const never = (context: { readonly signal?: AbortSignal | undefined }): Promise<Uint8Array> => {
      given.push(context.signal)
      return new Promise(() => undefined)
    }
    const activeAuthentication = { challenge: never }
    const late = read(chipWith(), { activeAuthentication, stepDeadlines: { 'active-authentication': 30 } })
    expect(await codeOf(late)).toBe('TRANSPORT_TIMEOUT')
    const cancelled = read(chipWith(), { activeAuthentication, signal: controller.signal })
    setTimeout(() => controller.abort(), 400)
    expect(await codeOf(cancelled)).toBe('TRANSPORT_ABORTED')
    expect(given).toEqual([undefined, controller.signal])
  })

  it('an error of the challenge is the caller’s own', async () => {
    const challengeError = new Error('no challenge today')
    const failing = read(chipWith(), { activeAuthentication: { challenge: () => Promise.reject(challengeError) } })
    await expect(failing).rejects.toBe(challengeError)
  })

  it('must be positive', async () => {
    await expect(read(chipWith(), { stepDeadlines: { open: 0 } })).rejects.toThrow(RangeError)
    await expect(read(chipWith(), { stepDeadlines: { open: Number.NaN } })).rejects.toThrow(RangeError)
  })

  it('a lost link stays a lost link', async () => {
    const chip = chipWith()
    chip.transmit = () => Promise.reject(new TransportError('LINK_LOST', 'gone'))
    expect(await codeOf(read(chip, { stepDeadlines: { open: 1_000 } }))).toBe('LINK_LOST')
  })
})
