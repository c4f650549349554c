import { inspect } from 'node:util'
import { CccdError, coreErrorCodes, decodeJson, encodeJson, redact } from '@cccd/core'
import { cryptoErrorCodes } from '@cccd/crypto'
import * as emrtdMain from '@cccd/emrtd'
import {
  accessFromCan,
  accessFromMrz,
  accessFromQr,
  createPartialReading,
  decodeReading,
  encodeReading,
  readChip,
  readingFromFiles,
  requireVerified,
  verifyReading,
} from '@cccd/emrtd'
import * as emrtdFiles from '@cccd/emrtd/files'
import { httpErrorCodes } from '@cccd/http'
import { identityErrorCodes } from '@cccd/identity'
import { imageErrorCodes } from '@cccd/image'
import { type FaultPlan, faulty, importTrace, isoErrorCodes, replay, transportErrorCodes } from '@cccd/iso7816'
import { mrzErrorCodes, parseMrz, tryParseMrz } from '@cccd/mrz'
import { createTrustStore, pkiErrorCodes } from '@cccd/pki'
import { parseQr, qrErrorCodes, tryParseQr } from '@cccd/qr'
import {
  attackNames,
  attacks,
  type Citizen,
  decodeCardImage,
  dg11,
  dg12,
  dg16,
  encodeCardImage,
  seededRandom,
  simulatorErrorCodes,
  virtualCard,
} from '@cccd/simulator'
import { beforeAll, describe, expect, it } from 'vitest'
import { at, challenge, type DemoReading, demoReading, leaksIn, secretsOf, wanted } from './people.js'
import { notProvoked, provocations } from './provocations.js'

const emrtd = { ...emrtdMain, ...emrtdFiles }

/** Everything a logger might print of a value. */
function printed(value: unknown): string {
  const parts = [inspect(value, { depth: 12, showHidden: true, maxArrayLength: null, maxStringLength: null }), inspect([value])]
  if (value instanceof Error)
    parts.push(String(value), value.message, value.stack ?? '', JSON.stringify(value), printed(value.cause ?? ''))
  return parts.join('\n')
}

/** The files with texts about a citizen that the Vietnamese card does not have. */
function detailFiles(citizen: Citizen): Record<'DG11' | 'DG12' | 'DG16', Uint8Array> {
  const { fullName, personalNumber, dateOfBirth, dateOfIssue, placeOfResidence } = citizen
  const name = { primaryIdentifier: fullName }
  return {
    DG11: dg11({ fullName: name, otherNames: [name], personalNumber, dateOfBirth, permanentAddress: [placeOfResidence] }),
    DG12: dg12({ otherPersons: [name], dateOfIssue, endorsements: placeOfResidence }, { digits: 'ascii' }),
    DG16: dg16([{ name, dateRecorded: dateOfIssue, address: [placeOfResidence] }]),
  }
}

let demo: DemoReading
let secrets: ReadonlyMap<string, string>
const codes = new Set<string>()

beforeAll(async () => {
  demo = await demoReading()
  secrets = secretsOf(demo)
})

function expectNoLeak(value: unknown, where: string): void {
  expect([where, leaksIn(typeof value === 'string' ? value : printed(value), secrets)]).toEqual([where, []])
}

async function expectSilentError(where: string, action: () => unknown): Promise<void> {
  try {
    await action()
  } catch (error) {
    expectNoLeak(error, where)
    if (CccdError.is(error)) codes.add(error.code)
    else if (!(error instanceof TypeError || error instanceof RangeError)) throw error
  }
}

const options = () => ({
  access: accessFromQr(demo.qr),
  files: wanted,
  activeAuthentication: { challenge },
  random: seededRandom('privacy'),
  clock: () => Date.parse(at),
})

describe('what nobody asked for', () => {
  it('the search itself finds what is there', () => {
    expect(secrets.size).toBeGreaterThan(100)
    expect(leaksIn(JSON.stringify(demo.card.citizen), secrets)).toContain('number')
    expect(leaksIn(encodeReading(demo.reading), secrets)).toContain('photo')
    expect(leaksIn(demo.channel.trace().export({ sensitive: true }), secrets)).toContain('terminal key')
  })

  it('public objects print masked', async () => {
    const { reading, qr, card, channel, trust } = demo
    const report = await verifyReading(reading, { trust, at, qr, expect: { activeAuthenticationChallenge: challenge } })
    const parsed = {
      dg1: emrtd.parseDg1(reading.files.DG1 as Uint8Array),
      dg2: emrtd.parseDg2(reading.files.DG2 as Uint8Array),
      dg13: emrtd.parseDg13(reading.files.DG13 as Uint8Array),
      sod: emrtd.parseSecurityObject(reading.files.SOD as Uint8Array),
    }
    const objects: Record<string, unknown> = {
      ...{ reading, qr, card, report, trust, trace: channel.trace(), exchange: channel.trace().exchanges[20] },
      ...{
        citizen: card.citizen,
        files: reading.files,
        photoFile: reading.files.DG2,
        access: accessFromQr(qr),
        can: accessFromCan(card.can),
      },
      ...{
        mrz: parseMrz(card.mrz.join('\n')),
        decoded: decodeReading(encodeReading(reading)),
        cardAgain: decodeCardImage(encodeCardImage(card)),
      },
      ...{ fromFiles: readingFromFiles(reading.files), replay: replay(channel.trace()), redacted: redact(reading) },
      ...parsed,
    }
    for (const [name, value] of Object.entries(objects)) expectNoLeak(value, name)
    for (const [name, value] of Object.entries(parsed))
      for (const inner of Object.values(value as object)) expectNoLeak(typeof inner === 'string' ? '' : inner, name)
  })

  it('checks, findings, summary, path and progress carry none of it', async () => {
    const { reading, qr, card, trust } = demo
    const events: unknown[] = []
    await readChip(virtualCard(card), { ...options(), onProgress: (event) => events.push(event) })
    expect(events.length).toBeGreaterThan(10)
    expectNoLeak(JSON.stringify(events), 'progress')
    for (const attack of [undefined, ...attackNames.filter((name) => attacks[name].expected(card).length > 0)]) {
      const told =
        attack === undefined ? reading : await readChip(virtualCard(card, { attack, random: seededRandom(attack) }), options())
      const report = await verifyReading(told, {
        trust,
        at,
        qr,
        expect: { activeAuthenticationChallenge: challenge, personalNumber: '001099000001' },
      })
      const { checks, findings, summary, path } = report
      expectNoLeak(JSON.stringify({ checks, findings, summary, path }), attack ?? 'genuine')
      await expectSilentError(attack ?? 'genuine', () => requireVerified(report, { issuer: ['pinned-signer'], clone: true }))
      const { access, chipAuthentication, timing, fileStatus } = told
      expectNoLeak(JSON.stringify({ access, chipAuthentication, timing, fileStatus }), 'access record')
    }
  })

  it('errors of a link and a chip that go wrong at every exchange', async () => {
    const { card, channel } = demo
    const count = channel.trace().exchanges.length
    const faults: FaultPlan['fault'][] = [
      { type: 'link-lost' },
      { type: 'duplicate' },
      { type: 'corrupt', offset: 0 },
      { type: 'corrupt', offset: -3 },
      { type: 'answer', response: Uint8Array.of() },
      ...[0x6300, 0x63c1, 0x6700, 0x6982, 0x6983, 0x6985, 0x6988, 0x6a82, 0x6b00, 0x6c10, 0x6d00, 0x6f00, 0x9000].map((sw) => ({
        type: 'answer' as const,
        response: Uint8Array.of(sw >> 8, sw & 0xff),
      })),
    ]
    for (const [position, fault] of faults.entries())
      for (let index = 0; index < count; index += position === 0 ? 1 : 3) {
        const broken = faulty(virtualCard(card, { random: seededRandom('faults') }), [{ at: index, fault }])
        await expectSilentError(`${fault.type} at ${index}`, () => readChip(broken, { ...options(), deadline: 2000 }))
      }
  }, 300_000)

  it('errors of wrong passwords, cancelled reads, other cards, replays and silent chips', async () => {
    const { card, channel, qr, reading } = demo
    const wrong = accessFromCan('999999')
    await expectSilentError('wrong CAN', () => readChip(virtualCard(card), { ...options(), access: wrong }))
    const [first, second, third] = card.mrz
    const mrz = parseMrz([first, second, third].join('\n'))
    await expectSilentError('BAC with MRZ', () =>
      readChip(virtualCard(card), { ...options(), access: accessFromMrz(mrz), allowBac: true }),
    )
    await expectSilentError('BAC not allowed', () =>
      readChip(virtualCard(card), { ...options(), access: accessFromMrz(mrz).filter(({ protocol }) => protocol === 'BAC') }),
    )
    await expectSilentError('silence', () =>
      readChip(faulty(virtualCard(card), [{ at: 9, fault: { type: 'silence' } }]), { ...options(), deadline: 20 }),
    )
    await expectSilentError('replay', () => readChip(replay(channel.trace()), options()))
    await expectSilentError('trace', () => importTrace(channel.trace().export({ sensitive: true }).slice(0, -5)))
    const into = createPartialReading()
    await expectSilentError('lost', () =>
      readChip(faulty(virtualCard(card), [{ at: 12, fault: { type: 'link-lost' } }]), { ...options(), into }),
    )
    expectNoLeak(into, 'partial reading')
    const { signal } = { signal: AbortSignal.abort() }
    await expectSilentError('aborted', () => readChip(virtualCard(card), { ...options(), signal }))
    await expectSilentError('numbers', () => accessFromCan(qr.personalNumber))
    await expectSilentError('store', async () =>
      createTrustStore({ anchors: [{ certificate: reading.files.DG2 as Uint8Array }] }),
    )
    await expectSilentError('DEMO', async () => createTrustStore({ anchors: [{ certificate: card.issuer.csca.certificate }] }))
  })

  it('errors of parsers over cut and changed personal data', async () => {
    const { card, reading } = demo
    const parsers: Record<string, (bytes: Uint8Array) => unknown> = {
      DG1: (bytes) => emrtd.parseDg1(bytes),
      DG2: (bytes) => emrtd.parseDg2(bytes),
      DG11: (bytes) => emrtd.parseDg11(bytes),
      DG12: (bytes) => emrtd.parseDg12(bytes),
      DG13: (bytes) => emrtd.parseDg13(bytes),
      DG14: (bytes) => emrtd.parseDg14(bytes),
      DG15: (bytes) => emrtd.parseDg15(bytes),
      SOD: (bytes) => emrtd.parseSecurityObject(bytes),
      COM: (bytes) => emrtd.parseCom(bytes),
      DG16: (bytes) => emrtd.parseDg16(bytes),
    }
    const files = { ...reading.files, ...detailFiles(card.citizen) }
    for (const [name, parse] of Object.entries(parsers)) {
      const file = files[name as 'DG1']
      if (file === undefined) throw new Error(`${name} was not read`)
      for (let offset = 0; offset < Math.min(file.length, 400); offset += 3) {
        const changed = file.slice()
        changed[offset] = (changed[offset] ?? 0) ^ 0x55
        await expectSilentError(name, () => parse(changed))
        await expectSilentError(name, () => parse(file.subarray(0, offset)))
      }
    }
    const json = encodeReading(reading)
    for (let length = 0; length < 3000; length += 97)
      await expectSilentError('reading', () => decodeReading(json.slice(0, length)))
    await expectSilentError('reading', () => decodeReading(json.replace('"version":1', '"version":9')))
    for (let offset = 0; offset < card.qr.length; offset++) {
      await expectSilentError('QR', () => parseQr(card.qr.slice(0, offset)))
      const outcome = tryParseQr(`${card.qr.slice(0, offset)}é7|${card.qr.slice(offset + 1)}`)
      expectNoLeak(outcome.ok ? JSON.stringify(outcome.value.findings) : outcome.error, 'QR')
    }
    const lines = card.mrz.join('\n')
    for (let offset = 0; offset < lines.length; offset++) {
      const outcome = tryParseMrz(`${lines.slice(0, offset)}7${lines.slice(offset + 1)}`)
      expectNoLeak(outcome.ok ? JSON.stringify(outcome.findings) : outcome.error, 'MRZ')
    }
  })

  it('every error code, provoked with personal data at hand', async () => {
    const all = provocations(demo)
    const silent: string[] = []
    for (const [code, provoke] of Object.entries(all)) {
      const before = codes.has(code)
      codes.delete(code)
      await expectSilentError(code, provoke)
      if (!codes.has(code)) silent.push(code)
      if (before) codes.add(code)
    }
    expect(silent).toEqual([])
    const known = [
      ...[
        coreErrorCodes,
        identityErrorCodes,
        transportErrorCodes,
        isoErrorCodes,
        cryptoErrorCodes,
        imageErrorCodes,
        httpErrorCodes,
      ],
      ...[qrErrorCodes, mrzErrorCodes, pkiErrorCodes, emrtd.emrtdErrorCodes, simulatorErrorCodes],
    ].flat()
    expect(known.filter((code) => !codes.has(code)).sort()).toEqual(
      Object.keys(notProvoked)
        .filter((code) => !codes.has(code))
        .sort(),
    )
    console.log(`${codes.size} of ${known.length} error codes happened here and were searched`)
  })
})

describe('every parsed object and the reading', () => {
  it('survive structuredClone and their JSON codec unchanged', async () => {
    const { reading, qr, card, trust } = demo
    const report = await verifyReading(reading, { trust, at, qr })
    const values = {
      qr,
      mrz: parseMrz(card.mrz.join('\n')),
      dg1: emrtd.parseDg1(reading.files.DG1 as Uint8Array),
      dg2: emrtd.parseDg2(reading.files.DG2 as Uint8Array),
      dg13: emrtd.parseDg13(reading.files.DG13 as Uint8Array),
      dg14: emrtd.parseDg14(reading.files.DG14 as Uint8Array),
      dg15: emrtd.parseDg15(reading.files.DG15 as Uint8Array),
      sod: emrtd.parseSecurityObject(reading.files.SOD as Uint8Array),
      com: emrtd.parseCom(reading.files.COM as Uint8Array),
      report,
    }
    for (const [name, value] of Object.entries(values)) {
      expect([name, structuredClone(value)]).toEqual([name, value])
      expect([name, decodeJson(encodeJson(value))]).toEqual([name, value])
    }
    expect(structuredClone(reading)).toEqual(reading)
    expect(decodeReading(encodeReading(reading))).toEqual(reading)
    expect(encodeReading(decodeReading(encodeReading(reading)))).toBe(encodeReading(reading))
  })
})
