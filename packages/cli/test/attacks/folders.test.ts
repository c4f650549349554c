import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitCodes, run } from '@cccd/cli'
import { cardImageToFiles, createIssuer, personalise, seededRandom, syntheticCitizen } from '@cccd/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testIo } from '../testIo.js'

/** Folders that somebody else filled. */

const folder = mkdtempSync(join(tmpdir(), 'cccd-folders-'))
const at = (...names: string[]): string => join(folder, ...names)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function filesOf(seed: string): Promise<Record<string, Uint8Array>> {
  const random = seededRandom(seed)
  const issuer = await createIssuer({ random: seededRandom('issuer'), at: '2026-01-01T00:00:00Z' })
  return cardImageToFiles(await personalise(issuer, syntheticCitizen(random), { random, aa: 'none' }))
}

beforeAll(async () => {
  for (const name of ['one', 'other']) {
    mkdirSync(at(name))
    const files = await filesOf(name)
    for (const [file, bytes] of Object.entries(files)) if (/^(EF_|csca)/.test(file)) writeFileSync(at(name, file), bytes)
  }
})

async function verify(name: string): Promise<{ exitCode: number; error?: { code: string; params: object } }> {
  const io = testIo()
  await run(['verify', at(name), '--trust', at('one', 'csca.cer'), '--json'], io)
  return JSON.parse(io.out())
}

describe('cccd verify', () => {
  it('judges no folder that holds two different files of one name', async () => {
    expect((await verify('one')).exitCode).toBe(exitCodes.ok)
    cpSync(at('one'), at('both'), { recursive: true })
    cpSync(at('other', 'EF_DG1.bin'), at('both', 'DG1.bin'))
    expect(await verify('both')).toMatchObject({
      exitCode: exitCodes.badData,
      error: { code: 'CLI_TWO_FILES', params: { file: 'DG1' } },
    })
  })

  it('takes the same file twice', async () => {
    cpSync(at('one'), at('twice'), { recursive: true })
    cpSync(at('one', 'EF_DG1.bin'), at('twice', 'dg1.bin'))
    expect((await verify('twice')).exitCode).toBe(exitCodes.ok)
  })

  it.skipIf(process.platform === 'win32')('stops at a file without end', async () => {
    cpSync(at('one'), at('endless'), { recursive: true })
    symlinkSync('/dev/zero', at('endless', 'EF_DG16.bin'))
    expect(await verify('endless')).toMatchObject({ exitCode: exitCodes.badData, error: { code: 'CLI_FILE_TOO_LARGE' } })
  })
})
