import { isCccdError } from '@cccd/core'
import { EmrtdError } from '../errors.js'

/** Runs a computation with a public key of the chip; one that is not of the group, or is its neutral element, is the chip's fault. */
export async function withElement<Result>(step: string, compute: () => Promise<Result>): Promise<Result> {
  try {
    return await compute()
  } catch (cause) {
    if (isCccdError(cause, 'CRYPTO_BAD_POINT'))
      throw new EmrtdError('PACE_BAD_ANSWER', 'the public key of the chip is not one of the group', {
        step,
        cause,
        params: { reason: 'bad-point' },
      })
    throw cause
  }
}

export function reflectedKey(step: string): EmrtdError {
  return new EmrtdError('PACE_BAD_ANSWER', 'the chip sent our own public key back', { step, params: { reason: 'reflected-key' } })
}
