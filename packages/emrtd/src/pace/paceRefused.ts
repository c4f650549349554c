import { EmrtdError } from '../errors.js'

/** The chip broke PACE off before the tokens: nothing is said about the password. */
export function paceRefused(step: string): (sw: number) => EmrtdError {
  return (sw) => new EmrtdError('PACE_FAILED', 'the chip broke PACE off', { step, sw })
}

// What chips answer to a wrong token: 6300 by the standard, 63Cx with a counter, others in the field.
const wrongToken = [0x6300, 0x6982, 0x6985, 0x6988, 0x6a80]

/**
 * The chip refused our token. It cannot tell a wrong password from a man in the middle; nor can we. A Greek passport answers
 * 6300 to a right password too, when another parameter set was meant.
 */
export function tokenRefused(step: string): (sw: number) => EmrtdError {
  return (sw) => {
    if (sw === 0x6983 || sw === 0x63c0)
      return new EmrtdError('PACE_BLOCKED', 'the chip accepts this password no more', { step, sw, params: { retries: 0 } })
    if ((sw & 0xfff0) === 0x63c0)
      return new EmrtdError('PACE_WRONG_PASSWORD', 'the password is wrong', { step, sw, params: { retries: sw & 15 } })
    if (wrongToken.includes(sw)) return new EmrtdError('PACE_WRONG_PASSWORD', 'the password is wrong', { step, sw })
    return paceRefused(step)(sw)
  }
}
