import { CccdError } from '@cccd/core'

/** Every code that the command line itself ends with. */
export const cliErrorCodes = [
  'CLI_USAGE',
  'CLI_WRONG_OPTION',
  'CLI_NEEDS_OPTION',
  'CLI_NO_FILE',
  'CLI_EXISTS',
  'CLI_FILE_UNREADABLE',
  'CLI_FILE_TOO_LARGE',
  'CLI_NOT_A_CARD',
  'CLI_NOTHING_TO_VERIFY',
  'CLI_TWO_FILES',
  'CLI_QR_NOT_FOUND',
  'CLI_PART_MISSING',
  'CLI_CANCELLED',
] as const

export type CliErrorCode = (typeof cliErrorCodes)[number]

/** A wrong command line, or a file of it that is not what it must be. `params.option` or `params.file` says which. */
export class CliError extends CccdError<CliErrorCode> {
  override readonly name = 'CliError'
}
