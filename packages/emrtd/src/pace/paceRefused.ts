import type { PasswordName } from '../access/AccessCandidate.js'
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
export function tokenRefused(step: string, password: PasswordName): (sw: number) => EmrtdError {
  return (sw) => {
    if (sw === 0x6983 || sw === 0x63c0)
      return new EmrtdError('PACE_BLOCKED', 'the chip accepts this password no more', {
        step,
        sw,
        params: { password, retries: 0 },
      })
    if ((sw & 0xfff0) === 0x63c0)
      return new EmrtdError('PACE_WRONG_PASSWORD', 'the password is wrong', { step, sw, params: { password, retries: sw & 15 } })
    if (wrongToken.includes(sw)) return new EmrtdError('PACE_WRONG_PASSWORD', 'the password is wrong', { step, sw })
    return paceRefused(step)(sw)
  }
}

/**
 * What MSE:Set AT says of a password (TR-03110-3, B.11.1): 63CX names the tries that are left and goes on, unless there is none, or just the
 * one that a PIN has left when it is suspended.
 * @returns the tries that are left, where the chip says
 */
export function passwordState(sw: number, password: PasswordName): number | undefined {
  const step = 'pace.select-protocol'
  if (sw === 0x6983 || sw === 0x63c0)
    throw new EmrtdError('PACE_BLOCKED', 'the chip accepts this password no more', { step, sw, params: { password, retries: 0 } })
  if (sw === 0x6283) throw new EmrtdError('PACE_DEACTIVATED', 'the password is switched off', { step, sw, params: { password } })
  if ((sw & 0xfff0) === 0x63c0) return sw & 15
  if (sw !== 0x9000) throw paceRefused(step)(sw)
  return undefined
}
