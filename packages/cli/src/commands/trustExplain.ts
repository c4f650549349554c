import { type Check, type CheckStatus, isCccdError } from '@cccd/core'
import type { Certificate } from '@cccd/pki'
import type { ExplanationNode } from '@cccd/pki/explain'
import type { CertificateRole } from '@cccd/pki/profile'
import type { CommandSpec } from '../CommandSpec.js'
import type { Context } from '../Context.js'
import { CliError } from '../errors.js'
import { type ExitCode, exitCodes } from '../exitCodes.js'
import { loadTrust, type TrustOptions, trustOptions } from '../files/loadTrust.js'
import { writeNewFile } from '../files/writeNewFile.js'
import type { TextKey } from '../i18n/en.js'
import { statusSigns } from '../report/statusSign.js'
import { indent } from '../terminal/wrap.js'
import { instantOf } from './verify.js'

interface TrustExplainOptions extends TrustOptions {
  readonly at?: string
  readonly signed?: string
  readonly documentType?: string
  readonly svg?: string
  readonly force?: true
}

/** `cccd trust explain CERT`: who vouches for a certificate, each step of the verdict with its clause and its source. */
export const trustExplain: CommandSpec<TrustExplainOptions> = {
  path: ['trust', 'explain'],
  arguments: [{ name: '<certificate>', text: 'trustExplain.argument' }],
  options: [
    ...trustOptions,
    { flags: '--at <date>', text: 'option.at' },
    { flags: '--signed <date>', text: 'option.signed' },
    { flags: '--document-type <code>', text: 'option.documentType' },
    { flags: '--svg <file>', text: 'option.svg' },
    { flags: '--force', text: 'option.forceFile' },
  ],
  text: 'trustExplain.about',
  async run(context, options, path = '') {
    const { parseCertificate } = await import('@cccd/pki')
    const { drawChain, explainChain } = await import('@cccd/pki/explain')
    const { describeCheck } = await import('@cccd/emrtd/checks')
    const at = instantOf(options.at, context.io.clock)
    const signingTime = options.signed === undefined ? undefined : instantOf(options.signed, context.io.clock)
    const signer = parseCertificate(await onlyCertificate(path))
    const role = await roleOf(signer)
    const trust = await loadTrust(options, context)
    const explanation = await explainChain({
      signer,
      role,
      trust,
      at,
      signingTime,
      ...(options.documentType !== undefined && { document: { type: options.documentType } }),
    })
    const code = exitCodeOf(explanation.result.checks)
    const [csca] = explanation.result.checks
    const reason = csca === undefined ? undefined : describeCheck(csca, context.language).reason
    if (options.svg !== undefined) {
      const caption = csca?.status === 'passed' ? '' : reason
      const picture = drawChain(explanation, { language: context.language, ...(caption !== undefined && { caption }) })
      await writeNewFile(options.svg, picture, options.force === true)
    }
    context.result({ command: 'trust explain', role, demo: trust.allowDemo, ...explanation, exitCode: code })
    context.say()
    context.say(`  ${context.paint('bold', signer.subject.text)}`)
    context.say(`  ${context.t('trustExplain.as', { role: context.t(`role.${role}`) })}`)
    for (const node of explanation.tree) {
      context.say()
      printNode(context, node, 2, (check) => describeCheck(check, context.language))
    }
    if (options.svg !== undefined) {
      context.say()
      context.say(`  ${context.t('trustExplain.drawn', { file: options.svg })}`)
    }
    return code
  },
}

/** One that cannot be read is judged as the others, and fails for that. */
async function roleOf(certificate: Certificate): Promise<CertificateRole> {
  const { certificateRole } = await import('@cccd/pki/profile')
  try {
    return certificateRole(certificate)
  } catch (error) {
    if (isCccdError(error)) return 'document-signer'
    throw error
  }
}

/** What was asked is whether somebody vouches: a country CA or a pin. */
function exitCodeOf(checks: readonly Check[]): ExitCode {
  const statusOf = (id: string): CheckStatus | undefined => checks.find((check) => check.id === id)?.status
  const statuses = [statusOf('chain.csca'), statusOf('chain.validity-now'), statusOf('signer.pinned')]
  if (statuses.includes('failed')) return exitCodes.failed
  return statusOf('chain.csca') === 'passed' || statusOf('signer.pinned') === 'passed' ? exitCodes.ok : exitCodes.unproven
}

async function onlyCertificate(path: string): Promise<Uint8Array> {
  const { loadTrustMaterial } = await import('@cccd/pki/node')
  const { anchors, certificates } = await loadTrustMaterial([path])
  const [first, ...others] = [...anchors, ...certificates].map(({ certificate }) => certificate)
  if (first === undefined || others.length > 0)
    throw new CliError('CLI_WRONG_OPTION', 'not one certificate', {
      params: { option: '<certificate>', accepted: 'PEM, DER' },
    })
  return first
}

type Describe = (check: Check) => { readonly title: string; readonly reason?: string | undefined }

function printNode(context: Context, node: ExplanationNode, margin: number, describe: Describe): void {
  const { t, look } = context
  const { step, status, reason, clause, sources = [], findings = [], children } = node
  const { sign, colour } = statusSigns[status]
  const subject = node.data?.subject
  const title = isCheck(step) ? describe({ id: step, status }).title : t(`explain.${step}` as TextKey)
  const about = typeof subject === 'string' ? `${title}: ${subject}` : title
  const rows = indent(about, margin + 2, look.columns, `${' '.repeat(margin)}${sign} `)
  const [first = '', ...rest] = rows
  context.say(first.replace(sign, context.paint(colour, sign)))
  for (const row of rest) context.say(row)
  const why = reason === undefined ? undefined : (describe({ id: step, status, reason }).reason ?? reason)
  if (why !== undefined && status !== 'passed')
    for (const row of indent(`→ ${why}`, margin + 2, look.columns)) context.say(context.paint(colour, row))
  const { notBefore, notAfter } = node.data ?? {}
  const period =
    typeof notBefore === 'string' && typeof notAfter === 'string' && step === 'validity' ? [`${notBefore} – ${notAfter}`] : []
  const facts = [...period, clause, ...(sources.length > 0 ? [t('explain.source', { sources: sources.join(', ') })] : [])]
  const known = facts.filter((fact) => fact !== undefined).join(' · ')
  if (known !== '') for (const row of indent(known, margin + 2, look.columns)) context.say(context.paint('dim', row))
  for (const finding of findings) {
    const where = [finding.code, finding.field, finding.clause].filter((part) => part !== undefined).join(' · ')
    for (const row of indent(`! ${where}`, margin + 2, look.columns)) context.say(context.paint('yellow', row))
  }
  for (const child of children) printNode(context, child, margin + 2, describe)
}

function isCheck(step: string): boolean {
  return step.includes('.')
}
