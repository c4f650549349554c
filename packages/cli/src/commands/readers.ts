import type { PcscEvent, ReaderEvent, ReaderInfo } from '@cccd/pcsc'
import type { CommandSpec } from '../CommandSpec.js'
import type { Context } from '../Context.js'
import { type ExitCode, exitCodes } from '../exitCodes.js'
import { bindingOf, type ReaderOptions, readerOptions } from '../files/openReader.js'

interface ReadersOptions extends Pick<ReaderOptions, 'binding'> {
  readonly watch?: true
}

/** `cccd readers`: what is connected now (69 for nothing); with `--watch` every change until Ctrl+C (0: that is how it ends). */
export const readers: CommandSpec<ReadersOptions> = {
  path: ['readers'],
  options: [{ flags: '--watch', text: 'option.watch' }, ...readerOptions.filter(({ text }) => text === 'option.binding')],
  text: 'readers.about',
  run: (context, options) => (options.watch === true ? watch(context, options) : list(context, options)),
}

async function list(context: Context, { binding }: ReadersOptions): Promise<ExitCode> {
  const { listReaders } = await import('@cccd/pcsc')
  const found = await listReaders(bindingOf(binding))
  const code = found.length === 0 ? exitCodes.unavailable : exitCodes.ok
  context.result({ command: 'readers', readers: found, exitCode: code })
  if (found.length === 0) context.say(`  ${context.t('doctor.noReader')}`)
  for (const reader of found) context.say(`  ${lineOf(context, reader)}`)
  return code
}

/** What `--json` keeps at most; a terminal that stands for a year shows all and keeps nothing. */
const longestLog = 1000

async function watch(context: Context, { binding }: ReadersOptions): Promise<ExitCode> {
  const { watchReaders } = await import('@cccd/pcsc')
  const events: object[] = []
  context.note(`  ${context.t('readers.watching')}`)
  for await (const event of watchReaders({ ...bindingOf(binding), signal: context.io.signal })) {
    const at = new Date(context.io.clock()).toISOString()
    if (context.json && events.length < longestLog) events.push({ at, ...jsonOf(event) })
    const reader = 'reader' in event ? `  ${event.reader}` : ''
    context.say(`  ${context.paint('dim', at)}  ${context.t(`readers.${event.type}`)}${reader}`)
  }
  context.result({ command: 'readers', events, exitCode: exitCodes.ok })
  return exitCodes.ok
}

function jsonOf(event: ReaderEvent): object {
  return isLoss(event) ? { type: event.type, code: event.error.code } : event
}

function isLoss(event: ReaderEvent): event is Extract<PcscEvent, { type: 'service-lost' }> {
  return event.type === 'service-lost'
}

function lineOf({ t }: Context, { name, card, inUse }: ReaderInfo): string {
  return [name, t(`doctor.card.${card}`), ...(inUse ? [t('doctor.inUse')] : [])].join(' · ')
}
