import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitCodes, run } from '@cccd/cli'
import { cardImageFromFiles, cardProfileNames, quirkIds, virtualCard } from '@cccd/simulator'
import { afterAll, describe, expect, it } from 'vitest'
import { widthOf } from '../src/terminal/wrap.js'
import { testIo } from './testIo.js'

const folder = mkdtempSync(join(tmpdir(), 'cccd-kinds-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const cardIn = (path: string) =>
  cardImageFromFiles(
    Object.fromEntries(
      readdirSync(path).map((name): [string, Uint8Array] => [name, new Uint8Array(readFileSync(join(path, name)))]),
    ),
  )

describe('kinds of card', () => {
  it('are listed in both languages, within the width of the terminal', async () => {
    for (const lang of ['vi', 'en']) {
      const io = testIo({ columns: 80 })
      expect(await run(['card', 'profiles', '--lang', lang], io)).toBe(exitCodes.ok)
      for (const name of [...cardProfileNames, ...quirkIds]) expect(io.out()).toContain(name)
      for (const line of io.out().split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80)
    }
    const io = testIo()
    await run(['card', 'profiles', '--json'], io)
    expect(JSON.parse(io.out())).toMatchObject({
      profiles: { length: cardProfileNames.length },
      quirks: { length: quirkIds.length },
    })
  })

  it('that there are not are refused with those that there are', async () => {
    for (const [words, hint] of [
      [['--profile', 'moon'], 'de-cam'],
      [['--quirk', 'moon'], 'lv-p1-02'],
    ] as const) {
      const io = testIo()
      expect(await run(['demo', ...words], io)).toBe(exitCodes.usage)
      expect(io.err()).toContain(hint)
    }
  })

  it('are made, read and verified from a folder', async () => {
    const path = join(folder, 'passport')
    const made = testIo()
    const words = ['--profile', 'at-td3', '--quirk', 'self-issued-link', 'explicit-ec', '--index', '3']
    expect(await run(['card', 'new', '--out', path, ...words, '--json'], made)).toBe(exitCodes.ok)
    expect(JSON.parse(made.out())).toMatchObject({
      profile: 'at-td3',
      quirks: ['td3-optional-blank-cd', 'explicit-ec', 'self-issued-link'],
    })
    expect(readdirSync(path)).toEqual(expect.arrayContaining(['mrz.txt', 'can.txt', 'csca.cer', 'link.cer']))
    expect(readdirSync(path)).not.toContain('qr.png')
    const io = testIo({ openCard: async () => virtualCard(cardIn(path)) })
    const read = ['read', '--mrz', join(path, 'mrz.txt'), '--out', join(folder, 'read'), '--verify', '--require', 'ca']
    expect(await run([...read, '--trust', join(path, 'csca.cer'), join(path, 'link.cer')], io)).toBe(exitCodes.ok)
  })

  it('that are made already take on no quirk of files', async () => {
    const path = join(folder, 'made')
    await run(['card', 'new', '--out', path, '--profile', 'bac-only'], testIo())
    const io = testIo()
    expect(await run(['card', 'serve', path, '--quirk', 'ru-sha1'], io)).toBe(exitCodes.usage)
    expect(io.err()).toContain('ga-6700')
    expect(await run(['card', 'serve', path, '--profile', 'moon'], testIo())).toBe(exitCodes.usage)
  })

  it('with PIN and PUK say them', async () => {
    const io = testIo()
    await run(['card', 'new', '--out', join(folder, 'pin'), '--profile', 'pin-card'], io)
    expect(io.out()).toMatch(/PIN \d{6}, PUK \d{10}/)
    const { can, pin = '' } = cardIn(join(folder, 'pin'))
    const read = async (...words: string[]): Promise<number> =>
      run(
        ['read', '--out', join(folder, 'by-pin'), '--force', ...words],
        testIo({ openCard: async () => virtualCard(cardIn(join(folder, 'pin'))) }),
      )
    expect(await read('--chip-pin', pin)).toBe(exitCodes.ok)
    expect(await read('--chip-pin', pin, '--can', can)).toBe(exitCodes.ok)
    expect(await read('--chip-pin', pin === '000000' ? '111111' : '000000')).toBe(exitCodes.badData)
    expect(await read('--chip-pin', pin, '--mrz', 'x')).toBe(exitCodes.usage)
  })

  it('are shown by the demo: proven, with a downgrade that is found, with an attack that is caught', async () => {
    const demo = async (...words: string[]): Promise<number> => run(['demo', '--json', ...words], testIo())
    expect(await demo('--profile', 'nz-3des')).toBe(exitCodes.ok)
    expect(await demo('--profile', 'bac-only')).toBe(exitCodes.ok)
    expect(await demo('--profile', 'gr-parameters')).toBe(exitCodes.failed)
    expect(await demo('--profile', 'pt-der-aa', '--attack', 'clone')).toBe(exitCodes.failed)
    expect(await demo('--profile', 'bac-only', '--attack', 'skip-aa')).toBe(exitCodes.badData)
  })
})
