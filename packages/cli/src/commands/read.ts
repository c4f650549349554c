import { encodeHex } from '@cccd/core'
import type { ChipReading, FileName } from '@cccd/emrtd'
import type { CardChannel, Trace } from '@cccd/iso7816'
import type { CommandSpec } from '../CommandSpec.js'
import type { Context } from '../Context.js'
import { CliError } from '../errors.js'
import { exitCodes } from '../exitCodes.js'
import { type AccessOptions, accessFor, accessOptions } from '../files/accessFor.js'
import { loadTrust } from '../files/loadTrust.js'
import { openReader, type ReaderOptions, readerOptions, waitOf } from '../files/openReader.js'
import { assertFreeFile, writeTrace } from '../files/traceFile.js'
import { assertFree, writeFolder } from '../files/writeFolder.js'
import { type CardReading, type ReadCardOptions, readCardAndClose } from '../readCard.js'
import { printReport } from '../report/printReport.js'
import { reportJson } from '../report/reportJson.js'
import { verdictOf } from '../report/verdictOf.js'
import { indent } from '../terminal/wrap.js'
import { instantOf, requiredOf, type VerifyOptions, verifyOptions } from './verify.js'

interface ReadOptions extends AccessOptions, ReaderOptions, Omit<VerifyOptions, 'challenge'> {
  readonly out: string
  readonly force?: true
  readonly files?: readonly string[]
  readonly verify?: true
  readonly allowBac?: true
  readonly trace?: string
}

/** `cccd read`: the files of a card into a folder, judged where `--verify` asks for it. */
export const read: CommandSpec<ReadOptions> = {
  path: ['read'],
  options: [
    ...readerOptions,
    ...accessOptions,
    { flags: '--out <folder>', text: 'option.out', required: true },
    { flags: '--force', text: 'option.force' },
    { flags: '--files <names...>', text: 'option.files' },
    { flags: '--allow-bac', text: 'option.allowBac' },
    { flags: '--trace <file>', text: 'option.trace' },
    { flags: '--verify', text: 'option.verify' },
    ...verifyOptions,
    { flags: '--reveal', text: 'option.reveal' },
  ],
  text: 'read.about',
  async run(context, options) {
    const force = options.force === true
    const files = await filesOf(options.files)
    const required = requiredOf(options.require)
    const at = instantOf(options.at, context.io.clock)
    const wait = waitOf(options.wait)
    // What can be wrong is found before somebody holds a card to a reader.
    await assertFree(options.out, { force })
    if (options.trace !== undefined) await assertFreeFile(options.trace, { force })
    const { access, qr } = await accessFor(options, context)
    const trust = options.verify === true ? await loadTrust(options, context) : undefined
    const channel = await openReader({ ...options, wait }, context)
    const read = await readTraced(channel, { access, files, allowBac: options.allowBac === true }, options.trace, context)
    await writeFolder(options.out, await contentOf(read.reading), { force })
    const summary = summaryOf(read, options.out)
    printSummary(context, read, options.out)
    if (trust === undefined) {
      context.say(
        `    ${context.paint('dim', context.t('read.next', { folder: options.out, challenge: encodeHex(read.challenge) }))}`,
      )
      context.result({ command: 'read', ...summary, exitCode: exitCodes.ok })
      return exitCodes.ok
    }
    const { verifyReading } = await import('@cccd/emrtd')
    const expect = { activeAuthenticationChallenge: read.challenge }
    const report = await verifyReading(read.reading, { trust, at, expect, ...(qr === undefined ? {} : { qr }) })
    const code = verdictOf(report.checks, required)
    context.result({
      command: 'read',
      demo: trust.allowDemo,
      ...summary,
      report: reportJson(report, options.reveal === true),
      exitCode: code,
    })
    await printReport(context, report, { code, reveal: options.reveal === true, demo: trust.allowDemo })
    return code
  },
}

/** Reads the card; the recording of `--trace` is written whatever came of the read. */
async function readTraced(
  channel: CardChannel,
  options: ReadCardOptions,
  file: string | undefined,
  context: Context,
): Promise<CardReading> {
  if (file === undefined) return readCardAndClose(channel, options, context)
  let kept: Trace | undefined
  try {
    return await readCardAndClose(channel, { ...options, keepTrace: (trace) => (kept = trace) }, context)
  } finally {
    if (kept !== undefined) {
      await writeTrace(file, kept)
      for (const row of indent(context.t('read.trace', { file }), 2, context.errorLook.columns)) context.note(row)
    }
  }
}

/** The data groups of `--files`, separated by blanks or commas. DG13 is read only when named: it says more than most purposes need. */
async function filesOf(names: readonly string[] | undefined): Promise<FileName[]> {
  const { fileNames } = await import('@cccd/emrtd')
  if (names === undefined) return ['DG1', 'DG2', 'DG14', 'DG15']
  return names
    .flatMap((name) => name.split(','))
    .filter((name) => name !== '')
    .map((name) => {
      const found = fileNames.find((known) => known.toLowerCase() === name.toLowerCase().replace(/^ef[_.]/, ''))
      if (found === undefined)
        throw new CliError('CLI_WRONG_OPTION', 'no such file', {
          params: { option: '--files', accepted: 'DG1 … DG16, COM, SOD' },
        })
      return found
    })
}

/** The files as the chip sent them, and everything else in the one JSON form of a reading. */
async function contentOf(reading: ChipReading): Promise<Record<string, Uint8Array | string>> {
  const { encodeReading } = await import('@cccd/emrtd')
  const files = Object.entries(reading.files).map(([name, bytes]): [string, Uint8Array] => [`EF_${name}.bin`, bytes])
  return { ...Object.fromEntries(files), 'reading.json': encodeReading(reading) }
}

function summaryOf({ reading, challenge, trace }: CardReading, folder: string): object {
  const { access } = reading
  return {
    folder,
    files: Object.keys(reading.files),
    fileStatus: reading.fileStatus,
    ...(access === undefined ? {} : { access }),
    challenge: encodeHex(challenge),
    exchanges: trace.exchanges.length,
    timing: reading.timing,
  }
}

function printSummary(context: Context, { reading, challenge }: CardReading, folder: string): void {
  const { t } = context
  const { access, files } = reading
  const done = context.paint('green', '✓')
  context.say()
  if (access !== undefined) context.say(`  ${done} ${t('read.opened', { protocol: access.protocol, password: access.password })}`)
  context.say(`  ${done} ${t('read.written', { count: Object.keys(files).length, folder })}`)
  context.say(`    ${context.paint('dim', `${t('read.challenge')}: ${encodeHex(challenge)}`)}`)
}
