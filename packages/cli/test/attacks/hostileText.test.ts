import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '@cccd/cli'
import { visibleText } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import {
  type CardImage,
  cardImageToFiles,
  createIssuer,
  dg11,
  dg12,
  dg13,
  personalise,
  seededRandom,
  signCard,
  syntheticCitizen,
  virtualCard,
} from '@cccd/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../src/commands.js'
import { testIo } from '../testIo.js'

/** Clears the line, paints a check as passed, begins a line, turns text around, rings, sets the title; C0, C1, bidi, tags. */
const evil = '\u001b[2K\u001b[32m\r\n  \u2713 passed\u202e\u009b2J\u0007\u001b]0;x\u0007\u200b\u{e0041}\u2066'
const folder = mkdtempSync(join(tmpdir(), 'cccd-hostile-'))
const at = (...names: string[]): string => join(folder, ...names)
let card: CardImage
/** The parser refuses C0 controls; what turns text around it reads. */
const qr = '001099000001||NGUYEN\u202e\u200b\u2066|01011999|Nam|x|01012021'

beforeAll(async () => {
  const random = seededRandom('hostile')
  const issuer = await createIssuer({ random, at: '2026-01-01T00:00:00Z', name: `DEMO${evil}` })
  const citizen = {
    ...syntheticCitizen(1),
    fullName: `NGUYEN${evil}`,
    placeOfResidence: evil,
    placeOfOrigin: evil,
    ethnicity: evil,
  }
  const honest = await personalise(issuer, syntheticCitizen(1), { random, aa: 'none' })
  const name = { primaryIdentifier: evil, secondaryIdentifier: evil }
  const files = {
    ...honest.files,
    DG11: dg11({ fullName: name, placeOfBirth: [evil], permanentAddress: [evil], profession: evil }),
    DG12: dg12({ issuingAuthority: evil, endorsements: evil }),
    DG13: dg13(citizen),
  }
  card = await signCard({ ...honest, files }, { crypto: defaultCrypto(), random })
  mkdirSync(at('card'))
  for (const [file, bytes] of Object.entries(cardImageToFiles(card))) writeFileSync(at('card', file), bytes)
  writeFileSync(at(`pkd\u001b[2K.der`), issuer.csca.certificate)
  writeFileSync(at('card', 'signer.cer'), issuer.signer.certificate)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function written(words: readonly string[], tty: boolean): Promise<string> {
  const io = testIo({ tty, openCard: async () => virtualCard(card) })
  await run(words, io)
  return io.out() + io.err()
}

/** The colours of `paint`. */
const colours = new RegExp(`${String.fromCharCode(27)}\\[(?:1|2|22|31|32|33|36|39)m`, 'g')

/** Every command that shows something of a card, a certificate, a trace or a file. */
const shown: readonly (readonly string[])[] = [
  ['verify', 'card', '--trust', 'card/csca.cer', '--reveal'],
  ['verify', 'card', '--trust', 'card/csca.cer'],
  ['verify', 'card', '--allow-demo'],
  [
    'read',
    '--can',
    'CAN',
    '--out',
    'read',
    '--force',
    '--files',
    'DG1,DG11,DG12,DG13,DG14',
    '--trace',
    'trace.json',
    '--verify',
    '--trust',
    'card/csca.cer',
    '--reveal',
  ],
  ['trace', 'view', 'trace.json', '--reveal'],
  ['trace', 'replay', 'trace.json', '--trust', 'card/csca.cer', '--reveal'],
  ['trace', 'scrub', 'trace.json', 'scrubbed.json', '--force'],
  ['card', 'profile', '--can', 'CAN'],
  ['trust', 'inspect', 'card/csca.cer'],
  ['trust', 'inspect', 'pkd\u001b[2K.der'],
  ['trust', 'build', 'card/csca.cer', 'pkd\u001b[2K.der', '--out', 'trust.cccd', '--force'],
  ['trust', 'inspect', 'trust.cccd'],
  ['trust', 'census', 'card'],
  ['trust', 'pin', 'ab'.repeat(32), '--pins', 'pins.json', '--operator', evil, '--source', evil],
  ['trust', 'unpin', 'cd'.repeat(32), '--pins', 'pins.json', '--operator', evil],
  ['trust', 'recheck', 'card', '--trust', 'card/csca.cer'],
  ['trust', 'explain', 'card/signer.cer', '--trust', 'pkd\u001b[2K.der', '--svg', `chain\u001b[2K.svg`, '--force'],
  ['qr', 'QR', '--reveal'],
  ['card', 'new', '--out', `new\u001b[2K`, '--force'],
  ['card', 'profiles'],
  ['demo', '--attack', evil],
  [evil],
]

describe('text of a hostile card, certificate, trace or file name', () => {
  it('draws nothing on the terminal, whatever the command, and nothing in its JSON', async () => {
    const before = process.cwd()
    process.chdir(folder)
    try {
      const seen = new Set<string>()
      for (const words of shown) {
        const given = words.map((word) => (word === 'CAN' ? card.can : word === 'QR' ? qr : word))
        for (const json of [false, true]) {
          const text = await written(json ? [...given, '--json'] : given, !json)
          expect(text, words.join(' ')).not.toBe('')
          const plain = text.replaceAll(colours, '').replaceAll('\r\u001b[2K', '').replaceAll('\n', '')
          expect([words.join(' '), visibleText(plain)]).toEqual([words.join(' '), plain])
          expect(text, words.join(' ')).not.toMatch(/^ {2}\u2713 passed/m)
          const escapes = json ? ['\\u001b[2K', '\\u202e'] : ['\\1B[2K', '\\E2\\80\\AE']
          if (escapes.some((code) => text.includes(code))) seen.add(`${words[0]} ${words[1]}${json ? ' as JSON' : ''}`)
        }
      }
      // The text was there: where it is shown, it is shown as codes.
      const everywhere = ['verify card', 'read --can', 'trace replay', 'trust inspect', 'trust explain', 'card new']
      const once = ['card profile', 'trust census', 'trust build as JSON']
      expect([...seen].sort()).toEqual([...once, ...everywhere, ...everywhere.map((command) => `${command} as JSON`)].sort())
    } finally {
      process.chdir(before)
    }
  }, 60_000)

  it('is asked of every command that says something', () => {
    const quiet = ['readers', 'doctor', 'card serve']
    const named = commands.map(({ path }) => path.join(' ')).filter((path) => !quiet.includes(path))
    for (const path of named)
      expect(
        shown.some((words) => words.join(' ').startsWith(path)),
        path,
      ).toBe(true)
    expect(readdirSync(folder).length).toBeGreaterThan(0)
  })
})
