import type { CommanderError } from 'commander'
import { CliError } from './errors.js'

const kinds: Readonly<Record<string, string>> = {
  'commander.unknownCommand': 'unknown-command',
  'commander.unknownOption': 'unknown-option',
  'commander.missingArgument': 'missing-argument',
  'commander.optionMissingArgument': 'missing-value',
  'commander.missingMandatoryOptionValue': 'missing-option',
  'commander.invalidArgument': 'wrong-value',
  'commander.excessArguments': 'too-many-arguments',
  'commander.help': 'missing-command',
}

/** What is wrong with a command line. A word is named only when it looks like a command or an option: others may be a number or a QR. */
export function usageError(error: CommanderError): CliError {
  const quoted = /'([^']*)'/.exec(error.message)?.[1]?.split(' ')[0]
  // Of too many arguments commander names the command, which is not what is wrong.
  const nameable = quoted !== undefined && error.code !== 'commander.excessArguments' && /^-{0,2}[a-z][a-z-]{0,24}$/.test(quoted)
  return new CliError('CLI_USAGE', 'command line is wrong', {
    params: { problem: kinds[error.code] ?? 'usage', ...(nameable ? { word: quoted } : {}) },
  })
}
