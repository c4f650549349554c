import { CccdError, concatBytes, decodeLatin1, encodeHex, encodeUtf8, equalBytes, parseTlv, type TlvNode } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import {
  type AccessCandidate,
  accessFromCan,
  accessFromMrz,
  type ChipReading,
  fileNames,
  parseTraceContext,
  type ReadChipOptions,
  readChip,
  traceContext,
  verifyReading,
} from '@cccd/emrtd'
import { parseDg2 } from '@cccd/emrtd/files'
import { type CardChannel, importTrace, recording, replay, type Trace } from '@cccd/iso7816'
import { createTrustStore } from '@cccd/pki'
import {
  type CardImage,
  type CardProfileName,
  createIssuer,
  type DemoIssuer,
  issueCard,
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
import { expect } from 'vitest'
import { leaksIn, secretsOf } from '../house/people.js'

export const at = '2026-06-15T08:00:00Z'
export const challenge = Uint8Array.of(0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6, 0x07, 0x18)
export const files = ['COM', 'DG1', 'DG2', 'DG3', 'DG13', 'DG14', 'DG15'] as const

let issuer: Promise<DemoIssuer> | undefined

/** A portrait of blocks at random: unlike a drawn one, no piece of it stands in another. */
export const noise: PortraitEncoder = {
  type: 'jpeg',
  encode: async ({ width, height, data }) => {
    const random = seededRandom('scrub photo')(width * height)
    const block = (x: number, y: number): number => random[(y >> 3) * (width >> 3) + (x >> 3)] as number
    const pixels = data.map((_, at) => block((at >> 2) % width, Math.floor((at >> 2) / width)))
    return jpegEncoder().encode({ width, height, data: pixels })
  },
}

/** A Vietnamese card of a numbered citizen. */
export async function cardOf(index: number, options: Partial<PersonaliseOptions> = {}): Promise<CardImage> {
  issuer ??= createIssuer({ random: seededRandom('scrub issuer'), at: '2026-05-20T08:00:00Z' })
  return personalise(await issuer, syntheticCitizen(index), {
    random: seededRandom(`scrub card ${index}`),
    image: noise,
    ...options,
  })
}

export async function record(channel: CardChannel, options: Omit<ReadChipOptions, 'activeAuthentication'>): Promise<Trace> {
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

export async function readAgain(trace: Trace): Promise<ChipReading> {
  const channel = replay(trace)
  const options = parseTraceContext(trace.context)
  const reading = await readChip(channel, { ...options, random: channel.random, clock: () => Date.parse(at) })
  expect(channel.remaining).toBe(0)
  return reading
}

export function codeOf(error: unknown): string {
  if (CccdError.is(error)) return error.code
  throw error
}

async function checksOf(reading: ChipReading, anchors: readonly Uint8Array[], expected: Uint8Array) {
  const trust = await createTrustStore({ anchors: anchors.map((certificate) => ({ certificate })), allowDemo: true })
  const { checks } = await verifyReading(reading, { trust, at, expect: { activeAuthenticationChallenge: expected } })
  return checks.map(({ id, status, reason }) => `${id} ${status} ${reason ?? ''}`)
}

export const shapeOf = (trace: Trace) =>
  trace.exchanges.map(({ command, response, error, ms }) => [
    encodeHex(command.subarray(0, 4)),
    command.length,
    response.length,
    encodeHex(response.subarray(-2)),
    error,
    ms === undefined ? undefined : Math.round(ms),
  ])

/** The same on every card: nationality, no religion, no expiry. */
const impersonal = ['Việt Nam', 'Không', 'Không thời hạn']

/** Values in the data groups of a person, whatever they are: texts, images, numbers. */
function leavesOf(files: CardImage['files']): Map<string, Uint8Array> {
  const out = new Map<string, Uint8Array>()
  const walk = (name: string, node: TlvNode): void => {
    if (node.constructed) for (const child of node.children()) walk(name, child)
    else if (impersonal.some((word) => equalBytes(encodeUtf8(word), node.value))) return
    else if (node.length >= 7 && ![0x06, 0x5c].includes(node.tag) && new Set(node.value).size > 3)
      out.set(`${name} ${node.tag.toString(16)} at ${node.start}`, node.value)
  }
  for (const name of ['DG1', 'DG2', 'DG5', 'DG7', 'DG11', 'DG12', 'DG13', 'DG16'] as const) {
    const file = files[name]
    if (file !== undefined) tryWalk(() => walk(name, parseTlv(file)))
  }
  return out
}

/** A file of a chip may be malformed on purpose. */
function tryWalk(walk: () => void): void {
  try {
    walk()
  } catch (error) {
    if (!CccdError.is(error)) throw error
  }
}

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
  out.set('MRZ name', encodeUtf8((mrz[2] ?? '').replace(/<+$/, '')))
  // Without a key of its own DG14 lists protocols, the same for every chip of its kind.
  for (const [name, file] of Object.entries(own))
    if (name !== 'DG14' || card.chipKeys.some(({ use }) => use === 'chip-authentication'))
      for (const hash of ['sha1', 'sha256', 'sha384', 'sha512'] as const)
        out.set(`${hash} of ${name}`, defaultCrypto().hash(hash, file))
  for (const [name, key] of Object.entries(privateKeys))
    if (key.type === 'ec') out.set(`key ${name}`, key.scalar).set(`public key ${name}`, key.point.subarray(1))
    else out.set(`key ${name}`, key.privateExponent.subarray(0, 32)).set(`public key ${name}`, key.modulus.subarray(0, 32))
  for (const [index, bytes] of before.randomness.entries()) out.set(`random ${index}`, bytes)
  const photo = own.DG2 === undefined ? new Uint8Array(0) : parseDg2(own.DG2).faces[0].image
  for (let offset = 700; offset + 16 < photo.length; offset += 16) out.set(`photo ${offset}`, photo.subarray(offset, offset + 16))
  for (const [name, value] of leavesOf(own)) out.set(name, value)
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
export function leaks(after: Trace, again: ChipReading | undefined, card: CardImage, before: Trace): string[] {
  const bytes = [...after.exchanges.flatMap(({ command, response }) => [command, response]), ...after.randomness]
  const opened = Object.values(again?.files ?? {})
  const text = after.export({ sensitive: true })
  const haystack = decodeLatin1(concatBytes(...bytes, ...opened, encodeUtf8(text)))
  const encoded = text + [...bytes, ...opened].map((part) => encodeHex(part)).join('|')
  // Four characters of base64, which is what is left of eight bytes without their edges, come up by chance.
  const secrets = [...secretsOf({ card, channel: { trace: () => before } }, 1000)].filter(
    ([secret, name]) => secret.length > 8 || name === 'access number',
  )
  const listed = card.chipKeys.some(({ use }) => use === 'chip-authentication')
  const found = leaksIn(encoded, new Map(secrets)).filter((name) => listed || name !== 'hash of DG14')
  for (const [name, secret] of rawSecrets(card, before))
    if (secret.length >= 6 && haystack.includes(decodeLatin1(secret))) found.push(name)
  return found
}

/** Scrubs, and holds that structure and outcome are those of the original. */
export async function scrubbed(trace: Trace, card: CardImage): Promise<ScrubResult> {
  const result = await scrub(trace, { random: seededRandom('scrub') })
  const after = importTrace(result.trace.export({ sensitive: true }))
  expect(shapeOf(after)).toEqual(shapeOf(trace))
  expect(after.scrubbed).toBe(true)
  const { activeAuthentication } = parseTraceContext(after.context)
  const asked = activeAuthentication?.challenge ?? challenge
  expect(asked).not.toEqual(challenge)
  const [before, again] = [await readAgain(trace).catch(codeOf), await readAgain(after).catch(codeOf)]
  if (typeof before === 'string' || typeof again === 'string') {
    expect(again).toBe(before)
    expect(leaks(after, undefined, card, trace)).toEqual([])
    return result
  }
  expect(await checksOf(again, result.anchors, asked)).toEqual(await checksOf(before, [card.issuer.csca.certificate], challenge))
  expect(leaks(trace, before, card, trace).length).toBeGreaterThan(20)
  expect(leaks(after, again, card, trace)).toEqual([])
  return result
}

/** A card of a profile, read as far as may be, scrubbed. */
export async function scrubProfile(profile: CardProfileName): Promise<void> {
  const card = await issueCard({ profile, image: noise, index: 3, at: '2026-05-20T08:00:00Z', random: seededRandom(profile) })
  const can: AccessCandidate[] = card.can === '' ? [] : accessFromCan(card.can)
  const access = [...can, ...accessFromMrz(card.mrz)]
  const channel = virtualCard(card, { random: seededRandom('scrub chip') })
  const trace = await record(channel, { access, allowBac: true, files: fileNames.filter((name) => name !== 'CardAccess') })
  await scrubbed(trace, card)
}
