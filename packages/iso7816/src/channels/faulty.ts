import type { CardChannel } from '../CardChannel.js'
import { TransportError } from '../errors/TransportError.js'

/** What goes wrong with one exchange. */
export type Fault =
  /** The card is gone: this and every later command rejects with `LINK_LOST`. */
  | { readonly type: 'link-lost' }
  /** The card never answers. */
  | { readonly type: 'silence' }
  /** The answer comes later than it would. */
  | { readonly type: 'delay'; readonly ms: number }
  /** The command reaches the card, but this comes back; also fewer than two bytes, which no channel may give. */
  | { readonly type: 'answer'; readonly response: Uint8Array }
  /** The previous answer comes again. */
  | { readonly type: 'duplicate' }
  /** One byte of the answer is another; a negative offset counts from the end. */
  | { readonly type: 'corrupt'; readonly offset: number }

export interface FaultPlan {
  /** The number of the command, from 0, or a test of it. */
  readonly at: number | ((command: Uint8Array, index: number) => boolean)
  readonly fault: Fault
}

/**
 * A channel that goes wrong where the plan says, for tests and the attack lab. The first plan that matches is carried out.
 *
 * @example faulty(card, [{ at: 12, fault: { type: 'link-lost' } }])
 */
export function faulty(channel: CardChannel, plans: readonly FaultPlan[]): CardChannel {
  let count = 0
  let gone = false
  let previous: Uint8Array | undefined

  async function transmit(...[command, options]: Parameters<CardChannel['transmit']>): Promise<Uint8Array> {
    const index = count++
    const plan = plans.find(({ at }) => (typeof at === 'number' ? at === index : at(command, index)))
    gone ||= plan?.fault.type === 'link-lost'
    if (gone) throw new TransportError('LINK_LOST', 'the card is gone')
    if (plan?.fault.type === 'silence') return new Promise<Uint8Array>(() => undefined)
    const before = previous
    const response = await channel.transmit(command, options)
    previous = response
    return plan === undefined ? response : broken(plan.fault, response, before)
  }

  const { answerToReset } = channel
  return {
    transmit,
    get limits() {
      return channel.limits
    },
    ...(answerToReset === undefined ? {} : { answerToReset }),
    close: () => channel.close(),
  }
}

async function broken(fault: Fault, response: Uint8Array, previous: Uint8Array | undefined): Promise<Uint8Array> {
  if (fault.type === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms))
  if (fault.type === 'answer') return fault.response.slice()
  if (fault.type === 'duplicate') return previous ?? response
  if (fault.type !== 'corrupt') return response
  const changed = response.slice()
  const offset = fault.offset < 0 ? changed.length + fault.offset : fault.offset
  changed[offset] = (changed[offset] ?? 0) ^ 0x01
  return changed
}
