import type { Check } from '@cccd/core'
import type { AccessCandidate, FileName } from '@cccd/emrtd'
import type { CardQr } from '@cccd/qr'
import type { Attack, CardImage } from '@cccd/simulator'
import type { CommandSpec } from '../CommandSpec.js'
import type { Context } from '../Context.js'
import { openDemoCard } from '../demo/openDemoCard.js'
import { type CardKind, type CardKindOptions, cardKindOf, cardKindOptions } from '../files/cardKind.js'
import { attackOf } from '../files/loadCard.js'
import { readCardAndClose } from '../readCard.js'
import { printReport } from '../report/printReport.js'
import { reportJson } from '../report/reportJson.js'
import { statusSigns } from '../report/statusSign.js'
import { verdictOf } from '../report/verdictOf.js'
import { columns } from '../terminal/columns.js'

interface DemoOptions extends CardKindOptions {
  readonly attack?: string
  readonly pcsc?: true
}

/** `cccd demo`: the whole way, from a blank card to the report. */
export const demo: CommandSpec<DemoOptions> = {
  path: ['demo'],
  options: [...cardKindOptions, { flags: '--attack <name>', text: 'option.attack' }, { flags: '--pcsc', text: 'option.pcsc' }],
  text: 'demo.about',
  async run(context, options) {
    const { io } = context
    const name = await attackOf(options.attack)
    const { verifyReading } = await import('@cccd/emrtd')
    const { createTrustStore } = await import('@cccd/pki')
    const { attacks } = await import('@cccd/simulator')
    const attack = name === undefined ? undefined : attacks[name]

    const kind = await cardKindOf(options)
    const card = await step(context, context.t('demo.personalise'), () => makeCard(kind, context))
    const { qr, ...way } = await demoAccess(card, context)
    const channel = await openDemoCard(card, { attack: name, pcsc: options.pcsc === true }, context)
    const { reading, challenge, trace } = await readCardAndClose(channel, { ...way, files: demoFiles(card) }, context)
    done(
      context,
      context.t(qr === undefined ? 'demo.openPrinted' : 'demo.open', {
        protocol: reading.access?.protocol ?? '',
        password: reading.access?.password ?? '',
      }),
    )
    done(context, context.t('demo.read'))
    const at = new Date(io.clock()).toISOString()
    const trust = await createTrustStore({
      anchors: [{ certificate: card.issuer.formerCsca ?? card.issuer.csca.certificate, source: 'DEMO' }],
      certificates: card.issuer.links.map((certificate) => ({ certificate, source: 'DEMO' })),
      allowDemo: true,
    })
    const report = await verifyReading(reading, {
      trust,
      at,
      ...(qr && { qr }),
      expect: { activeAuthenticationChallenge: challenge },
    })

    const code = verdictOf(report.checks)
    const caught = attack === undefined ? [] : expectations(attack, card, report.checks)
    const bytes = Object.values(reading.files).reduce((sum, file) => sum + file.length, 0)
    const counts = { files: Object.keys(reading.files).length, bytes, apdus: trace.exchanges.length }
    context.result({
      command: 'demo',
      demo: true,
      profile: card.profile,
      quirks: card.quirks,
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

async function makeCard(kind: CardKind, { io }: Context): Promise<CardImage> {
  const { issueCard } = await import('@cccd/simulator')
  return issueCard({ ...kind, random: io.random, at: new Date(io.clock()).toISOString() })
}

/** Everything the demo card has, DG13 too, which a real reader asks for only with a purpose; not what no reader may have. */
function demoFiles({ files, denied }: CardImage): FileName[] {
  return (Object.keys(files) as FileName[]).filter((name) => name.startsWith('DG') && !denied.includes(name))
}

interface DemoAccess {
  readonly access: readonly AccessCandidate[]
  readonly allowBac?: boolean
  readonly qr?: CardQr
}

/** With the QR code where the card has one, through its image; else with what is printed on the document. */
async function demoAccess(card: CardImage, context: Context): Promise<DemoAccess> {
  const { accessFromCan, accessFromMrz, accessFromQr } = await import('@cccd/emrtd')
  const { qrImage, quirks } = await import('@cccd/simulator')
  if (card.qr === '') {
    // Where PACE is not to be had, BAC is all there is; the report says so.
    const hidden = card.quirks.some((id) => quirks[id].traits?.cardAccess === '6A82' || quirks[id].traits?.paceToken === '6300')
    const bac = card.pace.length === 0 || hidden
    const printed = accessFromMrz([...card.mrz])
    return bac ? { access: printed, allowBac: true } : { access: [...accessFromCan(card.can), ...printed] }
  }
  const { parseQr } = await import('@cccd/qr')
  const { decodeQrImage } = await import('@cccd/qr/image')
  const payload = await step(context, context.t('demo.qr'), async () => (await decodeQrImage(qrImage(card.qr))).bytes)
  const qr = parseQr(payload)
  return { access: accessFromQr(qr), qr }
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
