import { type Check, checkOf } from '@cccd/core'
import { accessFromQr, type ChipReading, readChip, type VerificationReport, verifyReading } from '@cccd/emrtd'
import { createTrustStore, type TrustStore } from '@cccd/pki'
import { parseQr } from '@cccd/qr'
import { type AttackName, attackNames, attacks, type CardImage, seededRandom, virtualCard } from '@cccd/simulator'
import { beforeAll, describe, expect, it } from 'vitest'
import { at, demoCard, demoIssuer } from './support/demo.js'

const challenge = Uint8Array.of(9, 8, 7, 6, 5, 4, 3, 2)

let trust: TrustStore
let card: CardImage
let genuine: VerificationReport

async function inspect(attack?: AttackName): Promise<{ reading: ChipReading; report: VerificationReport }> {
  const random = seededRandom(`attack ${attack}`)
  const channel = virtualCard(card, { random, ...(attack && { attack }) })
  const qr = parseQr(card.qr)
  const reading = await readChip(channel, {
    access: accessFromQr(qr),
    files: ['DG1', 'DG2', 'DG13', 'DG14', 'DG15'],
    activeAuthentication: { challenge },
    random,
  })
  const report = await verifyReading(reading, { trust, at, expect: { activeAuthenticationChallenge: challenge }, qr })
  return { reading, report }
}

beforeAll(async () => {
  const issuer = await demoIssuer()
  trust = await createTrustStore({
    anchors: [{ certificate: issuer.csca.certificate, source: 'simulator' }],
    allowDemo: true,
  })
  card = await demoCard(0)
  genuine = (await inspect()).report
})

const told = ({ status, reason }: Check): string => (reason === undefined ? status : `${status}: ${reason}`)

describe('a genuine card', () => {
  it('passes every check that a card of its kind can pass', () => {
    const open = genuine.checks
      .filter(({ status }) => status !== 'passed')
      .map(({ id, ...check }) => `${id} ${told({ id, ...check })}`)
    expect(open).toEqual([
      'signer.pinned not-performed: none-given',
      'online.issuer not-performed: none-given',
      'dg3.hash not-performed: not-asked',
      'cam.key not-supported',
    ])
  })
})

describe('attacks', () => {
  const reports = new Map<AttackName, VerificationReport>()

  it.each(attackNames.filter((name) => name !== 'cam-key'))('%s is found by its checks, and by no other', async (name) => {
    const { report } = await inspect(name)
    reports.set(name, report)
    const expected = attacks[name].expected(card)
    for (const { id, status, reason } of expected) {
      expect(checkOf(report, id), id).toMatchObject(reason === undefined ? { status } : { status, reason })
      expect(checkOf(genuine, id).status, `${id} of the genuine card`).toBe('passed')
    }
    const newlyPassed = report.checks.filter(({ id, status }) => status === 'passed' && checkOf(genuine, id).status !== 'passed')
    expect(newlyPassed).toEqual([])
    const unexpected = report.checks
      .filter(({ id, status }) => status === 'failed' && !expected.some((one) => one.id === id && one.status === 'failed'))
      .map((check) => `${check.id} ${told(check)}`)
    expect(unexpected).toEqual([])
  })

  it('that the card gives no hold are refused', () => {
    expect(() => virtualCard(card, { attack: 'cam-key' })).toThrow(
      expect.objectContaining({ code: 'SIMULATOR_UNSUPPORTED', params: expect.objectContaining({ attack: 'cam-key' }) }),
    )
  })

  it('prints what each attack changes', () => {
    const columns = [...reports.keys()].map((name) => {
      const report = reports.get(name)
      const changed = (report?.checks ?? []).filter((check) => told(check) !== told(checkOf(genuine, check.id)))
      return [`${name}:`, ...changed.map((check) => `  ${check.id.padEnd(26)} ${told(check)}`)].join('\n')
    })
    console.log(`attack × check (changed against the genuine card)\n${columns.join('\n')}`)
    expect(reports.size).toBe(attackNames.length - 1)
  })
})
