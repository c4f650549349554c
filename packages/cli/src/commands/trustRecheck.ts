import type { CommandSpec } from '../CommandSpec.js'
import { exitCodes } from '../exitCodes.js'
import { censusOf } from '../files/censusOf.js'
import { loadTrust, type TrustOptions, trustOptions } from '../files/loadTrust.js'
import { columns } from '../terminal/columns.js'
import { instantOf } from './verify.js'

interface TrustRecheckOptions extends TrustOptions {
  readonly at?: string
}

/** `cccd trust recheck PATH… --trust CSCA --pin PINS`: what a country CA says of the signers that were seen, and of the pins. */
export const trustRecheck: CommandSpec<TrustRecheckOptions> = {
  path: ['trust', 'recheck'],
  arguments: [{ name: '<path...>', text: 'trustCensus.argument' }],
  options: [...trustOptions, { flags: '--at <date>', text: 'option.at' }],
  text: 'trustRecheck.about',
  async run(context, options, ...paths) {
    const { t } = context
    const { recheckSigners } = await import('@cccd/pki/trust')
    const at = instantOf(options.at, context.io.clock)
    const trust = await loadTrust(options, context)
    const { census, skipped } = await censusOf(paths, context, trust)
    const cards = new Map(census.rows().map((row) => [row.fingerprint, row.cards]))
    const rows = await recheckSigners({ signers: census.certificates(), trust, at })
    const signers = rows.map((row) => ({ ...row, cards: cards.get(row.fingerprint) ?? 0 }))
    const wrong = signers.filter(({ pinned, verdict }) => pinned && verdict === 'contradicted')
    const exitCode = wrong.length > 0 ? exitCodes.failed : exitCodes.ok
    const contradictedPins = wrong.map(({ fingerprint }) => fingerprint)
    context.result({ command: 'trust recheck', at, signers, contradictedPins, unreadable: census.unreadable, skipped, exitCode })
    for (const { signer, fingerprint, verdict, pinned, reason, cards: count } of signers) {
      context.say()
      context.say(`  ${context.paint('bold', signer.subject)}`)
      const judged = `${t(`trustRecheck.${verdict}`)}${reason === undefined ? '' : ` (${reason})`}`
      const colour = verdict === 'confirmed' ? 'green' : verdict === 'contradicted' ? 'red' : 'yellow'
      const details: [string, string][] = [
        [t('trustCensus.fingerprint'), fingerprint],
        [t('trustCensus.cards'), String(count)],
        [t('trustRecheck.verdict'), context.paint(colour, judged)],
        [t('trustRecheck.pinned'), t(pinned ? 'trustRecheck.yes' : 'trustRecheck.no')],
      ]
      for (const line of columns(details, context.look.columns, 4)) context.say(line)
    }
    context.say()
    context.say(`  ${t('trustRecheck.total', { contradicted: wrong.length, pins: trust.pins.length })}`)
    return exitCode
  },
}
