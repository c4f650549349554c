import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { equalBytes } from '@cccd/core'
import { type CardImage, mrzInformation, seededRandom, virtualCard } from '@cccd/simulator'
import { serveVpcd } from '@cccd/simulator/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lockPcsc, type PcscStack, pcscUnavailable, startPcsc, stopPcsc } from '../../../.ci/pcsc/stack.mjs'
import { demoCard } from './support/demo.js'
import { cardOf } from './support/kinds.js'

const run = promisify(execFile)
const here = dirname(fileURLToPath(import.meta.url))
const python = '/usr/bin/python3'

/** Terminals that were written apart from this project, in Python, from Doc 9303 alone; they are not part of it. */
const terminals = [process.env.CCCD_CARDLAB, join(here, '../../../../shared/cardlab')].find(
  (folder) => folder !== undefined && existsSync(join(folder, 'pace_terminal.py')),
)
const unavailable = terminals === undefined ? 'the independent terminals are not here' : pcscUnavailable()

describe.skipIf(unavailable !== undefined)('independent terminals over PC/SC', () => {
  let stack: PcscStack
  let release: () => void

  beforeAll(async () => {
    release = await lockPcsc()
    stack = await startPcsc()
  })
  afterAll(async () => {
    if (stack?.started) await stopPcsc()
    release?.()
  })

  /** Runs a terminal against a card; `look` sees the files that it wrote while they exist. */
  async function terminal(
    card: CardImage,
    script: string,
    args: readonly string[],
    look: (file: (name: string) => Uint8Array) => void,
  ): Promise<{ stdout: string }> {
    const reader = stack.readers[0]
    if (reader === undefined || terminals === undefined) throw new Error('no reader')
    const channel = virtualCard(card, { random: seededRandom(script) })
    const served = await serveVpcd(channel, { host: reader.host, port: reader.port })
    const out = mkdtempSync(join(tmpdir(), 'cccd-terminal-'))
    try {
      // The daemon notices a new card at its next poll.
      await new Promise((resolve) => setTimeout(resolve, 1500))
      const { stdout } = await run(python, [join(terminals, script), reader.name, ...args], {
        env: { ...process.env, OUT: out },
        maxBuffer: 16 * 1024 * 1024,
      })
      look((name) => new Uint8Array(readFileSync(join(out, name))))
      return { stdout }
    } finally {
      await served.close()
      rmSync(out, { recursive: true, force: true })
    }
  }

  function expectSame(read: Uint8Array, written: Uint8Array | undefined): void {
    expect(written !== undefined && equalBytes(read, written)).toBe(true)
  }

  it('read every file with the card access number and PACE', async () => {
    const card = await demoCard(1)
    let read = 0
    const { stdout } = await terminal(card, 'pace_terminal.py', ['can', card.can], (file) => {
      for (const name of ['COM', 'DG1', 'DG2', 'DG13', 'DG14', 'DG15', 'SOD'] as const) {
        expectSame(file(`${name}.bin`), card.files[name])
        read++
      }
    })
    expect(stdout).toContain('PACE OK can')
    expect(stdout).toContain('DG3: SELECT 6982')
    expect(read).toBe(7)
  })

  it.each([
    ['de-cam', 'mrz'],
    ['by-dg11', 'can'],
    ['pin-card', 'pin'],
  ] as const)('read %s with PACE and %s', async (profile, kind) => {
    const card = await cardOf(profile)
    const secret = { can: card.can, mrz: mrzInformation(card.mrz), pin: card.pin ?? '' }[kind]
    let read = 0
    const { stdout } = await terminal(card, 'pace_terminal.py', [kind, secret], (file) => {
      for (const name of ['COM', 'DG1', 'DG2', 'DG14', 'SOD'] as const) {
        expectSame(file(`${name}.bin`), card.files[name])
        read++
      }
    })
    expect(stdout).toContain(`PACE OK ${kind}`)
    expect(read).toBe(5)
  })

  it.each(['bac-only', 'nz-3des', 'om-partial'] as const)('read %s with BAC', async (profile) => {
    const card = await cardOf(profile)
    const information = mrzInformation(card.mrz)
    const birth = information.length - 14
    const parts = [information.slice(0, birth), information.slice(birth, birth + 7), information.slice(birth + 7)]
    const { stdout } = await terminal(card, 'bac_terminal.py', parts, (file) => {
      expectSame(file('011e.bin'), card.files.COM)
      expectSame(file('0101.bin'), card.files.DG1)
      expectSame(file('0102.bin'), card.files.DG2)
      expectSame(file('011d.bin'), card.files.SOD)
    })
    expect(stdout).toContain('BAC OK')
    if (profile === 'nz-3des') expect(stdout).toContain('AA (RSA-1280 ISO9796-2 SHA-1): OK')
  })

  it.each(['AES-192', 'AES-256'] as const)('read it with PACE-%s on P-256 and the MRZ', async (cipher) => {
    const card = await demoCard(2, { pace: [{ cipher, parameterId: 12 }] })
    const { stdout } = await terminal(card, 'pace_terminal.py', ['mrz', mrzInformation(card.mrz)], (file) =>
      expectSame(file('DG2.bin'), card.files.DG2),
    )
    expect(stdout).toContain('PACE OK mrz')
  })

  it.each(['rsa-1024', 'rsa-1536'] as const)('read every file with BAC and verify active authentication with %s', async (aa) => {
    const card = await demoCard(3, { aa })
    const information = mrzInformation(card.mrz)
    const parts = [information.slice(0, 10), information.slice(10, 17), information.slice(17)]
    const { stdout } = await terminal(card, 'bac_terminal.py', parts, (file) => {
      expectSame(file('011e.bin'), card.files.COM)
      expectSame(file('0101.bin'), card.files.DG1)
      expectSame(file('0102.bin'), card.files.DG2)
      expectSame(file('010d.bin'), card.files.DG13)
      expectSame(file('010e.bin'), card.files.DG14)
      expectSame(file('010f.bin'), card.files.DG15)
      expectSame(file('011d.bin'), card.files.SOD)
    })
    expect(stdout).toContain('BAC OK')
    expect(stdout).toContain(`AA (RSA-${aa.slice(4)} ISO9796-2 SHA-1): OK`)
  })
})
