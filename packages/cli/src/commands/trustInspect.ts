import type { CertificateInfo, TrustInspection } from '@cccd/pki'
import type { CommandSpec } from '../CommandSpec.js'
import type { Context } from '../Context.js'
import { exitCodes } from '../exitCodes.js'
import { isDemoOnly } from '../files/loadTrust.js'
import { printFindings } from '../report/printFindings.js'
import { sourceAge } from '../report/sourceAge.js'
import { statusSigns } from '../report/statusSign.js'
import { columns } from '../terminal/columns.js'
import { instantOf } from './verify.js'

interface TrustInspectOptions {
  readonly trust?: readonly string[]
  readonly at?: string
}

/** `cccd trust inspect PATH`: what a master list, a certificate or a folder holds, every signature in it tried. */
export const trustInspect: CommandSpec<TrustInspectOptions> = {
  path: ['trust', 'inspect'],
  arguments: [{ name: '<path>', text: 'trustInspect.argument' }],
  options: [
    { flags: '--trust <path...>', text: 'option.listRoot' },
    { flags: '--at <date>', text: 'option.at' },
  ],
  text: 'trustInspect.about',
  async run(context, options, path = '') {
    const { inspectTrustMaterial } = await import('@cccd/pki')
    const { loadTrustMaterial } = await import('@cccd/pki/node')
    const at = instantOf(options.at, context.io.clock)
    const material = await loadTrustMaterial([path], { clock: context.io.clock })
    const roots = await loadTrustMaterial(options.trust ?? [])
    const [root] = roots.anchors
    const masterLists = material.masterLists.map((list) => (root === undefined ? list : { ...list, anchor: root.certificate }))
    const allowDemo = await isDemoOnly(material)
    const found = await inspectTrustMaterial({ ...material, masterLists, allowDemo, at })
    const code = found.wrongSignatures.length > 0 ? exitCodes.failed : exitCodes.ok
    context.result({ command: 'trust inspect', at, ...found, exitCode: code })
    await print(context, found, at)
    return code
  },
}

async function print(context: Context, found: TrustInspection, at: string): Promise<void> {
  const { t } = context
  context.say()
  context.say(`  ${context.paint('bold', t('trustInspect.title'))}`)
  for (const list of found.masterLists) {
    const { sign, colour } = statusSigns[list.status]
    const by = t(list.anchoredBy === 'anchor' ? 'trustInspect.byAnchor' : 'trustInspect.byItself')
    section(context, [
      [t('trustInspect.list'), list.source ?? '–'],
      [t('trustInspect.listSignature'), `${context.paint(colour, `${sign} ${t(`status.${list.status}`)}`)} · ${by}`],
      [t('trustInspect.listSigner'), list.signer?.subject ?? '–'],
      [t('trustInspect.listIssuer'), list.issuer?.subject ?? '–'],
    ])
  }
  section(context, [
    [t('trustInspect.certificates'), String(found.certificates)],
    [t('trustInspect.anchors'), String(found.anchors)],
    [t('trustInspect.selfIssued'), String(found.selfIssued)],
    [t('trustInspect.selfSigned'), String(found.selfSigned)],
    [t('trustInspect.sameNameLinks'), String(found.sameNameLinks)],
    [t('trustInspect.otherName'), String(found.otherName)],
    [t('trustInspect.verified'), String(found.verified)],
    [t('trustInspect.withoutSigner'), String(found.withoutSigner.length)],
    [t('trustInspect.wrong'), String(found.wrongSignatures.length)],
    [t('trustInspect.unsupported'), String(found.unsupported.length)],
    [t('trustInspect.expired'), String(found.expired)],
    [t('trustInspect.weak'), String(found.weak)],
    [t('trustInspect.pins'), String(found.pins)],
  ])
  if (found.sources.length > 0) {
    title(context, t('trustInspect.sources'))
    const rows = found.sources.map(async (source) => [source.name, await sourceAge(context, source, at)] as const)
    for (const row of columns(await Promise.all(rows), context.look.columns, 4)) context.say(row)
  }
  heading(context, t('trustInspect.keys'), counts(found.keys))
  heading(context, t('trustInspect.algorithms'), counts(found.signatureAlgorithms))
  heading(context, `${t('trustInspect.countries')} (${Object.keys(found.countries).length})`, counts(found.countries))
  if (found.scoped.length > 0) {
    title(context, t('trustInspect.scoped'))
    const rows = found.scoped.map(({ subject, scopes }): [string, string] => [
      scopes.flatMap(({ documents }) => documents).join(', '),
      subject,
    ])
    for (const row of columns(rows, context.look.columns, 4)) context.say(row)
  }
  list(context, t('trustInspect.wrong'), found.wrongSignatures)
  list(context, t('trustInspect.withoutSigner'), found.withoutSigner)
  list(context, t('trustInspect.unsupported'), found.unsupported)
  printFindings(context, found.findings)
}

function section(context: Context, rows: readonly (readonly [string, string])[]): void {
  context.say()
  for (const row of columns(rows, context.look.columns, 4)) context.say(row)
}

/** A title of its own line, also where the same words count something in a table. */
function title(context: Context, text: string): void {
  context.say()
  context.say(`  ${context.paint('bold', text.charAt(0).toUpperCase() + text.slice(1))}`)
}

function heading(context: Context, name: string, text: string): void {
  title(context, name)
  for (const row of columns([['', text]], context.look.columns, 2)) context.say(row)
}

function counts(table: Readonly<Record<string, number>>): string {
  return Object.entries(table)
    .map(([name, number]) => `${name === '' ? '–' : name.replaceAll(' ', '\u00a0')}\u00a0${number}`)
    .join(', ')
}

function list(context: Context, name: string, certificates: readonly CertificateInfo[]): void {
  if (certificates.length === 0) return
  title(context, name)
  for (const row of columns(
    certificates.map(({ country = '–', subject }) => [country, subject]),
    context.look.columns,
    4,
  ))
    context.say(row)
}
