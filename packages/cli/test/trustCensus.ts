import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitCodes, run } from '@cccd/cli'
import { encodeUtf8 } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { encodeReading, readingFromFiles } from '@cccd/emrtd'
import { certificateFingerprint } from '@cccd/pki'
import { createIssuer, type DemoIssuer, renewSigner, securityObject, seededRandom } from '@cccd/simulator'
import { expect } from 'vitest'
import { testIo } from './testIo.js'

const algorithms = {
  csca: { type: 'ec', curve: 'P-256', hash: 'sha256', form: 'explicit' },
  signer: { type: 'ec', curve: 'P-256', hash: 'sha256', form: 'explicit' },
} as const
const made = '2024-01-01T00:00:00Z'

interface Row {
  readonly fingerprint: string
  readonly cards: number
  readonly confirmed: number
  readonly namesakes: number
  readonly wrongSignatures: number
  readonly firstSeen: string
  readonly lastSeen: string
  readonly verdict?: string
}

interface Output {
  readonly exitCode: number
  readonly signers: readonly Row[]
  readonly contradictedPins: readonly string[]
  readonly unreadable: number
  readonly skipped: number
  readonly checks: readonly { readonly id: string; readonly status: string; readonly reason?: string }[]
}

async function json(args: string[]): Promise<Output> {
  const io = testIo()
  await run([...args, '--json'], io)
  return JSON.parse(io.out())
}

const fingerprintOf = ({ signer }: DemoIssuer): string => certificateFingerprint({ raw: signer.certificate }, defaultCrypto())

/**
 * Stored readings of three issuers, the third a hostile one with the names of the first: census, pins, and what is left of them once the
 * country CA is known.
 */
export async function censusOfThreeIssuers(cards: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cccd-census-'))
  try {
    const genuine = await createIssuer({ random: seededRandom('genuine'), at: made, algorithms })
    const second = await renewSigner(genuine, { random: seededRandom('second') })
    const hostile = await createIssuer({ random: seededRandom('hostile'), at: made, algorithms })
    const issuers = [genuine, second, hostile]
    const expected = issuers.map((issuer) => ({ fingerprint: fingerprintOf(issuer), cards: 0, confirmed: 0 }))
    const random = seededRandom('cards')
    for (let index = 0; index < cards; index++) {
      // Of ten cards six are of the first, three of the second, one is hostile.
      const which = index % 10 < 6 ? 0 : index % 10 < 9 ? 1 : 2
      const row = expected[which] as { cards: number; confirmed: number }
      const { signer } = issuers[which] as DemoIssuer
      const signingTime = new Date(Date.parse('2025-01-01T00:00:00Z') + index * 3_600_000).toISOString().replace('.000', '')
      const dataGroups = new Map([[1, encodeUtf8(`card ${index}`)]])
      const sod = await securityObject({ signer, dataGroups, signingTime, crypto: defaultCrypto(), random })
      const text = encodeReading(readingFromFiles({ SOD: sod }, { clock: () => Date.parse('2026-01-01') }))
      row.cards++
      // Some as folders with a report of the ministry's service, some as single files, some read twice.
      if (index % 5 === 0) {
        row.confirmed++
        const place = join(folder, 'readings', `branch ${index % 3}`, `${index}`)
        mkdirSync(place, { recursive: true })
        writeFileSync(join(place, 'reading.json'), text)
        writeFileSync(join(place, 'report.json'), JSON.stringify({ checks: [{ id: 'online.issuer', status: 'passed' }] }))
      } else {
        mkdirSync(join(folder, 'readings', 'files'), { recursive: true })
        writeFileSync(join(folder, 'readings', 'files', `${index}.json`), text)
        if (index % 7 === 0) writeFileSync(join(folder, 'readings', 'files', `${index} again.json`), text)
      }
    }
    writeFileSync(join(folder, 'readings', 'files', 'notes.txt'), 'nothing')
    writeFileSync(join(folder, 'csca.cer'), genuine.csca.certificate)
    const one = join(folder, 'one')
    mkdirSync(one)
    const sod = await securityObject({
      signer: hostile.signer,
      dataGroups: new Map([[1, encodeUtf8('x')]]),
      signingTime: '2025-06-01T00:00:00Z',
      crypto: defaultCrypto(),
      random,
    })
    writeFileSync(join(one, 'EF_SOD.bin'), sod)

    const census = await json(['trust', 'census', join(folder, 'readings')])
    expect(census.signers.map(({ fingerprint, cards: count, confirmed }) => ({ fingerprint, cards: count, confirmed }))).toEqual(
      expected,
    )
    expect(census).toMatchObject({ exitCode: exitCodes.ok, unreadable: 0, skipped: 1 })
    // The hostile one and a genuine one have the same names: two rows that say so.
    expect(census.signers.find(({ fingerprint }) => fingerprint === fingerprintOf(hostile))).toMatchObject({
      namesakes: census.signers[0]?.namesakes,
      wrongSignatures: 0,
    })
    expect(census.signers[2]?.namesakes).toBeGreaterThan(0)

    const pins = join(folder, 'pins.json')
    const pin = (issuer: DemoIssuer, operator: string): Promise<number> =>
      run(['trust', 'pin', fingerprintOf(issuer), '--pins', pins, '--operator', operator, '--source', 'counter'], testIo())
    const pinned = async (): Promise<unknown> =>
      (await json(['verify', one, '--pin', pins, '--allow-demo'])).checks.find(({ id }) => id === 'signer.pinned')
    expect([await pin(genuine, 'an'), await pin(genuine, 'binh'), await pin(second, 'an')]).toEqual([0, 0, 0])
    expect(await pin(hostile, 'an')).toBe(exitCodes.ok)
    expect(await pinned()).toMatchObject({ status: 'inconclusive', reason: 'not-confirmed' })
    expect(await pin(hostile, ' AN ')).not.toBe(exitCodes.ok)
    expect(await pinned()).toMatchObject({ status: 'inconclusive', reason: 'not-confirmed' })
    expect(await pin(hostile, 'binh')).toBe(exitCodes.ok)
    expect(await pinned()).toMatchObject({ status: 'passed' })

    const recheck = (): Promise<Output> =>
      json(['trust', 'recheck', join(folder, 'readings'), '--pin', pins, '--trust', join(folder, 'csca.cer')])
    const before = await json(['trust', 'recheck', join(folder, 'readings'), '--pin', pins, '--allow-demo'])
    expect([before.exitCode, before.contradictedPins]).toEqual([exitCodes.ok, []])
    const found = await recheck()
    expect(found.exitCode).toBe(exitCodes.failed)
    expect(found.contradictedPins).toEqual([fingerprintOf(hostile)])
    expect(found.signers.map(({ verdict, cards: count }) => [verdict, count])).toEqual([
      ['confirmed', expected[0]?.cards],
      ['confirmed', expected[1]?.cards],
      ['contradicted', expected[2]?.cards],
    ])

    expect(await run(['trust', 'unpin', fingerprintOf(hostile), '--pins', pins, '--operator', 'chi'], testIo())).toBe(
      exitCodes.ok,
    )
    expect(await pinned()).toMatchObject({ status: 'failed', reason: 'pin-withdrawn' })
    expect((await recheck()).contradictedPins).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
}
