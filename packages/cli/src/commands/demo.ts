import type { Check } from '@cccd/core'
import type { Attack, CardImage } from '@cccd/simulator'
import type { CommandSpec } from '../CommandSpec.js'
import type { Context } from '../Context.js'
import { openDemoCard } from '../demo/openDemoCard.js'
import { attackOf } from '../files/loadCard.js'
import { readCardAndClose } from '../readCard.js'
import { printReport } from '../report/printReport.js'
import { reportJson } from '../report/reportJson.js'
import { statusSigns } from '../report/statusSign.js'
import { verdictOf } from '../report/verdictOf.js'
import { columns } from '../terminal/columns.js'

interface DemoOptions {
  readonly attack?: string
  readonly pcsc?: true
}

/** Everything the demo card has: DG13 too, which a real reader asks for only with a purpose. */
const files = ['DG1', 'DG2', 'DG13', 'DG14', 'DG15'] as const

/** `cccd demo`: the whole way, from a blank card to the report. */
export const demo: CommandSpec<DemoOptions> = {
  path: ['demo'],
  options: [
    { flags: '--attack <name>', text: 'option.attack' },
    { flags: '--pcsc', text: 'option.pcsc' },
  ],
  text: 'demo.about',
  async run(context, options) {
    const { io } = context
    const name = await attackOf(options.attack)
    const { accessFromQr, verifyReading } = await import('@cccd/emrtd')
    const { createTrustStore } = await import('@cccd/pki')
    const { parseQr } = await import('@cccd/qr')
    const { decodeQrImage } = await import('@cccd/qr/image')
    const { attacks, qrImage } = await import('@cccd/simulator')
    const attack = name === undefined ? undefined : attacks[name]

    const card = await step(context, context.t('demo.personalise'), () => makeCard(context))
    const payload = await step(context, context.t('demo.qr'), async () => (await decodeQrImage(qrImage(card.qr))).bytes)
    const qr = parseQr(payload)
    const channel = await openDemoCard(card, { attack: name, pcsc: options.pcsc === true }, context)
    const { reading, challenge, trace } = await readCardAndClose(channel, { access: accessFromQr(qr), files }, context)
    done(context, context.t('demo.open', { protocol: reading.access?.protocol ?? '', password: reading.access?.password ?? '' }))
    done(context, context.t('demo.read'))
    const at = new Date(io.clock()).toISOString()
    const trust = await createTrustStore({
      anchors: [{ certificate: card.issuer.csca.certificate, source: 'DEMO' }],
      allowDemo: true,
    })
    const report = await verifyReading(reading, { trust, at, qr, expect: { activeAuthenticationChallenge: challenge } })

    const code = verdictOf(report.checks)
    const caught = attack === undefined ? [] : expectations(attack, card, report.checks)
    const bytes = Object.values(reading.files).reduce((sum, file) => sum + file.length, 0)
    const counts = { files: Object.keys(reading.files).length, bytes, apdus: trace.exchanges.length }
    context.result({
      command: 'demo',
      demo: true,
      ...(name === undefined ? {} : { attack: name, expected: caught }),
      access: { protocol: reading.access?.protocol, password: reading.access?.password },
      ...counts,
      // Nobody is meant: the citizen of the demo does not exist.
      ...reportJson(report, true),
      exitCode: code,
    })
    context.say(
      `    ${context.paint('dim', context.t('demo.files', { ...counts, count: counts.files, bytes: (bytes / 1000).toFixed(1) }))}`,
    )
    await printReport(context, report, { code, reveal: true, demo: true })
    if (attack !== undefined) await printAttack(context, attack, caught)
    return code
  },
}

async function step<Value>(context: Context, text: string, work: () => Promise<Value>): Promise<Value> {
  const value = await work()
  done(context, text)
  return value
}

function done(context: Context, text: string): void {
  context.say(`  ${context.paint('green', '✓')} ${text}`)
}

async function makeCard({ io }: Context): Promise<CardImage> {
  const { createIssuer, personalise, syntheticCitizen } = await import('@cccd/simulator')
  const at = new Date(io.clock()).toISOString()
  const issuer = await createIssuer({ random: io.random, at })
  return personalise(issuer, syntheticCitizen(io.random, { at: at.slice(0, 10) }), { random: io.random, at })
}

interface Expectation {
  readonly id: string
  readonly status: Check['status']
  readonly reason?: string
  /** Whether the check came out so. */
  readonly met: boolean
}

/** What the attack must lead to, beside what it did lead to. */
function expectations(attack: Attack, card: CardImage, checks: readonly Check[]): Expectation[] {
  return attack.expected(card).map(({ id, status, reason }) => {
    const found = checks.find((check) => check.id === id)
    const met = found?.status === status && (reason === undefined || found.reason === reason)
    return { id, status, ...(reason === undefined ? {} : { reason }), met }
  })
}

async function printAttack(context: Context, attack: Attack, caught: readonly Expectation[]): Promise<void> {
  const { describeCheck } = await import('@cccd/emrtd/checks')
  const { t, language, look } = context
  context.say()
  context.say(`  ${context.paint('bold', t('demo.attack', { attack: attack.name }))}`)
  for (const row of columns([['', attack.description[language]]], look.columns, 2)) context.say(row)
  context.say()
  context.say(`    ${t('demo.expected')}`)
  const rows = caught.map(({ id, status, reason, met }): [string, string] => {
    const { sign, colour } = statusSigns[met ? 'passed' : 'failed']
    const why = describeCheck({ id, status, ...(reason === undefined ? {} : { reason }) }, language).reason
    return [`${context.paint(colour, sign)} ${id}`, `${t(`status.${status}`)}${why === undefined ? '' : `: ${why}`}`]
  })
  for (const row of columns(rows, look.columns, 4)) context.say(row)
}
