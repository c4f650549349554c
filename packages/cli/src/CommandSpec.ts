import type { Context } from './Context.js'
import type { ExitCode } from './exitCodes.js'
import type { TextKey } from './i18n/en.js'

export interface OptionSpec {
  /** As commander has it, e.g. `--at <date>`; `...` after a name takes several. */
  readonly flags: string
  readonly text: TextKey
  readonly required?: boolean
  readonly choices?: readonly string[]
}

/** One command: its line, its help, and what it does. */
export interface CommandSpec<Options extends object = object> {
  /** Words before the arguments, e.g. `card new`. */
  readonly path: readonly string[]
  /** As commander has them, e.g. `<payload>`. */
  readonly arguments?: readonly { readonly name: string; readonly text: TextKey }[]
  readonly options: readonly OptionSpec[]
  readonly text: TextKey
  run(context: Context, options: Options, ...values: string[]): Promise<ExitCode>
}
