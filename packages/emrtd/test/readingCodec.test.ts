import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { decodeJson, encodeBase64, encodeBase64Url, encodeJson } from '@cccd/core'
import { describe, expect, it } from 'vitest'
import {
  type ChipReading,
  decodeReading,
  encodeReading,
  type FileName,
  fileNames,
  readingFromFiles,
  readingFromVietnameseUpload,
} from '../src/index.js'
import { readingSchema } from '../src/schema.js'
import { makeDg1, makeDg13 } from './issuer.js'

const challenge = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
const response = Uint8Array.of(0xfb, 0xff, 0xfe, 9)

/** Every member that a reading can have. */
const full: ChipReading = {
  version: 1,
  readAt: '2026-01-31T09:00:00.000Z',
  files: { DG1: makeDg1(), DG13: makeDg13(), SOD: Uint8Array.of(0x77, 0) },
  fileStatus: {
    DG1: { status: 'read' },
    DG3: { status: 'access-denied', sw: 0x6982 },
    DG11: { status: 'not-found', sw: 0x6a82 },
    DG2: { status: 'withheld' },
  },
  access: {
    protocol: 'PACE',
    password: 'CAN',
    candidate: 1,
    oid: '0.4.0.127.0.7.2.2.4.2.2',
    parameterId: 13,
    mapping: 'GM',
    cipher: 'AES-128',
    cardAccess: 'read-directly',
    offered: ['0.4.0.127.0.7.2.2.4.2.2'],
    refused: [{ protocol: 'PACE', password: 'MRZ', sw: 0x6300, reason: 'PACE_WRONG_PASSWORD' }],
  },
  chipAuthentication: { status: 'performed', oid: '0.4.0.127.0.7.2.2.3.2.2', keyId: 1 },
  activeAuthentication: { challenge, response, sw: 0x9000 },
  answerToReset: Uint8Array.of(0x3b, 0x80),
  limits: { maxCommandLength: 261, maxResponseLength: 258 },
  chipLimits: { shortFileIdentifiers: true, answerLength: 2_048, refusesExtended: true, largestBlock: 192, headerFirst: true },
  timing: [
    { step: 'open', ms: 120.5 },
    { step: 'read-file', file: 'DG1', ms: 30 },
  ],
}

const codeOf = (action: () => unknown): string => {
  try {
    action()
  } catch (error) {
    return `${(error as { code?: string }).code} ${JSON.stringify((error as { params?: object }).params)}`
  }
  return 'none'
}

describe('encodeReading and decodeReading', () => {
  it('give the same reading back, from text and from parsed JSON', () => {
    expect(decodeReading(encodeReading(full))).toEqual(full)
    expect(decodeReading(JSON.parse(encodeReading(full)))).toEqual(full)
    expect(encodeReading(decodeReading(encodeReading(full)))).toBe(encodeReading(full))
  })

  it('survive structuredClone and the plain codec; print masked', () => {
    const reading = decodeReading(encodeReading(full))
    expect(structuredClone(reading)).toEqual(full)
    expect(decodeJson(encodeJson(reading))).toEqual(full)
    expect(inspect(reading, { depth: 9 })).not.toMatch(/NGUYEN|001090000123/)
  })

  it('write the form of the golden file, which stays readable', () => {
    const golden = readFileSync(new URL('golden/reading-1.golden.json', import.meta.url), 'utf8').trim()
    // Limits of the chip came with a later version.
    const { chipLimits: _later, ...first } = full
    expect(encodeReading(first)).toBe(golden)
    expect(decodeReading(golden)).toEqual(first)
  })

  it('write what the JSON Schema describes', () => {
    expect(problems(JSON.parse(encodeReading(full)), readingSchema)).toEqual([])
    expect(problems(JSON.parse(encodeReading(readingFromFiles({}, { readAt: full.readAt }))), readingSchema)).toEqual([])
    expect(problems({ ...JSON.parse(encodeReading(full)), readAt: 5, files: { DG99: '' } }, readingSchema)).toHaveLength(2)
  })

  it('leave out what a newer version may add', () => {
    const newer = JSON.parse(encodeReading(full)) as Record<string, unknown>
    expect(
      decodeReading({ ...newer, files: { ...(newer.files as object), DG17: 'AAAA' }, extra: 1, __proto__: { polluted: true } }),
    ).toEqual(full)
  })

  it('refuse what is missing or malformed, naming the member and never its value', () => {
    const json = JSON.parse(encodeReading(full)) as Record<string, unknown>
    const cases: readonly (readonly [Record<string, unknown>, string])[] = [
      [{ version: 2 }, 'version'],
      [{ readAt: 'yesterday' }, 'readAt'],
      [{ readAt: '2026-99-99T09:00:00Z' }, 'readAt'],
      [{ files: [] }, 'files'],
      [{ files: { DG1: '***' } }, 'files.DG1'],
      [{ files: { DG1: 5 } }, 'files.DG1'],
      [{ fileStatus: { DG1: { status: 'stolen' } } }, 'fileStatus.DG1'],
      [{ fileStatus: { DG1: { status: 'read', sw: 70_000 } } }, 'fileStatus.DG1.sw'],
      [{ access: { ...(json.access as object), cipher: 'DES' } }, 'access.cipher'],
      [{ access: null }, 'access'],
      [{ activeAuthentication: { challenge: 'AQ', response: 'A', sw: 0 } }, 'activeAuthentication.response'],
      [{ timing: [{ step: 'x', ms: -1 }] }, 'timing.ms'],
      [{ timing: Array.from({ length: 300 }, () => ({ step: 'x', ms: 1 })) }, 'timing'],
      [{ limits: { maxCommandLength: 1.5, maxResponseLength: 1 } }, 'limits.maxCommandLength'],
    ]
    for (const [change, field] of cases)
      expect(codeOf(() => decodeReading({ ...json, ...change }))).toBe(`EMRTD_READING_INVALID {"field":"${field}"}`)
    for (const bad of ['', '{', '[]', 'null', '5']) expect(codeOf(() => decodeReading(bad))).toContain('EMRTD_READING_INVALID')
  })

  it('bound what they read', () => {
    expect(codeOf(() => decodeReading(' '.repeat(25 * 1024 * 1024)))).toContain('EMRTD_FILE_TOO_LARGE')
    const large = { ...JSON.parse(encodeReading(full)), files: { DG1: 'A'.repeat(4_000) } }
    expect(codeOf(() => decodeReading(large))).toContain('EMRTD_READING_INVALID')
  })
})

describe('readingFromFiles', () => {
  it('copies the bytes and marks what is there as read', () => {
    const dg1 = makeDg1()
    const reading = readingFromFiles({ DG1: dg1 }, { clock: () => 0, fileStatus: { DG3: { status: 'access-denied' } } })
    dg1.fill(0)
    expect(reading).toEqual({
      version: 1,
      readAt: '1970-01-01T00:00:00.000Z',
      files: { DG1: makeDg1() },
      fileStatus: { DG1: { status: 'read' }, DG3: { status: 'access-denied' } },
      timing: [],
    })
    expect(inspect(reading, { depth: 9 })).not.toMatch(/NGUYEN/)
  })

  it('keeps the answer of the chip, or that there was none', () => {
    const asked = readingFromFiles({}, { activeAuthentication: { challenge, response } })
    expect(asked.activeAuthentication).toEqual({ challenge, response, sw: 0x9000 })
    expect(readingFromFiles({}, { activeAuthentication: { challenge } }).activeAuthentication).toEqual({ challenge, sw: 0x6f00 })
  })

  it('guards its arguments', () => {
    const named: Record<string, Uint8Array> = { DG17: new Uint8Array(1) }
    expect(() => readingFromFiles(named)).toThrow(TypeError)
    const typed = { DG1: 'text' } as unknown
    expect(() => readingFromFiles(typed as Partial<Record<FileName, Uint8Array>>)).toThrow(TypeError)
    expect(codeOf(() => readingFromFiles({ DG1: new Uint8Array(5_000) }))).toContain('EMRTD_FILE_TOO_LARGE')
    for (const name of fileNames)
      expect(codeOf(() => readingFromFiles({ [name]: new Uint8Array(5_000_000) }))).toContain('EMRTD_FILE_TOO_LARGE')
  })
})

describe('readingFromVietnameseUpload', () => {
  const files = {
    SOD: Uint8Array.of(0x77, 0xfb, 0xff),
    DG1: makeDg1(),
    DG2: Uint8Array.of(0x75, 0),
    DG13: makeDg13(),
    DG14: Uint8Array.of(0x6e, 0),
    DG15: Uint8Array.of(0x6f, 0),
  }
  const upload = (encode: (bytes: Uint8Array) => string) => ({
    sodData: encode(files.SOD),
    dg1DataB64: encode(files.DG1),
    dg2DataB64: encode(files.DG2),
    dg13DataB64: encode(files.DG13),
    dg14DataB64: encode(files.DG14),
    dg15DataB64: encode(files.DG15),
    aaSignature: encode(response),
    aaChallenge: encode(challenge),
  })

  it('takes base64 in every form that is seen', () => {
    const forms: readonly ((bytes: Uint8Array) => string)[] = [
      encodeBase64,
      encodeBase64Url,
      (bytes) => `data:application/octet-stream;base64,${encodeBase64(bytes)}`,
      (bytes) => ` ${encodeBase64(bytes).replace(/(.{76})/g, '$1\r\n')}\n`,
    ]
    for (const form of forms) {
      const reading = readingFromVietnameseUpload(upload(form))
      expect(reading.files).toEqual(files)
      expect(reading.activeAuthentication).toEqual({ challenge, response, sw: 0x9000 })
    }
  })

  it('takes null, empty and missing members as not read', () => {
    const reading = readingFromVietnameseUpload({ sodData: encodeBase64(files.SOD), dg1DataB64: '', dg2DataB64: null })
    expect(Object.keys(reading.files)).toEqual(['SOD'])
    expect(reading.activeAuthentication).toBeUndefined()
  })

  it('leaves the challenge open when the device does not say it, and looks at no verdict of the client', () => {
    const sent: object = { aaSignature: encodeBase64(response), verified: true, chipAuthentication: 'passed' }
    const reading = readingFromVietnameseUpload(sent)
    expect(reading.activeAuthentication).toEqual({ challenge: new Uint8Array(), response, sw: 0x9000 })
    expect(reading.chipAuthentication).toBeUndefined()
  })

  it('refuses what is no base64, naming the member', () => {
    const number: unknown = { dg1DataB64: 5 }
    expect(codeOf(() => readingFromVietnameseUpload({ dg1DataB64: '@@' }))).toBe('EMRTD_READING_INVALID {"field":"dg1DataB64"}')
    expect(codeOf(() => readingFromVietnameseUpload(number as object))).toBe('EMRTD_READING_INVALID {"field":"dg1DataB64"}')
    expect(codeOf(() => readingFromVietnameseUpload({ dg1DataB64: 'A'.repeat(10_000) }))).toContain('EMRTD_FILE_TOO_LARGE')
    const nothing = JSON.parse('null')
    expect(() => readingFromVietnameseUpload(nothing)).toThrow(TypeError)
  })
})

/** The few keywords of JSON Schema that the published one uses. */
function problems(value: unknown, schema: object, path = '$'): string[] {
  const rules: Readonly<Record<string, unknown>> = { ...schema }
  const out: string[] = []
  const type = Array.isArray(value) ? 'array' : typeof value
  const wanted = rules.type === 'integer' ? 'number' : rules.type
  if (wanted !== undefined && wanted !== type) return [`${path} is ${type}`]
  if ('const' in rules && rules.const !== value) out.push(`${path} differs`)
  if (Array.isArray(rules.enum) && !rules.enum.includes(value)) out.push(`${path} is none of them`)
  if (typeof rules.pattern === 'string' && typeof value === 'string' && !new RegExp(rules.pattern).test(value))
    out.push(`${path} has another form`)
  if (typeof rules.minimum === 'number' && typeof value === 'number' && value < rules.minimum) out.push(`${path} is too small`)
  if (typeof rules.maximum === 'number' && typeof value === 'number' && value > rules.maximum) out.push(`${path} is too large`)
  if (Array.isArray(value))
    return [...out, ...value.flatMap((item, i) => problems(item, (rules.items ?? {}) as object, `${path}[${i}]`))]
  if (typeof value !== 'object' || value === null) return out
  const members: Readonly<Record<string, unknown>> = { ...value }
  for (const name of (rules.required ?? []) as string[]) if (!(name in members)) out.push(`${path}.${name} is missing`)
  for (const [name, inner] of Object.entries(members)) {
    const known = ((rules.properties ?? {}) as Readonly<Record<string, object>>)[name] ?? rules.additionalProperties
    const names = rules.propertyNames
    if (typeof names === 'object' && names !== null) out.push(...problems(name, names, `${path}.${name}`))
    if (typeof known === 'object' && known !== null) out.push(...problems(inner, known, `${path}.${name}`))
  }
  return out
}
