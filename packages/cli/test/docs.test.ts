import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '@cccd/cli'
import { cardImageFromFiles, virtualCard } from '@cccd/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../src/commands.js'
import { testIo } from './testIo.js'

const root = new URL('../../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const before = process.cwd()
const folder = mkdtempSync(join(tmpdir(), 'cccd-docs-'))

beforeAll(() => process.chdir(folder))
afterAll(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true, force: true })
})

/** Blocks that begin with a command, e.g. `$ cccd demo`: its words, and the lines that it must print in this order. */
function blocksOf(text: string): { words: string[]; lines: string[] }[] {
  return [...text.matchAll(/```text\n\$ (?:cccd|npm run) (.*)\n([\s\S]*?)```/g)].map(([, command = '', body = '']) => ({
    words: command.split(' ').filter((word) => word !== '--'),
    lines: body.split('\n').filter((line) => line.trim() !== '' && line.trim() !== '…'),
  }))
}

async function openCard() {
  const files = readdirSync('card').map((name): [string, Uint8Array] => [name, new Uint8Array(readFileSync(join('card', name)))])
  return virtualCard(cardImageFromFiles(Object.fromEntries(files)))
}

describe('documentation', () => {
  // In this order: cli.md makes the card that card-profile.md profiles.
  for (const [path, count] of [
    ['README.md', 1],
    ['README.vi.md', 1],
    ['docs/cli.md', 10],
    ['docs/card-profile.md', 1],
  ] as const)
    it(`${path} shows what the commands print`, async () => {
      // A card has to be there before the first block that reads one.
      await run(['card', 'new', '--out', 'card', '--index', '1', '--force'], testIo())
      rmSync('read', { recursive: true, force: true })
      const blocks = blocksOf(read(path))
      expect(blocks.length).toBe(count)
      for (const { words, lines } of blocks) {
        if (words[1] === 'new') rmSync('card', { recursive: true })
        const io = testIo({ openCard })
        await run(words, io)
        const printed = io.out().split('\n')
        let from = 0
        for (const line of lines) {
          const found = printed.indexOf(line, from)
          expect(found, `${words.join(' ')}: ${line}`).toBeGreaterThanOrEqual(0)
          from = found + 1
        }
      }
    })

  it('docs/cli.md names every command and every option', () => {
    const text = read('docs/cli.md')
    for (const { path, options } of commands) {
      expect(text).toMatch(new RegExp(`^## .*${path.join(' ')}`, 'm'))
      for (const { flags } of options) expect(text).toContain(flags.split(' ')[0])
    }
  })

  it('links only to what is there', () => {
    for (const path of ['README.md', 'README.vi.md', ...readdirSync(new URL('docs', root)).map((name) => `docs/${name}`)]) {
      if (!path.endsWith('.md')) continue
      for (const [, target = ''] of read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g))
        expect(() => read(join(path, '..', target)), `${path}: ${target}`).not.toThrow()
    }
  })
})
