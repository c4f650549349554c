import type { Check, Finding } from '@cccd/core'
import type { VerificationReport } from '@cccd/emrtd'
import type { Context } from '../Context.js'
import type { ExitCode } from '../exitCodes.js'
import type { TextKey } from '../i18n/en.js'
import { columns } from '../terminal/columns.js'
import { indent, pad, widthOf } from '../terminal/wrap.js'
import { groups } from './groups.js'
import { printIdentity } from './printIdentity.js'
import { statusSigns } from './statusSign.js'

export interface PrintReportOptions {
  readonly code: ExitCode
  /** Show personal data in full. */
  readonly reveal: boolean
  /** DEMO certificates were accepted. */
  readonly demo: boolean
}

/** The report as a person reads it: every check with what it proves, what is proven of the person, the sum of it all. */
export async function printReport(context: Context, report: VerificationReport, options: PrintReportOptions): Promise<void> {
  if (context.json) return
  const { t } = context
  const left = new Set(report.checks)
  for (const [title, belongs] of groups) {
    const members = [...left].filter(({ id }) => belongs(id))
    if (members.length === 0) continue
    for (const check of members) left.delete(check)
    context.say()
    context.say(`  ${context.paint('bold', t(title))}`)
    if (title === 'group.data') await printHashes(context, members)
    else for (const check of members) await printCheck(context, check)
  }
  printFindings(context, report.findings)
  printIdentity(context, report.identity, options.reveal)
  printSummary(context, report, options.code)
  if (options.demo) for (const row of indent(t('report.demo'), 2, context.look.columns)) context.say(context.paint('yellow', row))
}

/** Sign, title, status; below it what it proves, or why it did not pass. */
async function printCheck(context: Context, check: Check): Promise<void> {
  const { describeCheck } = await import('@cccd/emrtd/checks')
  const { title, proves, reason } = describeCheck(check, context.language)
  line(context, check, title)
  explain(context, check, reason)
  const text = check.status === 'passed' ? proves : context.t('report.wouldProve', { text: proves })
  for (const row of indent(text, 6, context.look.columns)) context.say(context.paint('dim', row))
}

/** Why a check did not pass. */
function explain(context: Context, { status }: Check, reason: string | undefined): void {
  if (status === 'passed' || reason === undefined) return
  for (const row of indent(`→ ${reason}`, 6, context.look.columns)) context.say(context.paint(statusSigns[status].colour, row))
}

function line(context: Context, check: Check, title: string): void {
  const { sign, colour } = statusSigns[check.status]
  const status = context.t(`status.${check.status}`)
  const room = context.look.columns - 8 - widthOf(status)
  const [first = '', ...rest] = indent(title, 6, room + 6, '')
  const id = rest.length === 0 && widthOf(first) + 2 + widthOf(check.id) <= room ? `  ${context.paint('dim', check.id)}` : ''
  context.say(`    ${context.paint(colour, sign)} ${pad(first + id, room)} ${context.paint(colour, status)}`)
  for (const row of rest) context.say(row)
}

/** All hashes say the same of different files: the sentence stands once, files that nobody read share a line. */
async function printHashes(context: Context, checks: readonly Check[]): Promise<void> {
  const { describeCheck } = await import('@cccd/emrtd/checks')
  const tried = checks.filter(({ status }) => status !== 'not-performed')
  for (const check of tried) {
    const { title, reason } = describeCheck(check, context.language)
    line(context, check, title)
    explain(context, check, reason)
  }
  if (tried.some(({ status }) => status === 'passed'))
    for (const row of indent(context.t('report.hashes'), 6, context.look.columns)) context.say(context.paint('dim', row))
  const reasons = new Map<string, string[]>()
  for (const { id, status, reason = '' } of checks)
    if (status === 'not-performed')
      reasons.set(reason, [...(reasons.get(reason) ?? []), id.slice(0, id.indexOf('.')).toUpperCase()])
  for (const [reason, names] of reasons) {
    const example = checks.find((check) => check.status === 'not-performed' && (check.reason ?? '') === reason)
    if (example === undefined) continue
    line(context, example, names.join(', '))
    const { reason: why } = describeCheck(example, context.language)
    explain(context, example, why)
  }
}

/** Doubts by code and field; they change no check. */
export function printFindings(context: Context, findings: readonly Finding[]): void {
  if (findings.length === 0) return
  context.say()
  context.say(`  ${context.paint('bold', context.t('findings.title'))}`)
  const rows = findings.map(({ code, field, clause, severity }): [string, string] => [
    context.paint(severity === 'info' ? 'dim' : 'yellow', field ?? '–'),
    [code, ...(clause === undefined ? [] : [clause])].join(' · '),
  ])
  for (const row of columns(rows, context.look.columns, 4)) context.say(row)
}

function printSummary(context: Context, { summary, at }: VerificationReport, code: ExitCode): void {
  const { t } = context
  const status = (value: keyof typeof statusSigns): string => {
    const { sign, colour } = statusSigns[value]
    return context.paint(colour, `${sign} ${t(`status.${value}`)}`)
  }
  const confirmed = summary.issuer === 'unconfirmed' ? 'inconclusive' : 'passed'
  const { sign, colour } = statusSigns[confirmed]
  context.say()
  context.say(`  ${context.paint('bold', t('report.summary'))}  ${context.paint('dim', at)}`)
  const rows: [string, string][] = [
    [t('report.issuer'), context.paint(colour, `${sign} ${t(`report.issuer.${summary.issuer}`)}`)],
    [t('report.integrity'), status(summary.integrity)],
    [t('report.clone'), status(summary.clone)],
    [t('report.expired'), status(summary.expired)],
  ]
  for (const row of columns(rows, context.look.columns, 4)) context.say(row)
  context.say()
  const verdict = t(`report.verdict.${code === 0 || code === 1 ? code : 2}` satisfies TextKey)
  const tone = code === 0 ? 'green' : code === 1 ? 'red' : 'yellow'
  for (const row of indent(verdict, 2, context.look.columns)) context.say(context.paint(tone, row))
}
