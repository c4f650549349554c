import type { Check } from '@cccd/core'
import type { VerificationReport } from '@cccd/emrtd'
import type { Context } from '../Context.js'
import type { ExitCode } from '../exitCodes.js'
import type { TextKey } from '../i18n/en.js'
import { columns } from '../terminal/columns.js'
import { indent, pad, widthOf, wrap } from '../terminal/wrap.js'
import { groups } from './groups.js'
import { printFindings } from './printFindings.js'
import { printIdentity } from './printIdentity.js'
import { sourceAge } from './sourceAge.js'
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
    if (title === 'group.issuer') await printSigner(context, report)
  }
  printFindings(context, report.findings)
  printIdentity(context, report.identity, options.reveal)
  printSummary(context, report, options.code)
  if (options.demo) for (const row of indent(t('report.demo'), 2, context.look.columns)) context.say(context.paint('yellow', row))
}

/** Whose signature it is: what somebody needs who wants to pin the signer or to ask for its country CA. */
async function printSigner(context: Context, { path: [signer], trust, at }: VerificationReport): Promise<void> {
  if (signer === undefined) return
  const { t, look } = context
  const named = (name: string, key: string | undefined): string =>
    key === undefined ? name : `${name} · ${t('report.key', { key })}`
  const rows: [string, string][] = [
    [t('report.signedBy'), named(signer.subject, signer.keyIdentifier)],
    [t('report.issuedBy'), named(signer.issuer, signer.authorityKeyIdentifier)],
    ...(await Promise.all(
      trust.sources.map(
        async (source): Promise<[string, string]> => [
          t('report.source'),
          `${source.name} · ${await sourceAge(context, source, at)}`,
        ],
      ),
    )),
  ]
  for (const row of columns(rows, look.columns, 6)) context.say(row)
}

/** Sign, title, status; below it why it did not pass, and what it proves. */
async function printCheck(context: Context, check: Check): Promise<void> {
  const { describeCheck } = await import('@cccd/emrtd/checks')
  const { title, proves, reason } = describeCheck(check, context.language)
  line(context, check, title)
  explain(context, check, reason)
  prove(context, check.id, check.status === 'passed' ? proves : context.t('report.wouldProve', { text: proves }))
}

/** Why a check did not pass. */
function explain(context: Context, { status }: Check, reason: string | undefined): void {
  if (status === 'passed' || reason === undefined) return
  for (const row of indent(`→ ${reason}`, 6, context.look.columns)) context.say(context.paint(statusSigns[status].colour, row))
}

/** What it proves, behind the id that stands in `--json` too. */
function prove(context: Context, id: string, text: string): void {
  for (const row of indent(`${id} · ${text}`, 6, context.look.columns)) context.say(context.paint('dim', row))
}

function line(context: Context, check: Check, title: string): void {
  const { sign, colour } = statusSigns[check.status]
  const status = context.t(`status.${check.status}`)
  const room = context.look.columns - 8 - widthOf(status)
  const [first = '', ...rest] = wrap(title, room)
  context.say(`    ${context.paint(colour, sign)} ${pad(first, room)} ${context.paint(colour, status)}`)
  for (const row of rest) context.say(`      ${row}`)
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
  if (tried.some(({ status }) => status === 'passed')) prove(context, 'dgN.hash', context.t('report.hashes'))
  const reasons = new Map<string, [Check, ...Check[]]>()
  for (const check of checks)
    if (check.status === 'not-performed') {
      const alike = reasons.get(check.reason ?? '')
      if (alike === undefined) reasons.set(check.reason ?? '', [check])
      else alike.push(check)
    }
  for (const alike of reasons.values()) {
    line(context, alike[0], alike.map(({ id }) => id.slice(0, id.indexOf('.')).toUpperCase()).join(', '))
    explain(context, alike[0], describeCheck(alike[0], context.language).reason)
  }
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
  const verdict = t(verdictText(summary, code))
  const tone = code === 0 ? 'green' : code === 1 ? 'red' : 'yellow'
  for (const row of indent(verdict, 2, context.look.columns)) context.say(context.paint(tone, row))
}

/** The last sentence: what a code alone would leave open is said. */
function verdictText({ issuer, clone }: VerificationReport['summary'], code: ExitCode): TextKey {
  if (code === 0) return clone === 'passed' ? 'report.verdict.0' : 'report.verdict.copy'
  if (code === 1) return 'report.verdict.1'
  return issuer === 'unconfirmed' ? 'report.verdict.issuer' : 'report.verdict.2'
}
