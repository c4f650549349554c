import { CccdError, concatBytes, decodeHex, decodeLatin1, encodeHex, encodeUtf8, parseTlv } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto'
import {
  type AccessCandidate,
  accessFromCan,
  accessFromMrz,
  accessFromQr,
  type ChipReading,
  parseDg2,
  parseTraceContext,
  type ReadChipOptions,
  readChip,
  traceContext,
  verifyReading,
} from '@cccd/emrtd'
import { decodeImage, detectImageType } from '@cccd/image'
import { openjpegDecoder } from '@cccd/image/openjpeg'
import { type CardChannel, type Exchange, faulty, importTrace, recording, replay, Trace } from '@cccd/iso7816'
import { createTrustStore } from '@cccd/pki'
import { parseQr } from '@cccd/qr'
import {
  type CardImage,
  type ChipProfileName,
  createIssuer,
  type DemoIssuer,
  jpegEncoder,
  type PersonaliseOptions,
  type PortraitEncoder,
  personalise,
  type ScrubResult,
  scrub,
  seededRandom,
  syntheticCitizen,
  virtualCard,
} from '@cccd/simulator'
import { jpeg2000Encoder } from '@cccd/simulator/jpeg2000'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { leaksIn, secretsOf } from './house/people.js'

const fuzzRuns = process.env.CCCD_TEST === 'full' ? 1000 : 40
const at = '2026-06-15T08:00:00Z'
const challenge = Uint8Array.of(0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6, 0x07, 0x18)
const files = ['COM', 'DG1', 'DG2', 'DG3', 'DG13', 'DG14', 'DG15'] as const

let issuer: DemoIssuer
beforeAll(async () => {
  issuer = await createIssuer({ random: seededRandom('scrub issuer'), at: '2026-05-20T08:00:00Z' })
})

/** A portrait of blocks at random: unlike a drawn one, no piece of it stands in another. */
const noise: PortraitEncoder = {
  type: 'jpeg',
  encode: async ({ width, height, data }) => {
    const random = seededRandom('scrub photo')(width * height)
    const block = (x: number, y: number): number => random[(y >> 3) * (width >> 3) + (x >> 3)] as number
    const pixels = data.map((_, at) => block((at >> 2) % width, Math.floor((at >> 2) / width)))
    return jpegEncoder().encode({ width, height, data: pixels })
  },
}

const cardOf = (index: number, options: Partial<PersonaliseOptions> = {}): Promise<CardImage> =>
  personalise(issuer, syntheticCitizen(index), { random: seededRandom(`scrub card ${index}`), image: noise, ...options })

async function record(channel: CardChannel, options: Omit<ReadChipOptions, 'activeAuthentication'>): Promise<Trace> {
  const traced = { files, activeAuthentication: { challenge }, ...options }
  let now = 0
  const recorded = recording(channel, {
    randomness: seededRandom('scrub terminal'),
    clock: () => (now += 3.21),
    context: traceContext(traced),
  })
  await readChip(recorded, { ...traced, random: recorded.random, clock: () => Date.parse(at) }).catch(() => undefined)
  return importTrace(recorded.trace().export({ sensitive: true }))
}

async function readAgain(trace: Trace): Promise<ChipReading> {
  const channel = replay(trace)
  const options = parseTraceContext(trace.context)
  const reading = await readChip(channel, { ...options, random: channel.random, clock: () => Date.parse(at) })
  expect(channel.remaining).toBe(0)
  return reading
}

async function checksOf(reading: ChipReading, anchors: readonly Uint8Array[], expected: Uint8Array) {
  const trust = await createTrustStore({ anchors: anchors.map((certificate) => ({ certificate })), allowDemo: true })
  const { checks } = await verifyReading(reading, { trust, at, expect: { activeAuthenticationChallenge: expected } })
  return checks.map(({ id, status, reason }) => `${id} ${status} ${reason ?? ''}`)
}

const shapeOf = (trace: Trace) =>
  trace.exchanges.map(({ command, response, error, ms }) => [
    encodeHex(command.subarray(0, 4)),
    command.length,
    response.length,
    encodeHex(response.subarray(-2)),
    error,
    ms === undefined ? undefined : Math.round(ms),
  ])

/** Everything of the original that may be nowhere in the outcome, as raw bytes. */
function rawSecrets(card: CardImage, before: Trace): Map<string, Uint8Array> {
  const out = new Map<string, Uint8Array>()
  const { citizen, files: own, privateKeys, mrz } = card
  for (const [name, value] of Object.entries(citizen))
    if (typeof value === 'string' && encodeUtf8(value).length >= 6 && !['nationality', 'sex', 'religion'].includes(name)) {
      out.set(`text ${name}`, encodeUtf8(value))
      out.set(`capitals ${name}`, encodeUtf8(value.toUpperCase()))
    }
  for (const [name, date] of Object.entries({
    birth: citizen.dateOfBirth,
    expiry: citizen.dateOfExpiry,
    issue: citizen.dateOfIssue,
  })) {
    const [year = '', month = '', day = ''] = date.split('-')
    if (day === '') continue
    out.set(`printed ${name}`, encodeUtf8(`${day}/${month}/${year}`))
    out.set(`MRZ ${name}`, encodeUtf8(year.slice(2) + month + day))
  }
  out.set('number', encodeUtf8(citizen.personalNumber))
  out.set('document number', encodeUtf8(citizen.personalNumber.slice(3)))
  out.set('access number', encodeUtf8(card.can))
  out.set('MRZ name', encodeUtf8(mrz[2].replace(/<+$/, '')))
  for (const [name, file] of Object.entries(own))
    for (const hash of ['sha1', 'sha256', 'sha384', 'sha512'] as const)
      out.set(`${hash} of ${name}`, defaultCrypto().hash(hash, file))
  for (const [name, key] of Object.entries(privateKeys))
    if (key.type === 'ec') out.set(`key ${name}`, key.scalar).set(`public key ${name}`, key.point.subarray(1))
    else out.set(`key ${name}`, key.privateExponent.subarray(0, 32)).set(`public key ${name}`, key.modulus.subarray(0, 32))
  for (const [index, bytes] of before.randomness.entries()) out.set(`random ${index}`, bytes)
  const photo = own.DG2 === undefined ? new Uint8Array(0) : parseDg2(own.DG2).faces[0].image
  for (let offset = 700; offset + 16 < photo.length; offset += 16) out.set(`photo ${offset}`, photo.subarray(offset, offset + 16))
  const certificate = card.issuer.signer.certificate
  const [tbs, , signature] = parseTlv(certificate).children()
  out.set('signer serial', tbs?.children()[1]?.value ?? new Uint8Array(0))
  out.set('signer signature', signature?.value.subarray(1) ?? new Uint8Array(0))
  for (const { command, response } of before.exchanges.slice(5))
    if (command[0] === 0x0c)
      out.set(`wire ${out.size}`, command.subarray(-12, -1)).set(`wire ${out.size}`, response.subarray(-10, -2))
  return out
}

/** Names of secrets that stand in a trace or in what its replay gives: as bytes, hexadecimal, base64 in all alignments, text. */
function leaks(after: Trace, again: ChipReading | undefined, card: CardImage, before: Trace): string[] {
  const bytes = [...after.exchanges.flatMap(({ command, response }) => [command, response]), ...after.randomness]
  const opened = Object.values(again?.files ?? {})
  const text = after.export({ sensitive: true })
  const haystack = decodeLatin1(concatBytes(...bytes, ...opened, encodeUtf8(text)))
  const encoded = text + [...bytes, ...opened].map((part) => encodeHex(part)).join('|')
  const found = leaksIn(encoded, secretsOf({ card, channel: { trace: () => before } }, 1000))
  for (const [name, secret] of rawSecrets(card, before))
    if (secret.length >= 6 && haystack.includes(decodeLatin1(secret))) found.push(name)
  return found
}

/** Scrubs, and holds that structure and outcome are those of the original. */
async function scrubbed(trace: Trace, card: CardImage): Promise<ScrubResult> {
  const result = await scrub(trace, { random: seededRandom('scrub') })
  const after = importTrace(result.trace.export({ sensitive: true }))
  expect(shapeOf(after)).toEqual(shapeOf(trace))
  expect(after.scrubbed).toBe(true)
  const [before, again] = [await readAgain(trace), await readAgain(after)]
  const { activeAuthentication } = parseTraceContext(after.context)
  const new8 = activeAuthentication?.challenge ?? challenge
  expect(new8).not.toEqual(challenge)
  expect(await checksOf(again, result.anchors, new8)).toEqual(await checksOf(before, [card.issuer.csca.certificate], challenge))
  expect(leaks(trace, before, card, trace).length).toBeGreaterThan(50)
  expect(leaks(after, again, card, trace)).toEqual([])
  return result
}

describe('scrub', () => {
  it.each([
    ['vietnam', {}],
    ['vietnam-short', { aa: 'ecdsa-brainpoolP256r1' }],
    ['pace-only', { aa: 'none', hash: 'sha512', ldsVersion: 1 }],
  ] as const)('of a whole read of %s', async (profile, options) => {
    const card = await cardOf(2, options)
    const channel = virtualCard(card, { profile: profile as ChipProfileName, random: seededRandom('scrub chip') })
    const trace = await record(channel, { access: accessFromQr(parseQr(card.qr)) })
    const { blanked } = await scrubbed(trace, card)
    expect(blanked).toEqual([])
  })

  it('of a read by BAC, with a wrong way in before the right one', async () => {
    const card = await cardOf(0, { aa: 'none' })
    const [right] = [accessFromMrz(card.mrz)]
    const wrong: AccessCandidate[] = [{ protocol: 'PACE', password: 'CAN', value: '000000' }]
    const byBac = right.filter(({ protocol }) => protocol === 'BAC')
    const locked = virtualCard(card, { profile: 'vietnam', random: seededRandom('scrub chip') })
    const trace = await record(locked, { access: [...wrong, ...byBac], allowBac: true, files: ['DG1', 'DG13'] })
    const { access } = await scrubbed(trace, card)
    expect(access.map(({ protocol, password }) => `${protocol} ${password}`)).toEqual(['PACE CAN', 'BAC MRZ'])
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

  it('takes damaged traces: a scrub or a coded error', { timeout: 60_000 }, async () => {
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

  it('takes any files: replaced, blanked, or refused with a coded error', { timeout: 60_000 }, async () => {
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
      { numRuns: fuzzRuns / 8 },
    )
  })
})
