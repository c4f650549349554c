import type { OpenedExchange } from '@cccd/simulator'
import type { CommandSpec } from '../CommandSpec.js'
import { exitCodes } from '../exitCodes.js'
import { type AccessOptions, accessGiven, accessOptions } from '../files/accessFor.js'
import { loadTrace } from '../files/traceFile.js'
import { printTrace } from '../trace/printTrace.js'
import { slowestFile } from '../trace/slowestFile.js'
import { viewTrace } from '../trace/viewTrace.js'

interface ViewOptions extends AccessOptions {
  readonly reveal?: true
}

/** `cccd trace view FILE`: what went over the wire, opened where the trace can be. */
export const traceView: CommandSpec<ViewOptions> = {
  path: ['trace', 'view'],
  arguments: [{ name: '<file>', text: 'trace.argument' }],
  options: [...accessOptions, { flags: '--reveal', text: 'option.revealApdus' }],
  text: 'trace.view.about',
  async run(context, options, path = '') {
    const trace = await loadTrace(path)
    const access = await accessGiven(options, context)
    const { exchanges, opened } = await viewTrace(trace, access)
    const { encodeHex } = await import('@cccd/core')
    const reveal = options.reveal === true
    const slowest = slowestFile(exchanges)
    context.result({
      command: 'trace view',
      scrubbed: trace.scrubbed,
      opened,
      exchanges: exchanges.map((exchange) => exchangeJson(exchange, reveal ? encodeHex : undefined)),
      ...(slowest && { slowestFile: slowest }),
      exitCode: exitCodes.ok,
    })
    if (!context.json)
      printTrace(context, { exchanges, opened, scrubbed: trace.scrubbed, slowest, hex: reveal ? encodeHex : undefined })
    return exitCodes.ok
  },
}

/** Lengths and status words; the bytes only where they were asked for. */
function exchangeJson(exchange: OpenedExchange, hex: ((bytes: Uint8Array) => string) | undefined): object {
  const { index, commands, description, command, response, error, file, ms } = exchange
  const data = command.data ?? new Uint8Array(0)
  return {
    index,
    commands,
    ...description,
    protected: exchange.protected,
    commandLength: data.length,
    ...(hex && data.length > 0 && { commandData: hex(data) }),
    ...(response && { responseLength: response.data.length, sw: response.sw.toString(16).toUpperCase().padStart(4, '0') }),
    ...(hex && response && response.data.length > 0 && { responseData: hex(response.data) }),
    ...(error && { error }),
    ...(file !== undefined && { file }),
    ...(ms !== undefined && { ms }),
  }
}
