import type { Language } from '@cccd/core'
import { type Command, CommanderError } from 'commander'
import { buildProgram } from './buildProgram.js'
import { type Context, createContext } from './Context.js'
import { type ExitCode, exitCodeOf, exitCodes } from './exitCodes.js'
import type { Io } from './Io.js'
import { detectLanguage } from './i18n/detectLanguage.js'
import { translator } from './i18n/translate.js'
import { reportError } from './reportError.js'
import { lookOf } from './terminal/Look.js'
import { toAscii } from './terminal/terminalText.js'
import { usageError } from './usageError.js'

/**
 * Runs one command line and gives the exit code; writes only to `io` and never throws.
 * @example process.exitCode = await run(['qr', '-', '--json'], io)
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const language = languageOf(argv, io)
  const context = createContext({
    io,
    language,
    json: beforeSeparator(argv).includes('--json'),
    t: translator(language),
    look: lookOf(io, io.stdout),
    errorLook: lookOf(io, io.stderr),
  })
  let code: ExitCode = exitCodes.ok
  const program = buildProgram(context, (ended) => {
    code = ended
  })
  program.exitOverride()
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    return await endOf(error, context, program)
  }
}

async function endOf(error: unknown, context: Context, program: Command): Promise<ExitCode> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.ok
    if (error.code === 'commander.help') {
      if (context.json) await reportError(usageError(error), context)
      else context.io.stderr.write(toAscii(program.helpInformation(), context.errorLook))
      return exitCodes.usage
    }
    await reportError(usageError(error), context)
    return exitCodes.usage
  }
  await reportError(error, context)
  return exitCodeOf(error)
}

function beforeSeparator(argv: readonly string[]): readonly string[] {
  const separator = argv.indexOf('--')
  return separator < 0 ? argv : argv.slice(0, separator)
}

/** `--lang` is needed before the help texts exist, so it is looked for by hand. */
function languageOf(argv: readonly string[], io: Io): Language {
  const words = beforeSeparator(argv)
  const at = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const word = words[at]
  const value = word === undefined ? undefined : word === '--lang' ? words[at + 1] : word.slice('--lang='.length)
  return value === 'vi' || value === 'en' ? value : detectLanguage(io)
}
