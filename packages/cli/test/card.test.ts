import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitCodes, run } from '@cccd/cli'
import type { Check } from '@cccd/core'
import { type CardProfileName, cardImageFromFiles, virtualCard } from '@cccd/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testIo } from './testIo.js'

const folder = mkdtempSync(join(tmpdir(), 'cccd-cli-'))
const at = (...parts: string[]): string => join(folder, ...parts)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function cardIn(path: string) {
  const files = readdirSync(path).map((name): [string, Uint8Array] => [name, new Uint8Array(readFileSync(join(path, name)))])
  return cardImageFromFiles(Object.fromEntries(files))
}

const reader = (path: string, profile: CardProfileName = 'vn-2021') => ({
  openCard: async () => virtualCard(cardIn(path), { profile }),
})

interface Result {
  readonly checks: readonly Check[]
  readonly signers: readonly { readonly fingerprint: string }[]
  readonly report: { readonly checks: readonly Check[] }
  readonly challenge: string
  readonly exitCode: number
}

async function json(words: string[], options: Parameters<typeof testIo>[0] = {}): Promise<Result> {
  const io = testIo(options)
  const code = await run([...words, '--json'], io)
  const result = JSON.parse(io.out()) as Result
  expect(result.exitCode).toBe(code)
  return result
}

const statusOf = (checks: readonly Check[], id: string): string | undefined => checks.find((check) => check.id === id)?.status

beforeAll(async () => {
  expect(await run(['card', 'new', '--out', at('card'), '--index', '1'], testIo())).toBe(exitCodes.ok)
})

describe('cccd card new', () => {
  it('writes a card, its QR and the certificates, and replaces only what it wrote', async () => {
    expect(readdirSync(at('card'))).toEqual(
      expect.arrayContaining(['card.json', 'qr.png', 'qr.txt', 'csca.cer', 'signer.cer', 'EF_SOD.bin']),
    )
    expect(await run(['card', 'new', '--out', at('card')], testIo())).toBe(exitCodes.usage)
    expect(await run(['card', 'new', '--out', at('again')], testIo())).toBe(exitCodes.ok)
    expect(await run(['card', 'new', '--out', at('again'), '--force'], testIo())).toBe(exitCodes.ok)
    writeFileSync(at('again', 'holiday.jpg'), 'x')
    expect(await run(['card', 'new', '--out', at('again'), '--force'], testIo())).toBe(exitCodes.usage)
  })
})

describe('cccd read and verify', () => {
  it('reads, verifies, and verifies again from the folder what needs no live chip', async () => {
    const read = await json(
      ['read', '--qr', at('card', 'qr.png'), '--out', at('read'), '--verify', '--trust', at('card', 'csca.cer')],
      reader(at('card')),
    )
    expect(read.exitCode).toBe(exitCodes.ok)
    for (const { id, status } of read.report.checks)
      expect([id, status === 'failed' || status === 'inconclusive']).toEqual([id, false])

    const again = await json([
      'verify',
      at('read'),
      '--trust',
      at('card', 'csca.cer'),
      '--challenge',
      read.challenge,
      '--require',
      'aa',
    ])
    expect(again.exitCode).toBe(exitCodes.ok)
    const live = ['ca.keys', 'pace.downgrade', 'card-access.match', 'access.protocol']
    for (const id of live)
      expect(again.checks.find((check) => check.id === id)).toMatchObject({ status: 'inconclusive', reason: 'not-observed' })
    for (const { id, status } of read.report.checks)
      if (!live.includes(id) && id !== 'cam.key' && id !== 'document.consistency')
        expect([id, statusOf(again.checks, id)]).toEqual([id, status])
  })

  it('asks for more with --require, and does not take the challenge of a file', async () => {
    const trust = ['--trust', at('card', 'csca.cer')]
    expect((await json(['verify', at('read'), ...trust, '--require', 'ca'])).exitCode).toBe(exitCodes.unproven)
    expect((await json(['verify', at('read'), ...trust, '--require', 'aa'])).exitCode).toBe(exitCodes.unproven)
    expect((await json(['verify', at('read'), ...trust, '--challenge', '0102030405060708'])).exitCode).toBe(exitCodes.failed)
    expect(await run(['verify', at('read'), '--require', 'magic'], testIo())).toBe(exitCodes.usage)
    expect(await run(['verify', at('read'), '--challenge', '0000000000000000'], testIo())).toBe(exitCodes.usage)
    expect(await run(['verify', at('read'), '--at', '2026-02-30'], testIo())).toBe(exitCodes.usage)
  })

  it('proves nothing without an anchor, and takes a pinned signer for one', async () => {
    expect((await json(['verify', at('read')])).exitCode).toBe(exitCodes.unproven)
    const { signers } = await json(['trust', 'census', at('read')])
    const pin = ['trust', 'pin', signers[0]?.fingerprint ?? '', '--pins', at('pins.json'), '--operator']
    expect(await run([...pin, 'an', '--source', 'the counter'], testIo())).toBe(exitCodes.ok)
    const withPins = ['verify', at('read'), '--pin', at('pins.json'), '--allow-demo']
    expect((await json(withPins)).exitCode).toBe(exitCodes.unproven)
    expect(await run([...pin, 'binh'], testIo())).toBe(exitCodes.ok)
    const pinned = await json(withPins)
    expect(pinned.exitCode).toBe(exitCodes.ok)
    expect(pinned.checks.find(({ id }) => id === 'chain.csca')).toMatchObject({
      status: 'inconclusive',
      reason: 'no-trust-anchor',
    })
  })

  it('fails a changed file, and takes names with and without EF_', async () => {
    const { cpSync, renameSync } = await import('node:fs')
    cpSync(at('read'), at('changed'), { recursive: true })
    rmSync(at('changed', 'reading.json'))
    for (const name of readdirSync(at('changed'))) renameSync(at('changed', name), at('changed', name.replace('EF_', '')))
    const trust = ['--trust', at('card')]
    expect((await json(['verify', at('changed'), ...trust])).exitCode).toBe(exitCodes.ok)
    const dg1 = readFileSync(at('changed', 'DG1.bin'))
    dg1[20] = (dg1[20] as number) ^ 1
    writeFileSync(at('changed', 'DG1.bin'), dg1)
    expect((await json(['verify', at('changed'), ...trust])).exitCode).toBe(exitCodes.failed)
  })

  it('masks the holder in text and JSON unless told otherwise', async () => {
    const { citizen } = cardIn(at('card'))
    for (const flags of [[], ['--json']]) {
      const io = testIo()
      await run(['verify', at('read'), '--trust', at('card', 'csca.cer'), ...flags], io)
      for (const secret of [citizen.personalNumber, citizen.personalNumber.slice(3), citizen.fullName, citizen.dateOfBirth])
        expect(io.out()).not.toContain(secret)
    }
    const io = testIo()
    await run(['verify', at('read'), '--trust', at('card', 'csca.cer'), '--reveal'], io)
    expect(io.out()).toContain(citizen.personalNumber)
  })

  it('does not say that everything is proven while the chip may be a copy', async () => {
    const io = testIo({ columns: 100 })
    expect(await run(['verify', at('read'), '--trust', at('card', 'csca.cer')], io)).toBe(exitCodes.ok)
    expect(io.out()).toContain('That the chip is not a copy is not.')
  })

  it('says how to open a chip, and that a key is wrong', async () => {
    expect(await run(['read', '--out', at('none')], testIo(reader(at('card'))))).toBe(exitCodes.usage)
    const io = testIo(reader(at('card')))
    expect(await run(['read', '--can', '000000', '--out', at('none')], io)).toBe(exitCodes.badData)
    expect(io.err()).toContain('PACE_WRONG_PASSWORD')
    expect(await run(['verify', at('nowhere')], testIo())).toBe(exitCodes.usage)
  })

  it('shows how far it is only where a person looks', async () => {
    const watched = testIo({ tty: true, ...reader(at('card')) })
    await run(['read', '--qr', at('card', 'qr.txt'), '--out', at('watched')], watched)
    expect(watched.err()).toContain('DG2')
    const silent = testIo({ tty: true, ...reader(at('card')) })
    await run(['read', '--qr', at('card', 'qr.txt'), '--out', at('silent'), '--json'], silent)
    expect(silent.err()).toBe('')
  })
})

describe('cccd card profile', () => {
  it('is the same for twenty citizens, differs between profiles, and holds nobody', { timeout: 240_000 }, async () => {
    const { createIssuer, personalise, seededRandom, syntheticCitizen } = await import('@cccd/simulator')
    const issuer = await createIssuer({ random: seededRandom('profile issuer'), at: '2026-05-01T00:00:00Z' })
    const profiles: Record<string, Set<string>> = {
      'vn-2021': new Set(),
      'vn-short': new Set(),
      'de-cam': new Set(),
    }
    for (let index = 0; index < 20; index++) {
      const card = await personalise(issuer, syntheticCitizen(index), {
        random: seededRandom(`profile ${index}`),
        aa: 'ecdsa-brainpoolP256r1',
      })
      for (const [profile, seen] of Object.entries(profiles)) {
        const io = testIo({ openCard: async () => virtualCard(card, { profile: profile as CardProfileName }) })
        expect(await run(['card', 'profile', '--qr', card.qr, '--json'], io)).toBe(exitCodes.ok)
        const { citizen } = card
        for (const secret of [citizen.personalNumber, citizen.personalNumber.slice(6), citizen.fullName, citizen.cardCode])
          expect(io.out()).not.toContain(secret)
        seen.add(JSON.stringify((JSON.parse(io.out()) as { profile: object }).profile))
      }
    }
    for (const seen of Object.values(profiles)) expect([...seen]).toHaveLength(1)
    expect(new Set(Object.values(profiles).flatMap((seen) => [...seen])).size).toBe(3)
  })
})

describe('cccd trust explain', () => {
  const explain = (...words: string[]): [string[], ReturnType<typeof testIo>] => [
    ['trust', 'explain', at('card', 'signer.cer'), '--document-type', 'ID', ...words],
    testIo(),
  ]

  it('says who vouches, by which clause and from which source, in both languages', async () => {
    for (const [lang, source] of [
      ['en', 'source: csca.cer'],
      ['vi', 'nguồn: csca.cer'],
    ] as const) {
      const [words, io] = explain('--trust', at('card', 'csca.cer'), '--lang', lang)
      expect(await run(words, io)).toBe(exitCodes.ok)
      for (const part of ['RFC 5280, 6.1.3 (a) (1)', source, 'CN=DEMO CSCA']) expect(io.out()).toContain(part)
    }
  })

  it('is unproven when nobody vouches, failed when the signature is not that of the key it names', async () => {
    const [words, io] = explain()
    expect(await run(words, io)).toBe(exitCodes.unproven)
    const changed = readFileSync(at('card', 'signer.cer'))
    changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1
    writeFileSync(at('forged.cer'), changed)
    const forged = ['trust', 'explain', at('forged.cer'), '--trust', at('card', 'csca.cer'), '--json']
    const result = testIo()
    expect(await run(forged, result)).toBe(exitCodes.failed)
    const [csca] = JSON.parse(result.out()).tree
    expect(csca).toMatchObject({ step: 'chain.csca', status: 'failed', reason: 'signature-wrong' })
  })

  it('judges an authority as one, and says so', async () => {
    const io = testIo()
    expect(
      await run(['trust', 'explain', at('card', 'csca.cer'), '--trust', at('card', 'csca.cer'), '--document-type', 'ID'], io),
    ).toBe(exitCodes.ok)
    expect(io.out()).toContain('Judged as: country CA')
  })

  it('draws the chain, and replaces no file unasked', async () => {
    const [words, io] = explain('--trust', at('card', 'csca.cer'), '--svg', at('chain.svg'))
    expect(await run(words, io)).toBe(exitCodes.ok)
    expect(readFileSync(at('chain.svg'), 'utf8')).toContain('CN=DEMO CSCA')
    expect(await run(words, testIo())).toBe(exitCodes.usage)
    expect(await run([...words, '--force'], testIo())).toBe(exitCodes.ok)
  })

  it('takes one certificate', async () => {
    writeFileSync(at('two.pem'), '')
    expect(await run(['trust', 'explain', at('card')], testIo())).not.toBe(exitCodes.ok)
    expect(await run(['trust', 'explain', at('two.pem')], testIo())).toBe(exitCodes.badData)
  })
})
