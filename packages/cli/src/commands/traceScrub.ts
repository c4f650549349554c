import type { CommandSpec } from '../CommandSpec.js'
import { exitCodes } from '../exitCodes.js'
import { type AccessOptions, accessGiven, accessOptions } from '../files/accessFor.js'
import { assertFreeFile, loadTrace, writeTrace } from '../files/traceFile.js'
import { indent } from '../terminal/wrap.js'

interface ScrubOptions extends AccessOptions {
  readonly force?: true
}

/** `cccd trace scrub IN OUT`: the recording of a DEMO person in the place of a real one. */
export const traceScrub: CommandSpec<ScrubOptions> = {
  path: ['trace', 'scrub'],
  arguments: [
    { name: '<in>', text: 'trace.argument' },
    { name: '<out>', text: 'trace.scrub.out' },
  ],
  options: [...accessOptions, { flags: '--force', text: 'option.force' }],
  text: 'trace.scrub.about',
  async run(context, options, from = '', to = '') {
    await assertFreeFile(to, { force: options.force === true })
    const trace = await loadTrace(from)
    const access = await accessGiven(options, context)
    const { scrub } = await import('@cccd/simulator')
    const { jpeg2000Encoder } = await import('@cccd/simulator/jpeg2000')
    const encoders = [jpeg2000Encoder('jp2'), jpeg2000Encoder('j2k')]
    const scrubbed = await scrub(trace, { encoders, random: context.io.random, ...(access && { access }) })
    await writeTrace(to, scrubbed.trace)
    const { blanked } = scrubbed
    const count = scrubbed.trace.exchanges.length
    const { t, look } = context
    context.say()
    context.say(`  ${context.paint('green', '✓')} ${t('trace.scrub.done', { count, file: to })}`)
    if (blanked.length > 0)
      for (const row of indent(t('trace.scrub.blanked', { files: blanked.join(', ') }), 4, look.columns)) context.say(row)
    for (const row of indent(t('trace.scrub.kept'), 4, look.columns)) context.say(context.paint('dim', row))
    context.result({ command: 'trace scrub', file: to, exchanges: count, blanked, exitCode: exitCodes.ok })
    return exitCodes.ok
  },
}
