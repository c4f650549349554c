import { isCccdError } from '@cccd/core'

/** What `cccd` ends with; a promise kept across versions. */
export const exitCodes = {
  /** Everything asked for was proven, or done. */
  ok: 0,
  /** A check failed. */
  failed: 1,
  /** Nothing failed, but something needed did not pass: no anchor, or a check of `--require`. */
  unproven: 2,
  /** The command line is wrong. */
  usage: 64,
  /** A file, payload or card holds what cannot be read. */
  badData: 65,
  /** No reader, card or service. */
  unavailable: 69,
  /** Cancelled by the user. */
  cancelled: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

const cancelled = ['CLI_CANCELLED', 'TRANSPORT_ABORTED', 'PCSC_ABORTED']
const usage = ['CLI_USAGE', 'CLI_WRONG_OPTION', 'CLI_NEEDS_OPTION', 'CLI_EXISTS', 'CLI_NO_FILE']

/** The exit code for an error that ended a command. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!isCccdError(error)) return exitCodes.badData
  if (cancelled.includes(error.code)) return exitCodes.cancelled
  if (usage.includes(error.code)) return exitCodes.usage
  if (error.code === 'LINK_LOST' || error.code === 'SIMULATOR_VPCD_UNREACHABLE' || /^(TRANSPORT|PCSC)_/.test(error.code))
    return exitCodes.unavailable
  return exitCodes.badData
}
