import { type CardChannel, type CommandApdu, type ResponseApdu, send } from '@cccd/iso7816'
import type { ProtocolContext } from './ProtocolContext.js'

const anyStatus = (): boolean => true

/** One command of a protocol step; the caller looks at every status word. */
export async function sendStep(
  channel: CardChannel,
  context: Pick<ProtocolContext, 'deadline' | 'signal'>,
  step: string,
  command: CommandApdu,
): Promise<ResponseApdu> {
  const { signal } = context
  const deadline = typeof context.deadline === 'function' ? context.deadline(step) : context.deadline
  return send(channel, command, { ...(deadline === undefined ? {} : { deadline }), signal, step, accept: anyStatus })
}
