import type { ChipReading } from '@cccd/emrtd'
import type { CommandSpec } from '../CommandSpec.js'
import type { Context } from '../Context.js'
import { exitCodes } from '../exitCodes.js'
import { type AccessOptions, accessFor, accessOptions } from '../files/accessFor.js'
import { openReader, type ReaderOptions, readerOptions, waitOf } from '../files/openReader.js'
import { type ChipProfile, chipProfile } from '../profile/chipProfile.js'
import type { Facts } from '../profile/Facts.js'
import { probeAfterReading, probeBeforeReading } from '../profile/probeChip.js'
import { readCard } from '../readCard.js'
import { columns } from '../terminal/columns.js'

interface CardProfileOptions extends AccessOptions, ReaderOptions {
  readonly allowBac?: true
}

/** `cccd card profile`: everything is asked for, nothing is kept but what kind of chip it is. */
export const cardProfile: CommandSpec<CardProfileOptions> = {
  path: ['card', 'profile'],
  options: [...readerOptions, ...accessOptions, { flags: '--allow-bac', text: 'option.allowBac' }],
  text: 'cardProfile.about',
  async run(context, options) {
    const { fileNames } = await import('@cccd/emrtd')
    const wait = waitOf(options.wait)
    const { access } = await accessFor(options, context)
    const channel = await openReader({ ...options, wait }, context)
    const files = fileNames.filter((name) => name !== 'CardAccess' && name !== 'CardSecurity')
    try {
      const before = await probeBeforeReading(channel)
      const { reading, trace } = await readCard(channel, { access, files, allowBac: options.allowBac === true }, context)
      const probes = { ...before, ...(await probeAfterReading(channel)) }
      report(context, await chipProfile({ reading, trace, access, probes }), reading)
      return exitCodes.ok
    } finally {
      await channel.close()
    }
  },
}

function report(context: Context, profile: ChipProfile, { timing }: ChipReading): void {
  const timings = timing.map(({ step, file, ms }) => ({ step, ...(file === undefined ? {} : { file }), ms: Math.round(ms) }))
  context.result({ command: 'card profile', profile, timings, exitCode: exitCodes.ok })
  print(context, profile)
  printTimings(context, timings)
}

const sections = [
  'link',
  'probes',
  'access',
  'files',
  'common',
  'signer',
  'activeAuthentication',
  'chipAuthentication',
  'mrz',
  'face',
  'dg13',
  'dg13Fields',
] as const satisfies readonly (keyof ChipProfile)[]

function print(context: Context, profile: ChipProfile): void {
  const { t, look } = context
  context.say()
  context.say(`  ${context.paint('bold', t('cardProfile.title'))}`)
  for (const section of sections) {
    const rows = section === 'files' ? byStatus(profile.files) : Object.entries(profile[section]).flatMap(rowsOf(context))
    if (rows.length === 0) continue
    context.say()
    context.say(`  ${context.paint('bold', t(`profile.${section}`))}`)
    for (const row of columns(rows, look.columns, 4)) context.say(row)
  }
  context.say()
  for (const row of columns([['', t('cardProfile.nothing')]], look.columns, 0)) context.say(context.paint('green', row))
}

/** One row, or one for each entry of a list that is too long for a line. */
function rowsOf(context: Context): (fact: readonly [string, Facts[string]]) => [string, string][] {
  return ([name, value]) => {
    if (typeof value !== 'object')
      return [[name, typeof value === 'boolean' ? context.t(value ? 'value.yes' : 'value.no') : String(value)]]
    const line = value.join(', ')
    if (line.length <= lineLength) return [[name, value.length === 0 ? '–' : line]]
    return value.map((entry, i): [string, string] => [i === 0 ? name : '', entry])
  }
}

/** Longer lists are easier to compare with one entry a line. */
const lineLength = 40

/** Files that the chip answered alike share a line. */
function byStatus(files: Facts): [string, string][] {
  const names = new Map<string, string[]>()
  for (const [name, status] of Object.entries(files)) names.set(String(status), [...(names.get(String(status)) ?? []), name])
  return [...names].map(([status, alike]) => [status, alike.join(', ')])
}

function printTimings(
  context: Context,
  timings: readonly { readonly step: string; readonly file?: string; readonly ms: number }[],
): void {
  context.say()
  context.say(`  ${context.paint('bold', context.t('profile.timings'))}`)
  const rows = timings.map(({ step, file, ms }): [string, string] => [[step, file ?? ''].join(' ').trim(), `${ms} ms`])
  for (const row of columns(rows, context.look.columns, 4)) context.say(row)
}
