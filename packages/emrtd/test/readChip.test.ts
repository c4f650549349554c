import { decodeHex, encodeTlv } from '@cccd/core'
import { accessFromCan, createPartialReading, type FileName, type ReadProgress, readChip } from '@cccd/emrtd'
import { describe, expect, it } from 'vitest'
import { observationOf } from '../src/reading/observation.js'
import { countingRandom } from './support.js'
import type { TestChip } from './TestChip.js'
import {
  access,
  cards,
  challenge,
  chipKey,
  chipScalar,
  chipWith,
  codeOf,
  crypto,
  dg14For,
  everything,
  fileOf,
  minimum,
  paceOid,
  type Quirk,
  read,
} from './testCard.js'

describe('readChip', () => {
  it('reads everything, proves the chip key, keeps the bytes as sent', async () => {
    const chip = chipWith()
    const reading = await read(chip, { files: everything, activeAuthentication: { challenge } })
    for (const name of ['CardAccess', 'SOD', ...everything] as const) {
      expect(reading.files[name]).toEqual(cards[name])
      expect(reading.fileStatus[name]).toEqual({ status: 'read' })
    }
    expect(reading.fileStatus.DG3).toEqual({ status: 'not-asked' })
    expect(reading.access).toEqual({
      protocol: 'PACE',
      password: 'CAN',
      candidate: 0,
      oid: paceOid,
      parameterId: 13,
      mapping: 'GM',
      cipher: 'AES-128',
      cardAccess: 'read',
      offered: [paceOid],
      refused: [],
    })
    expect(reading.chipAuthentication).toEqual({ status: 'performed', oid: '0.4.0.127.0.7.2.2.3.2.2' })
    expect(observationOf(reading)).toMatchObject({ chipAuthentication: { status: 'passed' }, cardAccess: cards.CardAccess })
    expect(reading.activeAuthentication).toMatchObject({ challenge, sw: 0x9000 })
    expect(reading.activeAuthentication?.response).toHaveLength(192)
    expect(reading.readAt).toBe('2023-11-14T22:13:20.000Z')
  })

  it('needs the minimum of APDUs with short length', async () => {
    const chip = chipWith()
    await read(chip, { files: everything, activeAuthentication: { challenge } })
    expect(chip.exchanges).toBe(minimum(223))
  })

  it('needs one more with extended length, for EF.ATR/INFO', async () => {
    const atr = encodeTlv(0x7f66, decodeHex('02030100000203010000'))
    const limits = { maxCommandLength: 65_544, maxResponseLength: 65_538 }
    // EF.ATR/INFO has the short identifier 01 of DG1, but at the level of the master file.
    const chip = chipWith({
      limits,
      quirk: ({ ins, p1 }) => (ins === 0xb0 && p1 === 0x81 && chip.exchanges < 3 ? { data: atr, sw: 0x9000 } : undefined),
    })
    const reading = await read(chip, { files: everything, activeAuthentication: { challenge } })
    expect(reading.files.DG2).toEqual(cards.DG2)
    expect(chip.exchanges).toBe(minimum(65_000) + 1)
  })

  it('takes extended length from the historical bytes without an APDU', async () => {
    const limits = { maxCommandLength: 65_544, maxResponseLength: 65_538 }
    const chip = chipWith({ limits, answerToReset: decodeHex('3b8580018073c02140f5') })
    await read(chip, { files: everything, activeAuthentication: { challenge } })
    expect(chip.exchanges).toBe(minimum(65_000))
  })

  it('reports progress without anything of the person', async () => {
    const events: ReadProgress[] = []
    await read(chipWith(), { files: ['DG1'], onProgress: (event) => events.push(event) })
    expect(events.filter(({ file }) => file === 'DG1')).toMatchObject([
      { step: 'read-file', file: 'DG1' },
      { step: 'read-file', file: 'DG1', bytesRead: 95, bytesTotal: 95 },
    ])
    const numbers = ['bytesRead', 'bytesTotal', 'bytesDone', 'bytesExpected', 'fraction', 'msLeft']
    for (const event of events) for (const name of Object.keys(event)) expect(['step', 'file', ...numbers]).toContain(name)
  })

  it('fetches the challenge when it is needed, with the files read so far', async () => {
    const seen: string[][] = []
    const reading = await read(chipWith(), {
      files: ['DG1'],
      activeAuthentication: {
        challenge: async ({ files }) => {
          seen.push(Object.keys(files))
          return challenge
        },
      },
    })
    expect(seen).toEqual([['SOD', 'DG14', 'DG15']])
    expect(reading.activeAuthentication?.challenge).toEqual(challenge)
  })

  it('guards its arguments', async () => {
    await expect(read(chipWith(), { access: [] })).rejects.toThrow(TypeError)
    await expect(read(chipWith(), { files: ['DG17' as FileName] })).rejects.toThrow(RangeError)
    await expect(read(chipWith(), { activeAuthentication: { challenge: new Uint8Array(7) } })).rejects.toThrow(RangeError)
  })
})

describe('EF.CardAccess', () => {
  const refuse = (...refused: readonly string[]): Quirk => {
    return ({ ins, p1, data }, chip) => {
      if (chip.exchanges > 4) return undefined
      const what = ins === 0xb0 && p1 === 0x9c ? 'sfi' : ins === 0xa4 ? (data?.[0] === 0x3f ? 'mf' : 'fid') : ''
      return refused.includes(what) ? { data: new Uint8Array(0), sw: what === 'mf' ? 0x6d00 : 0x6982 } : undefined
    }
  }

  it.each([
    [[], 'read'],
    [['sfi'], 'read'],
    [['sfi', 'mf'], 'read-directly'],
    [['sfi', 'mf', 'fid'], 'built-in'],
  ] as const)('refused %j: %s', async (refused, source) => {
    const reading = await read(chipWith({ quirk: refuse(...refused) }), { files: ['DG1'] })
    expect(reading.access?.cardAccess).toBe(source)
    expect(reading.files.CardAccess === undefined).toBe(source === 'built-in')
    expect(observationOf(reading)?.cardAccess === undefined).toBe(source === 'built-in')
  })

  it('a chip without the file offers no PACE', async () => {
    const { CardAccess: _absent, ...files } = cards
    expect(await codeOf(read(chipWith({ files })))).toBe('PACE_NOT_OFFERED')
  })
})

describe('what chips do another way', () => {
  const sw = (code: number) => ({ data: new Uint8Array(0), sw: code })

  it('6282 at the end of a file', async () => {
    const chip = chipWith({
      quirk: ({ ins, p1, le }) =>
        ins === 0xb0 && p1 === 0x81 && le === 223 ? { data: cards.DG1 as Uint8Array, sw: 0x6282 } : undefined,
    })
    expect((await read(chip, { files: ['DG1'] })).files.DG1).toEqual(cards.DG1)
  })

  it.each([0x6b00, 0x6700, 0x6282])('%i for reading beyond the end: header first from then on', async (code) => {
    const length: Record<number, number> = { 157: 1_904, 129: 95, 141: 419, 142: 0, 130: 15_083 }
    const chip = chipWith({
      quirk: ({ ins, p1, le = 0 }) =>
        ins === 0xb0 && p1 >= 0x80 && le > (length[p1] ?? 0) && p1 !== 0x9c && p1 !== 0x8e ? sw(code) : undefined,
    })
    const reading = await read(chip, { files: ['DG1', 'DG13', 'DG2'], chipAuthentication: 'never' })
    for (const name of ['DG1', 'DG2', 'DG13'] as const) expect(reading.files[name]).toEqual(cards[name])
    const { exchanges } = chip
    expect(exchanges).toBeLessThan(100)
  })

  it.each([0x6700, 0x6cc0])('%i for a block over 192 bytes: remembered', async (code) => {
    const chip = chipWith({
      quirk: ({ ins, le = 0 }, own) => (ins === 0xb0 && own.exchanges > 8 && le > 192 ? sw(code) : undefined),
    })
    const reading = await read(chip, { files: ['DG2'], chipAuthentication: 'never' })
    expect(reading.files.DG2).toEqual(cards.DG2)
    expect(chip.log.filter((entry) => entry.sw === code).length).toBeLessThan(3)
  })

  it('fewer bytes than asked for, without a word', async () => {
    const chip = chipWith({
      quirk: ({ ins, le = 0, p1, p2 }, own) => {
        if (ins !== 0xb0 || own.exchanges < 9 || le <= 100 || p1 >= 0x80) return undefined
        const offset = (p1 << 8) | p2
        return { data: (cards.DG2 as Uint8Array).slice(offset, offset + 100), sw: 0x9000 }
      },
    })
    const reading = await read(chip, { files: ['DG2'], chipAuthentication: 'never' })
    expect(reading.files.DG2?.length).toBe(cards.DG2?.length)
  })

  it('no short file identifiers', async () => {
    const chip = chipWith({ quirk: ({ ins, p1 }) => (ins === 0xb0 && p1 >= 0x80 ? sw(0x6a86) : undefined) })
    const reading = await read(chip, { files: everything })
    for (const name of everything) expect(reading.files[name]).toEqual(cards[name])
    // Tried once for EF.CardAccess and once in the application, not for every file.
    expect(chip.log.filter(({ command }) => command.ins === 0xb0 && command.p1 >= 0x80)).toHaveLength(2)
  })

  it('a file beyond 32 kB by the odd READ BINARY', async () => {
    const DG2 = fileOf(0x75, 70_000)
    const chip = chipWith({ files: { ...cards, DG2 } })
    const reading = await read(chip, { files: ['DG2'], chipAuthentication: 'never' })
    expect(reading.fileStatus.DG2).toEqual({ status: 'read' })
    expect(reading.files.DG2).toEqual(DG2)
    const odd = chip.log.filter((entry) => entry.command.ins === 0xb1)
    expect(Math.max(...odd.map((entry) => entry.command.le ?? 0))).toBe(223)
  })

  it.each([
    [0x6982, 'access-denied'],
    [0x6a82, 'not-found'],
  ] as const)('a file refused with protected %i is recorded', async (code, status) => {
    const chip = chipWith({ quirk: ({ ins, p1 }) => (ins === 0xb0 && p1 === 0x83 ? sw(code) : undefined) })
    const reading = await read(chip, { files: ['DG1', 'DG3'] })
    expect(reading.fileStatus.DG3).toEqual({ status, sw: code })
    expect(reading.files.DG1).toEqual(cards.DG1)
  })

  it.each([0x6982, 0x6a82])('a file refused with plain %i: recorded, the chip opened again', async (code) => {
    const chip = chipWith({
      quirk: ({ ins, p1 }, own) => {
        if (ins !== 0xb0 || p1 !== 0x8d) return undefined
        own.drop()
        return sw(code)
      },
    })
    const reading = await read(chip, { files: ['DG1', 'DG2', 'DG13'] })
    expect(reading.fileStatus.DG13?.sw).toBe(code)
    expect(reading.files.DG2).toEqual(cards.DG2)
  })

  it('a block too long that costs the channel (6988): opened again, smaller', async () => {
    const chip = chipWith({
      quirk: ({ ins, le = 0 }, own) => {
        if (ins !== 0xb0 || own.exchanges < 9 || le <= 200) return undefined
        own.drop()
        return sw(0x6988)
      },
    })
    const reading = await read(chip, { files: ['DG2'], chipAuthentication: 'never' })
    expect(reading.files.DG2).toEqual(cards.DG2)
  })

  it('a chip that drops its channel again and again ends the read', async () => {
    const chip = chipWith({
      quirk: ({ ins, p1 }, own) => {
        if (ins !== 0xb0 || p1 === 0x9c) return undefined
        own.drop()
        return sw(0x6988)
      },
    })
    expect(await codeOf(read(chip))).toMatch(/^SM_|^none$/)
    expect(chip.exchanges).toBeLessThan(150)
  })
})

describe('chip authentication', () => {
  it('a clone without the key: failed, opened again, read on', async () => {
    const other = decodeHex('498ff49756f2dc1587840041839a85982be7761d14715fb091efa7bce9058560')
    const chip = chipWith({ chipKey: { ...chipKey, scalar: other } })
    const reading = await read(chip, { files: ['DG1', 'DG2'] })
    expect(reading.chipAuthentication).toMatchObject({ status: 'failed', reason: 'session-keys-wrong' })
    expect(observationOf(reading)?.chipAuthentication).toMatchObject({ status: 'failed' })
    expect(reading.files.DG2).toEqual(cards.DG2)
  })

  it('a refusal is recorded with its status word', async () => {
    const chip = chipWith({
      quirk: ({ ins, p1 }) => (ins === 0x22 && p1 === 0x41 ? { data: new Uint8Array(0), sw: 0x6a80 } : undefined),
    })
    const reading = await read(chip, { files: ['DG1'] })
    expect(reading.chipAuthentication).toMatchObject({ status: 'failed', reason: 'refused', sw: 0x6a80 })
    expect(reading.files.DG1).toEqual(cards.DG1)
  })

  it('a chip that goes on in the old session has proven nothing', async () => {
    const chip = chipWith({
      quirk: ({ ins, p1 }, own) =>
        (ins === 0x22 && p1 === 0x41) || (ins === 0x86 && own.log.at(-1)?.command.p1 === 0x41)
          ? { data: ins === 0x86 ? decodeHex('7c00') : new Uint8Array(0), sw: 0x9000 }
          : undefined,
    })
    const reading = await read(chip, { files: ['DG1'] })
    expect(reading.chipAuthentication).toMatchObject({ status: 'failed', reason: 'session-keys-wrong' })
  })

  it('proves its keys although nothing is left to read', async () => {
    const reading = await read(chipWith(), { files: [] })
    expect(observationOf(reading)?.chipAuthentication?.status).toBe('passed')
  })

  it.each([
    [1, '3DES'],
    [3, 'AES-192'],
    [4, 'AES-256'],
  ] as const)('protocol %i switches the channel to %s', async (arc, cipher) => {
    const chip = chipWith({ files: { ...cards, DG14: await dg14For(chipScalar, arc) }, chipKey: { ...chipKey, cipher } })
    const reading = await read(chip, { files: ['DG1', 'DG2'] })
    expect(reading.chipAuthentication?.status).toBe('performed')
    expect(reading.files.DG2).toEqual(cards.DG2)
  })

  it('never, when told so', async () => {
    const reading = await read(chipWith(), { files: ['DG1'], chipAuthentication: 'never' })
    expect(reading.chipAuthentication).toEqual({ status: 'not-asked' })
    expect(reading.fileStatus.DG14).toEqual({ status: 'not-asked' })
  })
})

describe('a chip that lies', () => {
  const header = (hex: string): Quirk => {
    return ({ ins, p1 }) => (ins === 0xb0 && p1 === 0x82 ? { data: decodeHex(hex), sw: 0x9000 } : undefined)
  }

  it('claims a file of 2 GB', async () => {
    expect(await codeOf(read(chipWith({ quirk: header('75847fffffff00') }), { files: ['DG2'] }))).toBe('EMRTD_FILE_TOO_LARGE')
  })

  it.each(['7580000000000000', '00000000000000', '7585ffffffffff00'])('begins a file with %s: recorded', async (hex) => {
    const reading = await read(chipWith({ quirk: header(hex) }), { files: ['DG2'] })
    expect(reading.fileStatus.DG2?.status).toBe('failed')
    expect(reading.files.DG2).toBeUndefined()
  })

  it('gives less than its length says', async () => {
    const chip = chipWith({ files: { ...cards, DG2: (cards.DG2 as Uint8Array).slice(0, 1_000) } })
    const reading = await read(chip, { files: ['DG2', 'DG1'] })
    expect(reading.fileStatus.DG2).toMatchObject({ status: 'failed' })
    expect(reading.files.DG2).toBeUndefined()
    expect(reading.files.DG1).toEqual(cards.DG1)
  })

  it('drips one byte at a time', async () => {
    const chip = chipWith({
      quirk: ({ ins, p1 }, own) =>
        ins === 0xb0 && p1 < 0x80 && own.exchanges > 9 ? { data: Uint8Array.of(1), sw: 0x9000 } : undefined,
    })
    const reading = await read(chip, { files: ['DG2'], chipAuthentication: 'never' })
    expect(reading.fileStatus.SOD?.status === 'failed' || reading.fileStatus.DG2?.status === 'failed').toBe(true)
    expect(chip.exchanges).toBeLessThan(40)
  })

  it('sends more than was asked for', async () => {
    const chip = chipWith({
      quirk: ({ ins, p1 }, own) =>
        ins === 0xb0 && p1 < 0x80 && own.exchanges > 9 ? { data: new Uint8Array(224), sw: 0x9000 } : undefined,
    })
    expect((await read(chip, { files: ['DG2'], chipAuthentication: 'never' })).fileStatus.SOD?.status).toBe('failed')
  })

  it('answers nothing: a coded error within the deadline', async () => {
    const chip = chipWith()
    const silent = { limits: chip.limits, close: async () => {}, transmit: () => new Promise<Uint8Array>(() => {}) }
    const start = Date.now()
    expect(await codeOf(readChip(silent, { access, crypto, random: countingRandom(), deadline: 60 }))).toBe('TRANSPORT_TIMEOUT')
    expect(Date.now() - start).toBeLessThan(3_000)
  })

  it('changes a byte under way', async () => {
    const chip = chipWith({
      wire: (response, index) => (index === 20 ? response.map((byte, at) => (at === 5 ? byte ^ 1 : byte)) : response),
    })
    expect(await codeOf(read(chip, { chipAuthentication: 'never' }))).toBe('SM_MAC_WRONG')
  })
})

describe('access', () => {
  it('a wrong CAN, with the tries left', async () => {
    const promise = read(chipWith(), { access: accessFromCan('000000') })
    await expect(promise).rejects.toMatchObject({ code: 'PACE_WRONG_PASSWORD', sw: 0x63c2, params: { retries: 2 } })
  })

  it('goes on to the next candidate and records the refusal', async () => {
    const reading = await read(chipWith(), { access: [...accessFromCan('000000'), ...access], files: ['DG1'] })
    expect(reading.access).toMatchObject({
      candidate: 1,
      refused: [{ protocol: 'PACE', password: 'CAN', sw: 0x63c2, reason: 'PACE_WRONG_PASSWORD' }],
    })
  })

  it('does not try BAC unless told', async () => {
    const mrz = { password: 'MRZ', documentNumber: '090000123', dateOfBirth: '900815', dateOfExpiry: '300815' } as const
    expect(await codeOf(read(chipWith(), { access: [{ protocol: 'BAC', ...mrz }] }))).toBe('EMRTD_ACCESS_DENIED')
  })
})

describe('a lost link', () => {
  function lostAt(at: number): TestChip {
    const chip = chipWith()
    const transmit = chip.transmit.bind(chip)
    chip.transmit = async (bytes) => {
      if (chip.exchanges >= at)
        throw Object.assign(new (await import('@cccd/iso7816')).TransportError('LINK_LOST', 'the card is gone'))
      return transmit(bytes)
    }
    return chip
  }

  it('rejects as retryable and goes on at the first missing byte', async () => {
    const into = createPartialReading()
    const first = lostAt(60)
    await expect(read(first, { files: everything, activeAuthentication: { challenge }, into })).rejects.toMatchObject({
      code: 'LINK_LOST',
      retryable: true,
    })
    const received = into.files.DG2?.received ?? 0
    expect(received).toBeGreaterThan(1_000)
    const second = chipWith()
    const reading = await read(second, { files: everything, activeAuthentication: { challenge: new Uint8Array(8) }, into })
    for (const name of everything) expect(reading.files[name]).toEqual(cards[name])
    // The answer of the first tap is kept, with its own challenge.
    expect(reading.activeAuthentication?.challenge).toEqual(challenge)
    expect(observationOf(reading)?.chipAuthentication?.status).toBe('passed')
    const blocks = Math.ceil((15_083 - received) / 223)
    // CardAccess, PACE, SELECT, two for the SOD, two for Chip Authentication, SELECT DG2, its rest.
    expect(second.exchanges).toBe(1 + 5 + 1 + 2 + 2 + 1 + blocks)
  })

  it('starts an unfinished SOD over', async () => {
    const into = createPartialReading()
    await expect(read(lostAt(10), { into })).rejects.toMatchObject({ code: 'LINK_LOST' })
    expect((await read(chipWith(), { into })).files.SOD).toEqual(cards.SOD)
  })

  it('another card is DIFFERENT_CARD', async () => {
    const into = createPartialReading()
    await expect(read(lostAt(60), { files: everything, into })).rejects.toMatchObject({ code: 'LINK_LOST' })
    const SOD = (cards.SOD as Uint8Array).slice()
    SOD[SOD.length - 1] = (SOD[SOD.length - 1] ?? 0) ^ 1
    expect(await codeOf(read(chipWith({ files: { ...cards, SOD } }), { files: everything, into }))).toBe('DIFFERENT_CARD')
  })

  it('can be cancelled', async () => {
    const controller = new AbortController()
    const promise = read(chipWith(), {
      signal: controller.signal,
      onProgress: ({ file, bytesRead = 0 }) => {
        if (file === 'DG2' && bytesRead > 2_000) controller.abort()
      },
    })
    expect(await codeOf(promise)).toBe('TRANSPORT_ABORTED')
  })
})
