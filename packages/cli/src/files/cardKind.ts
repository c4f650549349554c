import type { CardImage, CardProfileName, QuirkId, QuirkSwitches } from '@cccd/simulator'
import type { CommandSpec } from '../CommandSpec.js'
import { CliError } from '../errors.js'

export interface CardKindOptions {
  readonly profile?: string
  readonly quirk?: readonly string[]
}

export const cardKindOptions: CommandSpec['options'] = [
  { flags: '--profile <name>', text: 'option.profile' },
  { flags: '--quirk <id...>', text: 'option.quirk' },
]

export interface CardKind {
  readonly profile?: CardProfileName
  readonly quirks?: QuirkSwitches
}

/** The kind of card that `--profile` and `--quirk` name. @throws CliError `CLI_WRONG_OPTION` naming those that exist */
export async function cardKindOf({ profile, quirk }: CardKindOptions): Promise<CardKind> {
  const { cardProfileNames, isCardProfileName, isQuirkId, quirkIds } = await import('@cccd/simulator')
  if (profile !== undefined && !isCardProfileName(profile))
    throw new CliError('CLI_WRONG_OPTION', 'no such profile', {
      params: { option: '--profile', accepted: cardProfileNames.join(', ') },
    })
  const ids = (quirk ?? []).map((id): QuirkId => {
    if (isQuirkId(id)) return id
    throw new CliError('CLI_WRONG_OPTION', 'no such quirk', { params: { option: '--quirk', accepted: quirkIds.join(', ') } })
  })
  return {
    ...(profile !== undefined && { profile }),
    ...(ids.length > 0 && { quirks: Object.fromEntries(ids.map((id) => [id, true])) }),
  }
}

/** What of a kind a card that is made already can still take on: its chip's behaviour. @throws CliError `CLI_WRONG_OPTION` for the rest */
export async function servedKindOf(options: CardKindOptions, card: CardImage): Promise<CardKind> {
  const kind = await cardKindOf(options)
  const { quirkIds, quirks } = await import('@cccd/simulator')
  const late = quirkIds.filter((id) => kind.quirks?.[id] === true && quirks[id].plan !== undefined && !card.quirks.includes(id))
  if (late.length === 0) return kind
  const accepted = quirkIds.filter((id) => quirks[id].plan === undefined).join(', ')
  throw new CliError('CLI_WRONG_OPTION', 'this quirk is made with the card', { params: { option: '--quirk', accepted } })
}
