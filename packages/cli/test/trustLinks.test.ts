import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitCodes, run } from '@cccd/cli'
import { encodeBase64 } from '@cccd/core'
import { issueCard, seededRandom } from '@cccd/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readVector, sharedVectors } from '../../../test-vectors/shared.js'
import { testIo } from './testIo.js'

const folder = mkdtempSync(join(tmpdir(), 'cccd-links-'))
const at = (name: string): string => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true }))

async function json<Result>(words: readonly string[]): Promise<Result> {
  const io = testIo()
  await run([...words, '--json'], io)
  return JSON.parse(io.out()) as Result
}

interface Verdict {
  readonly checks: readonly { readonly id: string; readonly status: string; readonly reason?: string }[]
  readonly trust: { readonly sources: readonly object[] }
}

describe('links at hand in the trust of a command', () => {
  beforeAll(async () => {
    const card = await issueCard({
      quirks: { 'self-issued-link': true },
      random: seededRandom('links'),
      at: '2026-01-01T00:00:00Z',
    })
    mkdirSync(at('reading'))
    for (const [name, bytes] of Object.entries(card.files)) writeFileSync(join(at('reading'), `EF_${name}.bin`), bytes)
    const { csca, formerCsca = new Uint8Array(0), links, signer } = card.issuer
    writeFileSync(at('old.cer'), formerCsca)
    writeFileSync(at('new.cer'), csca.certificate)
    writeFileSync(at('signer.cer'), signer.certificate)
    const records = links.map((link, i) => `dn: cn=${i},c=VN\nuserCertificate;binary:: ${encodeBase64(link)}\n`)
    writeFileSync(at('pkd.ldif'), `version: 1\n\n${records.join('\n')}`)
  })

  const chain = async (...trust: string[]): Promise<string> => {
    const { checks, trust: used } = await json<Verdict>(['verify', at('reading'), '--allow-demo', '--trust', ...trust.map(at)])
    const { status, reason } = checks.find(({ id }) => id === 'chain.csca') ?? { status: 'none' }
    return [status, reason, used.sources.length].filter((part) => part !== undefined).join(' ')
  }

  it('verify, recheck and explain follow them from the old country CA, and from nothing else', async () => {
    expect(await chain('old.cer')).toBe('inconclusive no-trust-anchor 0')
    expect(await chain('old.cer', 'pkd.ldif')).toBe('passed 2')
    expect(await chain('pkd.ldif')).toBe('inconclusive no-trust-anchor 0')
    const recheck = ['trust', 'recheck', at('reading'), '--trust', at('old.cer')]
    expect((await json<{ signers: unknown }>(recheck)).signers).toMatchObject([{ verdict: 'contradicted' }])
    expect((await json<{ signers: unknown }>([...recheck, at('pkd.ldif')])).signers).toMatchObject([{ verdict: 'confirmed' }])
    const explain = ['trust', 'explain', at('signer.cer'), '--document-type', 'ID', '--trust', at('old.cer')]
    expect(await run(explain, testIo())).toBe(exitCodes.unproven)
    const io = testIo()
    expect(await run([...explain, at('pkd.ldif')], io)).toBe(exitCodes.ok)
    expect(io.out()).toMatch(/pkd\.ldif/)
  })

  it("a link is an anchor on the operator's word alone", async () => {
    const verify = ['verify', at('reading'), '--allow-demo']
    const status = async (...more: string[]) =>
      (await json<Verdict>([...verify, ...more])).checks.find(({ id }) => id === 'chain.csca')?.status
    expect(await status('--trust', at('pkd.ldif'))).toBe('inconclusive')
    expect(await status('--anchor', at('pkd.ldif'))).toBe('passed')
    const compiled = at('by-word.cccd')
    const build = ['trust', 'build', at('old.cer'), '--anchor', at('pkd.ldif'), '--out', compiled]
    expect(await json(build)).toMatchObject({ anchors: 2, others: 0 })
    expect(await status('--trust', compiled)).toBe('passed')
    const io = testIo()
    expect(await run([...verify, '--anchor', at('signer.cer')], io)).toBe(exitCodes.badData)
    expect(io.err()).toMatch(/PKI_NO_TRUST_MATERIAL/)
  })

  it('a compiled store carries them and its times, and makes no anchor of them', async () => {
    const compiled = at('trust.cccd')
    const built = await json(['trust', 'build', at('old.cer'), at('pkd.ldif'), '--out', compiled])
    const loadedAt = '2026-06-01T08:00:00.000Z'
    expect(built).toMatchObject({
      anchors: 1,
      others: 1,
      sources: [
        { name: 'old.cer', loadedAt },
        { name: 'pkd.ldif', loadedAt },
      ],
    })
    expect(await chain('trust.cccd')).toBe('passed 2')
    const inspected = await json(['trust', 'inspect', compiled, '--at', '2026-12-01'])
    expect(inspected).toMatchObject({
      anchors: 1,
      certificates: 2,
      verified: 2,
      sources: [{ daysSinceLoaded: 183 }, { daysSinceLoaded: 183 }],
      findings: [{ code: 'trust-source-old' }, { code: 'trust-source-old' }],
    })
  })

  it('a report says where the authorities of the path came from, and when that was loaded', async () => {
    const io = testIo()
    await run(['verify', at('reading'), '--trust', at('old.cer'), at('pkd.ldif')], io)
    expect(io.out()).toMatch(/known from +old\.cer · loaded 2026-06-01 \(0 days ago\)/)
  })
})

it.skipIf(sharedVectors === undefined)('inspecting a compiled store says what became of the lists in it', async () => {
  const list = at('DE.ml')
  const root = at('root.cer')
  writeFileSync(list, readVector('masterlists', 'DE_ML_2026-05-28-08-28-45.ml'))
  writeFileSync(root, readVector('masterlists', 'DE_ROOT_CA_CSCA07.cer'))
  const compiled = at('lists.cccd')
  expect(await run(['trust', 'build', list, root, '--out', compiled], testIo())).toBe(exitCodes.ok)
  const { masterLists } = await json<{ masterLists: unknown }>(['trust', 'inspect', list, '--trust', root])
  expect((await json<{ masterLists: unknown }>(['trust', 'inspect', compiled])).masterLists).toEqual(masterLists)
  const io = testIo()
  await run(['trust', 'inspect', compiled], io)
  expect(io.out()).toMatch(/master list +DE\.ml/)
  expect(io.out()).toMatch(/signature of the list +✓ passed · verified against the given root/)
  expect(io.out()).toMatch(/DE\.ml +signed 2026-05-28 \(4 days ago\) · loaded 2026-06-01 \(0 days ago\)/)
})
