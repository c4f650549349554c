import type { CommandSpec } from '../CommandSpec.js'
import { CliError } from '../errors.js'
import { exitCodes } from '../exitCodes.js'
import { loadTrust, type TrustOptions, trustOptions } from '../files/loadTrust.js'
import { readInput } from '../files/readInput.js'
import { writeNewFile } from '../files/writeNewFile.js'
import { statusSigns } from '../report/statusSign.js'
import { columns } from '../terminal/columns.js'
import { instantOf } from './verify.js'

interface TrustExplainOptions extends TrustOptions {
  readonly at?: string
  readonly signed?: string
  readonly documentType?: string
  readonly svg?: string
  readonly force?: true
}

/** `cccd trust explain CERT --trust PATH…`: who vouches for a document signer, by which clause, out of which source. */
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
    const { t, language } = context
    const { parseCertificate, parsePem, verifyChain } = await import('@cccd/pki')
    const { drawChain, explainChain } = await import('@cccd/pki/explain')
    const { describeCheck } = await import('@cccd/emrtd/checks')
    const at = instantOf(options.at, context.io.clock)
    const signingTime = options.signed === undefined ? undefined : instantOf(options.signed, context.io.clock)
    const bytes = await readInput(path)
    const der = bytes[0] === 0x30 ? bytes : parsePem(bytes)[0]?.bytes
    if (der === undefined) throw new CliError('CLI_NOTHING_TO_VERIFY', 'no certificate in the file')
    const trust = await loadTrust(options)
    const document = options.documentType === undefined ? {} : { type: options.documentType }
    const result = await verifyChain({ signer: parseCertificate(der), trust, at, signingTime, document })
    const explained = explainChain(result)
    const failed = result.checks.some(({ status }) => status === 'failed')
    const vouched = result.checks.some(({ id, status }) => status === 'passed' && (id === 'chain.csca' || id === 'signer.pinned'))
    const exitCode = failed ? exitCodes.failed : vouched ? exitCodes.ok : exitCodes.unproven
    if (options.svg !== undefined)
      await writeNewFile(options.svg, drawChain(explained, { language, at, signingTime }), options.force === true)
    context.result({ command: 'trust explain', at, demo: trust.allowDemo, ...explained, findings: result.findings, exitCode })
    for (const { check, clause, certificates } of explained.checks) {
      const { title, reason } = describeCheck(check, language)
      const { sign, colour } = statusSigns[check.status]
      context.say()
      context.say(`  ${context.paint(colour, sign)} ${context.paint('bold', title)}: ${t(`status.${check.status}`)}`)
      const rows: [string, string][] = [
        ...(reason === undefined ? [] : [[t('trustExplain.reason'), reason] as [string, string]]),
        [t('trustExplain.clause'), clause === 'operator' ? t('trustExplain.operator') : clause],
        ...certificates.map(({ role, certificate, sources }): [string, string] => [
          t(`trustExplain.${role}`),
          sources.length === 0 ? certificate.subject : `${certificate.subject} (${sources.join(', ')})`,
        ]),
      ]
      for (const line of columns(rows, context.look.columns, 4)) context.say(line)
    }
    if (options.svg !== undefined) context.say(`\n  ${t('trustExplain.drawn', { file: options.svg })}`)
    return exitCode
  },
}
