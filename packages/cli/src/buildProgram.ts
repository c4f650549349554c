import { type Argument, Command, Option } from 'commander'
import type { CommandSpec } from './CommandSpec.js'
import type { Context } from './Context.js'
import { commands } from './commands.js'
import type { ExitCode } from './exitCodes.js'
import type { TextKey } from './i18n/en.js'
import { toAscii } from './terminal/terminalText.js'
import { version } from './version.js'

/** The commander program of all commands, in the language of the context. */
export function buildProgram(context: Context, ended: (code: ExitCode) => void): Command {
  const program = new Command('cccd')
    .description(context.t('about'))
    .version(version, '-V, --version', context.t('option.version'))
  dress(program, context)
  for (const spec of commands) add(program, spec, context, ended)
  program.addHelpText('after', `\n${context.t('help.exit')}\n`)
  return program
}

function add(program: Command, spec: CommandSpec, context: Context, ended: (code: ExitCode) => void): void {
  let parent = program
  for (const word of spec.path.slice(0, -1)) parent = groupOf(parent, word, context)
  const command = parent.command(spec.path.at(-1) as string).description(context.t(spec.text))
  for (const { name, text } of spec.arguments ?? []) command.argument(name, context.t(text))
  dress(command, context)
  for (const { flags, text, required, choices } of spec.options) {
    const option = new Option(flags, context.t(text))
    if (required === true) option.makeOptionMandatory()
    if (choices !== undefined) option.choices(choices)
    command.addOption(option)
  }
  command.option('--json', context.t('option.json'))
  command.addOption(new Option('--lang <language>', context.t('option.lang')).choices(['vi', 'en']))
  command.action(async (...values: unknown[]) => {
    const words = values
      .slice(0, -2)
      .flat()
      .filter((value) => typeof value === 'string')
    ended(await spec.run(context, command.opts(), ...words))
  })
}

const groupTexts: Readonly<Record<string, TextKey>> = { card: 'card.about', trust: 'trust.about', trace: 'trace.about' }

function groupOf(parent: Command, word: string, context: Context): Command {
  const existing = parent.commands.find((command) => command.name() === word)
  if (existing !== undefined) return existing
  const group = parent.command(word).description(context.t(groupTexts[word] ?? 'card.about'))
  dress(group, context)
  return group
}

/** Help in the chosen language, through the outputs of the context; every command of every group stands in the first list. */
function dress(command: Command, context: Context): void {
  const { io, t, look } = context
  const titles: Readonly<Record<string, string>> = {
    'Usage:': t('help.usage'),
    'Arguments:': t('help.arguments'),
    'Options:': t('help.options'),
    'Commands:': t('help.commands'),
  }
  command
    .helpOption('-h, --help', t('option.help'))
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError(false)
    .usage(usageOf(command, context))
    .configureHelp({
      helpWidth: look.columns,
      styleTitle: (title) => context.paint('bold', titles[title] ?? title),
      visibleCommands: leavesOf,
      subcommandTerm: (leaf) => [pathOf(leaf), ...leaf.registeredArguments.map(argumentTerm)].join(' '),
      optionDescription: ({ description, argChoices }) =>
        argChoices === undefined ? description : `${description}: ${argChoices.join(', ')}`,
    })
    .configureOutput({
      writeOut: (text) => io.stdout.write(toAscii(text, look)),
      writeErr: () => {},
      getOutHelpWidth: () => look.columns,
    })
}

function usageOf(command: Command, { t }: Context): string {
  const values = command.registeredArguments.map(argumentTerm)
  return [...(command.parent === null ? [t('help.command')] : values), t('help.anyOptions')].join(' ')
}

function argumentTerm(argument: Argument): string {
  return `<${argument.name()}${argument.variadic ? '…' : ''}>`
}

function leavesOf(command: Command): Command[] {
  return command.commands.flatMap((inner) => (inner.commands.length === 0 ? [inner] : leavesOf(inner)))
}

/** Words that call a command, without the program's own name. */
function pathOf(command: Command): string {
  const above = command.parent
  return above === null || above.parent === null ? command.name() : `${pathOf(above)} ${command.name()}`
}
