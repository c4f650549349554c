import type { CommandSpec } from '../CommandSpec.js'
import { exitCodes } from '../exitCodes.js'
import { censusOf } from '../files/censusOf.js'
import { columns } from '../terminal/columns.js'

/** `cccd trust census PATH…`: the document signers of stored readings, from their certificates alone. */
export const trustCensus: CommandSpec = {
  path: ['trust', 'census'],
  arguments: [{ name: '<path...>', text: 'trustCensus.argument' }],
  options: [],
  text: 'trustCensus.about',
  async run(context, _, ...paths) {
    const { t } = context
    const { census, skipped } = await censusOf(paths, context)
    const rows = census.rows()
    const { unreadable } = census
    context.result({ command: 'trust census', signers: rows, unreadable, skipped, exitCode: exitCodes.ok })
    for (const row of rows) {
      context.say()
      context.say(`  ${context.paint('bold', row.signer.subject)}`)
      const details: [string, string][] = [
        [t('trustCensus.fingerprint'), row.fingerprint],
        [t('trustCensus.issuer'), row.signer.issuer],
        [t('trustCensus.keyIdentifier'), row.signer.keyIdentifier ?? '–'],
        [t('trustCensus.algorithm'), row.signer.signatureAlgorithm],
        [
          t(row.timesSigned ? 'trustCensus.signed' : 'trustCensus.seen'),
          `${row.firstSeen?.slice(0, 10) ?? '–'} … ${row.lastSeen?.slice(0, 10) ?? '–'}`,
        ],
        [t('trustCensus.cards'), t('trustCensus.counts', { cards: row.cards, confirmed: row.confirmed })],
        ...(row.wrongSignatures > 0 ? [[t('trustCensus.wrong'), String(row.wrongSignatures)] as [string, string]] : []),
        ...(row.namesakes > 0 ? [[t('trustCensus.namesakes'), String(row.namesakes)] as [string, string]] : []),
      ]
      for (const line of columns(details, context.look.columns, 4)) context.say(line)
    }
    context.say()
    context.say(`  ${t('trustCensus.total', { signers: rows.length, unreadable, skipped })}`)
    return exitCodes.ok
  },
}
