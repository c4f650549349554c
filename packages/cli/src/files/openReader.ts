import type { CardChannel } from '@cccd/iso7816'
import type { Pcsc } from '@cccd/pcsc'
import type { CommandSpec } from '../CommandSpec.js'
import type { Context } from '../Context.js'
import { CliError } from '../errors.js'

export interface ReaderOptions {
  readonly reader?: string
  readonly wait?: string
  readonly binding?: string
}

export const readerOptions: CommandSpec['options'] = [
  { flags: '--reader <name>', text: 'option.reader' },
  { flags: '--wait <seconds>', text: 'option.wait' },
  { flags: '--binding <name>', text: 'option.binding', choices: ['auto', 'pcsclite', 'pcsc-mini'] },
]

export interface OpenReaderOptions {
  /** Name of a reader, or a part of it. */
  readonly reader?: string
  /** Seconds to wait for a card. */
  readonly wait: number
  readonly binding?: string
}

/** Seconds of `--wait` (default 30). @throws CliError `CLI_WRONG_OPTION` */
export function waitOf(text: string | undefined): number {
  if (text === undefined) return 30
  if (!/^\d{1,5}$/.test(text)) throw new CliError('CLI_WRONG_OPTION', 'not seconds', { params: { option: '--wait' } })
  return Number(text)
}

/** `--binding` as the readers' package takes it. */
export function bindingOf(binding: string | undefined): { binding?: 'pcsclite' | 'pcsc-mini' } {
  return binding === 'pcsclite' || binding === 'pcsc-mini' ? { binding } : {}
}

/** A channel to the card in a reader, waiting for one where none is there. Closing it frees the reader. */
export async function openReader(options: OpenReaderOptions, context: Context): Promise<CardChannel> {
  if (context.io.openCard !== undefined) return context.io.openCard(options.reader)
  const { openPcsc } = await import('@cccd/pcsc')
  const { signal } = context.io
  const pcsc = await openPcsc(bindingOf(options.binding))
  try {
    const wanted = await readerNamed(pcsc, options.reader)
    const ready = (): boolean => pcsc.readers().some(({ name, card }) => card === 'present' && (wanted ?? name) === name)
    if (!ready()) context.note(`  ${context.t('read.waiting', { reader: wanted ?? context.t('read.anyReader') })}`)
    const deadline = Math.max(1, 1000 * options.wait)
    const { name } = await pcsc.waitForCard({ deadline, signal, ...(wanted === undefined ? {} : { reader: wanted }) })
    const channel = await pcsc.connect({ reader: name, signal })
    return { ...channel, close: () => pcsc.close() }
  } catch (error) {
    await pcsc.close()
    throw error
  }
}

/** The reader whose name is, or holds, what was asked for. @throws PcscError `PCSC_NO_READER` */
async function readerNamed(pcsc: Pcsc, part: string | undefined): Promise<string | undefined> {
  const { PcscError } = await import('@cccd/pcsc')
  const names = pcsc.readers().map(({ name }) => name)
  if (names.length === 0) throw new PcscError('PCSC_NO_READER', 'no reader is connected')
  if (part === undefined) return undefined
  const found = names.find((name) => name === part) ?? names.find((name) => name.toLowerCase().includes(part.toLowerCase()))
  if (found === undefined)
    throw new PcscError('PCSC_NO_READER', 'no reader has this name', { params: { readers: names.join(', ') } })
  return found
}
