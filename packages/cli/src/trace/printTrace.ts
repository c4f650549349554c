import type { OpenedExchange } from '@cccd/simulator'
import type { Context } from '../Context.js'
import { en, type TextKey } from '../i18n/en.js'
import { columns } from '../terminal/columns.js'
import type { Colour } from '../terminal/Look.js'
import { indent, pad, widthOf } from '../terminal/wrap.js'
import type { FileTime } from './slowestFile.js'

export interface PrintTraceOptions {
  readonly exchanges: readonly OpenedExchange[]
  readonly opened: boolean
  readonly scrubbed: boolean
  readonly slowest: FileTime | undefined
  /** Shows the plain bytes. */
  readonly hex: ((bytes: Uint8Array) => string) | undefined
}

const phaseColours: Readonly<Record<string, Colour>> = {
  select: 'cyan',
  pace: 'yellow',
  bac: 'yellow',
  'chip-authentication': 'green',
  'active-authentication': 'green',
  other: 'dim',
}
const answerWidth = 12

/** One line for each exchange: when, for how long, what for, protected or not, and what came back. */
export function printTrace(context: Context, options: PrintTraceOptions): void {
  const { t, look } = context
  const { exchanges, opened, scrubbed, slowest, hex } = options
  context.say()
  const title = t('trace.view.title', { count: exchanges.reduce((sum, { commands }) => sum + commands, 0) })
  context.say(
    `  ${context.paint('bold', title)}  ${context.paint('dim', t(scrubbed ? 'trace.view.scrubbed' : 'trace.view.sensitive'))}`,
  )
  if (!opened) for (const row of indent(t('trace.view.closed'), 2, look.columns)) context.say(context.paint('yellow', row))
  context.say()
  const timed = exchanges.some(({ ms }) => ms !== undefined)
  const phaseWidth = Math.max(...exchanges.map(({ description }) => widthOf(phaseName(context, description.phase))), 0)
  for (const exchange of exchanges) {
    printLine(context, exchange, { timed, phaseWidth })
    if (hex !== undefined) printBytes(context, exchange, hex)
  }
  printTotals(context, exchanges, slowest)
}

function printLine(
  context: Context,
  exchange: OpenedExchange,
  { timed, phaseWidth }: { readonly timed: boolean; readonly phaseWidth: number },
): void {
  const { description, index, ms } = exchange
  const { look } = context
  const time = timed ? `${ms === undefined ? '' : Math.round(ms)}`.padStart(6) : ''
  const head = `${String(index + 1).padStart(5)}${time}  ${exchange.protected ? '•' : ' '} `
  const colour = phaseColours[description.phase]
  const phase = context.paint(colour, pad(phaseName(context, description.phase), phaseWidth))
  const room = look.columns - widthOf(head) - phaseWidth - 2 - answerWidth - 1
  const answer = answerOf(exchange)
  context.say(
    `${head}${phase}  ${pad(cut(commandOf(exchange), room), room)} ${context.paint(answer.colour, answer.text.padStart(answerWidth))}`,
  )
}

/** As the field abbreviates them, so that a line of eighty columns holds what is asked of the chip. */
const abbreviations: Readonly<Record<string, string>> = {
  'MANAGE SECURITY ENVIRONMENT': 'MSE',
  'GENERAL AUTHENTICATE': 'GENERAL AUTH.',
}

function commandOf({ description }: OpenedExchange): string {
  const { instruction, detail, object, offset, phase } = description
  const what = [abbreviations[instruction] ?? instruction, detail, object].filter((part) => part !== undefined).join(' ')
  return phase === 'read' && offset !== undefined ? `${what} @${offset}` : what
}

function answerOf({ response, error }: OpenedExchange): { readonly text: string; readonly colour: Colour | undefined } {
  if (response === undefined) return { text: error === 'TRANSPORT_TIMEOUT' ? 'timeout' : 'lost', colour: 'red' }
  const sw = response.sw.toString(16).toUpperCase().padStart(4, '0')
  const text = response.data.length === 0 ? sw : `${response.data.length} ${sw}`
  return { text, colour: sw === '9000' ? 'dim' : 'yellow' }
}

function printBytes(context: Context, { command, response }: OpenedExchange, hex: (bytes: Uint8Array) => string): void {
  const width = 2 * Math.floor((context.look.columns - 12) / 2)
  for (const [sign, bytes] of [
    ['→', command.data],
    ['←', response?.data],
  ] as const) {
    const digits = hex(bytes ?? new Uint8Array(0))
    for (let at = 0; at < digits.length; at += width)
      context.say(context.paint('dim', `        ${at === 0 ? sign : ' '} ${digits.slice(at, at + width)}`))
  }
}

/** How long each phase took, and the slowest file. */
function printTotals(context: Context, exchanges: readonly OpenedExchange[], slowest: FileTime | undefined): void {
  const { t, look } = context
  const totals = new Map<string, { count: number; ms: number }>()
  for (const { description, commands, ms = 0 } of exchanges) {
    const before = totals.get(description.phase) ?? { count: 0, ms: 0 }
    totals.set(description.phase, { count: before.count + commands, ms: before.ms + ms })
  }
  const rows = [...totals].map(([phase, { count, ms }]): [string, string] => [
    phaseName(context, phase),
    t('trace.view.total', { count, ms: Math.round(ms) }),
  ])
  context.say()
  for (const row of columns(rows, look.columns, 4)) context.say(row)
  if (slowest !== undefined)
    context.say(`    ${t('trace.view.slowest', { file: slowest.file, ms: Math.round(slowest.ms), count: slowest.exchanges })}`)
}

/** Phases of a later version have no words yet. */
function phaseName({ t }: Context, phase: string): string {
  const key = `phase.${phase}`
  return isText(key) ? t(key) : phase
}

function isText(key: string): key is TextKey {
  return Object.hasOwn(en, key)
}

function cut(text: string, room: number): string {
  return widthOf(text) <= room ? text : `${text.slice(0, Math.max(0, room - 1))}…`
}
