import { CccdError, concatBytes, decodeHex, encodeHex } from '@cccd/core'
import { type AccessCandidate, accessFromCan, accessFromMrz, accessFromPin, accessFromQr, readChip } from '@cccd/emrtd'
import { parseDg2 } from '@cccd/emrtd/files'
import { decodeImage, detectImageType } from '@cccd/image'
import { openjpegDecoder } from '@cccd/image/openjpeg'
import { type Exchange, faulty, recording, Trace } from '@cccd/iso7816'
import { parseQr } from '@cccd/qr'
import { issueCard, jpegEncoder, scrub, seededRandom, virtualCard } from '@cccd/simulator'
import { jpeg2000Encoder } from '@cccd/simulator/jpeg2000'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cardOf, leaks, noise, readAgain, record, scrubbed, scrubProfile, shapeOf } from './support/scrubbed.js'

const fuzzRuns = process.env.CCCD_TEST === 'full' ? 1000 : 40

describe('scrub', () => {
  it.each([
    ['vn-2021', {}],
    ['vn-short', { aa: 'ecdsa-brainpoolP256r1' }],
    ['vn-2024', { aa: 'none', hash: 'sha512', ldsVersion: 1 }],
  ] as const)('of a whole read of %s', async (profile, options) => {
    const card = await cardOf(2, { profile, ...options })
    const channel = virtualCard(card, { random: seededRandom('scrub chip') })
    const trace = await record(channel, { access: accessFromQr(parseQr(card.qr)) })
    const { blanked } = await scrubbed(trace, card)
    expect(blanked).toEqual([])
  })

  it.each(['fr-no-ca-info', 'at-td3', 'om-partial'] as const)('of a chip of %s', scrubProfile)

  it('of a read by BAC, with a wrong way in before the right one', async () => {
    const card = await cardOf(0, { aa: 'none' })
    const [right] = [accessFromMrz(card.mrz)]
    const wrong: AccessCandidate[] = [{ protocol: 'PACE', password: 'CAN', value: '000000' }]
    const byBac = right.filter(({ protocol }) => protocol === 'BAC')
    const locked = virtualCard(card, { random: seededRandom('scrub chip') })
    const trace = await record(locked, { access: [...wrong, ...byBac], allowBac: true, files: ['DG1', 'DG13'] })
    const { access } = await scrubbed(trace, card)
    expect(access.map(({ protocol, password }) => `${protocol} ${password}`)).toEqual(['PACE CAN', 'BAC MRZ'])
  })

  it('of a chip opened with a PIN, and of one that proves its key while it maps', async () => {
    const options = { image: noise, index: 3, at: '2026-05-20T08:00:00Z' }
    const identity = await issueCard({ ...options, profile: 'pin-card', random: seededRandom('pin') })
    const channel = virtualCard(identity, { random: seededRandom('scrub chip') })
    const { access } = await scrubbed(await record(channel, { access: accessFromPin(identity.pin ?? '') }), identity)
    expect(access).toMatchObject([{ password: 'PIN', value: expect.not.stringMatching(identity.pin ?? '') }])
    const passport = await issueCard({ ...options, profile: 'de-cam', random: seededRandom('cam') })
    for (const attack of [undefined, 'clone'] as const) {
      const chip = virtualCard(passport, { ...(attack && { attack }), random: seededRandom('scrub chip') })
      const trace = await record(chip, { access: accessFromMrz(passport.mrz), files: ['CardSecurity', 'DG1', 'DG14', 'DG15'] })
      await scrubbed(trace, passport)
    }
  })

  it('of a chip that lies: what failed fails alike', async () => {
    for (const attack of ['clone', 'swap-photo', 'replayed-aa'] as const) {
      const card = await cardOf(4, { aa: 'ecdsa-brainpoolP256r1' })
      const channel = virtualCard(card, { attack, random: seededRandom('scrub chip') })
      await scrubbed(await record(channel, { access: accessFromQr(parseQr(card.qr)) }), card)
    }
  })

  it('of a read that the link ended, at any exchange, and of a chip that would not open', async () => {
    const card = await cardOf(1, { aa: 'none' })
    const access = accessFromQr(parseQr(card.qr))
    const whole = await record(virtualCard(card, { random: seededRandom('scrub chip') }), { access, files: ['DG1', 'DG13'] })
    for (let index = 0; index < whole.exchanges.length; index += 2) {
      const chip = faulty(virtualCard(card, { random: seededRandom('scrub chip') }), [
        { at: index, fault: { type: 'link-lost' } },
      ])
      const trace = await record(chip, { access, files: ['DG1', 'DG13'] })
      const { trace: after } = await scrub(trace, { random: seededRandom('scrub') })
      expect(shapeOf(after)).toEqual(shapeOf(trace))
      expect(leaks(after, undefined, card, trace)).toEqual([])
      await expect(readAgain(after)).rejects.toMatchObject({ code: 'LINK_LOST' })
    }
    const refused = await record(virtualCard(card), { access: [{ protocol: 'PACE', password: 'CAN', value: '000000' }] })
    const { trace: after } = await scrub(refused)
    await expect(readAgain(after)).rejects.toMatchObject({ code: 'PACE_WRONG_PASSWORD' })
  })

  it('keeps the codec of the portrait', async () => {
    for (const type of ['jp2', 'j2k'] as const) {
      const card = await cardOf(3, { aa: 'none', image: jpeg2000Encoder(type) })
      const trace = await record(virtualCard(card), { access: accessFromQr(parseQr(card.qr)) })
      for (const encoders of [[], [jpeg2000Encoder(type)]]) {
        const { trace: after } = await scrub(trace, { encoders })
        const { image } = parseDg2((await readAgain(after)).files.DG2 as Uint8Array).faces[0]
        expect(detectImageType(image)).toBe(type)
        const decoded = await decodeImage(image, { decoders: [openjpegDecoder()] })
        expect(decoded).toMatchObject({ width: 480, height: 640 })
      }
    }
  })

  it('refuses what it cannot open', async () => {
    const card = await cardOf(0, { aa: 'none' })
    const access = accessFromQr(parseQr(card.qr))
    const recorded = recording(virtualCard(card), { randomness: seededRandom('scrub terminal') })
    await readChip(recorded, { access, files: ['DG1'], random: recorded.random })
    const bare = recorded.trace()
    const refusal = (reason: string) => ({ code: 'SIMULATOR_SCRUB_REFUSED', params: { reason } })
    await expect(scrub(bare)).rejects.toMatchObject(refusal('no-access'))
    await expect(scrub(bare, { access: accessFromCan('000000') })).rejects.toMatchObject(refusal('no-access'))
    const { exchanges, limits } = bare
    await expect(scrub(new Trace({ exchanges, limits }), { access })).rejects.toMatchObject(refusal('no-access'))
    expect((await scrub(bare, { access })).trace.scrubbed).toBe(true)
  })

  it('gives nothing away of what a chip says unasked', async () => {
    const card = await cardOf(0, { aa: 'none' })
    const identifier = Uint8Array.of(0x04, 0x5a, 0x6b, 0x7c, 0x8d, 0x9e, 0xaf, 0x90, 0x00)
    const { exchanges, limits, randomness, context } = await record(virtualCard(card), { access: accessFromQr(parseQr(card.qr)) })
    const getData = { command: Uint8Array.of(0xff, 0xca, 0, 0, 0), response: identifier }
    const answerToReset = decodeHex('3b8880018066040a0b0c0d0e81') // pre-issuing data of six bytes
    const trace = new Trace({
      exchanges: [getData, ...exchanges],
      limits,
      randomness,
      answerToReset,
      ...(context && { context }),
    })
    const { trace: after } = await scrub(trace)
    expect(after.exchanges[0]).toEqual({ ...getData, response: concatBytes(new Uint8Array(7), Uint8Array.of(0x90, 0)) })
    expect(encodeHex(after.answerToReset ?? new Uint8Array(0))).not.toContain('0a0b0c')
  })

  it('takes damaged traces: a scrub or a coded error', { timeout: 300_000 }, async () => {
    const card = await cardOf(0, { aa: 'none' })
    const access = accessFromQr(parseQr(card.qr))
    const trace = await record(virtualCard(card, { random: seededRandom('scrub chip') }), { access, files: ['DG1', 'DG13'] })
    const { limits, randomness, context } = trace
    const mutation = fc.record({
      exchange: fc.nat(trace.exchanges.length - 1),
      at: fc.nat(300),
      value: fc.nat(255),
      answer: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(mutation, fc.constantFrom('set', 'cut', 'drop', 'double'), async (change, kind) => {
        const exchanges = trace.exchanges.map((exchange) => ({ ...exchange }))
        const { command, response } = exchanges[change.exchange] as Exchange
        const bytes = (change.answer ? response : command).slice()
        const at = change.at % bytes.length
        if (kind === 'drop') exchanges.splice(change.exchange, 1)
        else if (kind === 'double') exchanges.splice(change.exchange, 0, { command, response })
        else {
          bytes[at] = change.value
          const changed = kind === 'cut' ? bytes.slice(0, Math.max(2, at)) : bytes
          exchanges[change.exchange] = change.answer ? { command, response: changed } : { command: changed, response }
        }
        const damaged = new Trace({ exchanges, limits, randomness, ...(context && { context }) })
        await scrub(damaged, { random: seededRandom('fuzz') }).catch((error: unknown) => {
          if (!CccdError.is(error)) throw error
        })
      }),
      { numRuns: fuzzRuns },
    )
  })

  it('takes any files: replaced, blanked, or refused with a coded error', { timeout: 300_000 }, async () => {
    const card = await cardOf(0, { aa: 'ecdsa-brainpoolP256r1', image: jpegEncoder() })
    const access = accessFromQr(parseQr(card.qr))
    const names = ['DG1', 'DG2', 'DG13', 'DG14', 'DG15', 'SOD', 'COM'] as const
    const mutation = fc.record({ at: fc.nat(900), value: fc.nat(255), file: fc.constantFrom(...names), cut: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
        const changed = { ...card.files }
        for (const { at: offset, value, file, cut } of mutations) {
          const bytes = (changed[file] as Uint8Array).slice()
          bytes[offset % bytes.length] = value
          changed[file] = cut ? bytes.slice(0, Math.max(8, bytes.length - offset)) : bytes
        }
        const damaged = { ...card, files: changed }
        const trace = await record(virtualCard(damaged, { random: seededRandom('scrub chip') }), { access })
        try {
          const { trace: after } = await scrub(trace, { random: seededRandom('fuzz') })
          expect(shapeOf(after)).toEqual(shapeOf(trace))
        } catch (error) {
          if (!CccdError.is(error)) throw error
        }
      }),
      { numRuns: fuzzRuns / 20 },
    )
  })
})
