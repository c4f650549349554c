import { TransportError } from '@cccd/iso7816'
import type { ChipSession } from './ChipSession.js'

/**
 * What the caller's own code gives in the middle of a step: whoever cancels, or the end of the step, does not wait for it.
 * @throws TransportError `TRANSPORT_ABORTED`, `TRANSPORT_TIMEOUT`
 */
export function withinStep<Value>(session: ChipSession, step: string, value: Value | Promise<Value>): Promise<Value> {
  const { signal } = session.context
  const left = session.stepEnds - session.clock()
  return new Promise((resolve, reject) => {
    const onAbort = (): void => settle(() => reject(new TransportError('TRANSPORT_ABORTED', 'cancelled', { step })))
    const late = (): void => settle(() => reject(new TransportError('TRANSPORT_TIMEOUT', 'the step took too long', { step })))
    const timer = Number.isFinite(left) ? setTimeout(late, Math.max(0, left)) : undefined
    const settle = (how: () => void): void => {
      if (timer !== undefined) clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      how()
    }
    signal?.addEventListener('abort', onAbort)
    if (signal?.aborted) return onAbort()
    Promise.resolve(value).then(
      (given) => settle(() => resolve(given)),
      (error: unknown) => settle(() => reject(error)),
    )
  })
}
