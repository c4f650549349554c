import type { CommandSpec } from '../CommandSpec.js'
import type { Context } from '../Context.js'
import type { Diagnosis } from '../doctor/Diagnosis.js'
import { inspectReaders } from '../doctor/inspectReaders.js'
import { inspectRuntime } from '../doctor/inspectRuntime.js'
import { exitCodes } from '../exitCodes.js'
import { statusSigns } from '../report/statusSign.js'
import { indent, pad, widthOf } from '../terminal/wrap.js'

/** `cccd doctor`: exit 0 where a card can be read, 69 where a reader is missing. */
export const doctor: CommandSpec = {
  path: ['doctor'],
  options: [],
  text: 'doctor.about',
  async run(context) {
    const lines = [...(await inspectRuntime(context)), ...(await inspectReaders(context))]
    const broken = lines.some(({ status, part }) => status === 'failed' && !part.startsWith('pcsc'))
    const canRead = lines.some(({ part, status }) => part === 'pcsc.reader' && status === 'passed')
    const code = broken ? exitCodes.failed : canRead ? exitCodes.ok : exitCodes.unavailable
    context.result({
      command: 'doctor',
      parts: lines.map(({ part, status, facts }) => ({ part, status, ...(facts === undefined ? {} : { facts }) })),
      canRead,
      exitCode: code,
    })
    print(context, lines)
    context.say()
    context.say(`  ${context.t(canRead ? 'doctor.summaryGood' : 'doctor.summaryNoReader')}`)
    return code
  },
}

function print(context: Context, lines: readonly Diagnosis[]): void {
  const widest = Math.max(...lines.map(({ label }) => widthOf(label)))
  for (const { label, status, text } of lines) {
    const { sign, colour } = statusSigns[status]
    const first = `  ${context.paint(colour, sign)} ${pad(label, widest)}  `
    for (const line of indent(text, widest + 6, context.look.columns, first)) context.say(line)
  }
}
