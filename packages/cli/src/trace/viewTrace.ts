import type { AccessCandidate } from '@cccd/emrtd'
import type { Trace } from '@cccd/iso7816'
import type { OpenedExchange } from '@cccd/simulator'

export interface TraceView {
  readonly exchanges: readonly OpenedExchange[]
  /** Whether secure messaging could be opened; else the headers of its commands are all there is. */
  readonly opened: boolean
}

/** A trace opened, or what its headers alone say. @throws what a damaged trace throws */
export async function viewTrace(trace: Trace, access: readonly AccessCandidate[] | undefined): Promise<TraceView> {
  const { isCccdError } = await import('@cccd/core')
  const { openTrace } = await import('@cccd/simulator')
  try {
    return { exchanges: await openTrace(trace, access === undefined ? {} : { access }), opened: true }
  } catch (error) {
    if (!isCccdError(error)) throw error
    return { exchanges: await closedView(trace), opened: false }
  }
}

async function closedView(trace: Trace): Promise<OpenedExchange[]> {
  const { decodeCommand, decodeResponse, describeCommand } = await import('@cccd/iso7816')
  return trace.exchanges.map(({ command: bytes, response, error, ms }, index) => {
    const command = decodeCommand(bytes)
    return {
      index,
      commands: 1,
      description: describeCommand(command),
      protected: (command.cla & 0xec) === 0x0c,
      command,
      ...(error === undefined ? { response: decodeResponse(response) } : { error }),
      ...(ms === undefined ? {} : { ms }),
    }
  })
}
