import type { CommandSpec } from '../CommandSpec.js'
import { exitCodes } from '../exitCodes.js'
import { columns } from '../terminal/columns.js'

/** `cccd card profiles`: what kinds of DEMO card there are, and which quirks they can have. */
export const cardProfiles: CommandSpec = {
  path: ['card', 'profiles'],
  options: [],
  text: 'cardProfiles.about',
  async run(context) {
    const { cardProfileNames, cardProfiles: profiles, quirkIds, quirks } = await import('@cccd/simulator')
    const { t, language, look } = context
    context.result({
      command: 'card profiles',
      profiles: cardProfileNames.map((name) => ({
        name,
        description: profiles[name].description[language],
        quirks: profiles[name].quirks,
      })),
      quirks: quirkIds.map((id) => ({
        id,
        seen: quirks[id].seen,
        description: quirks[id].description[language],
        reader: quirks[id].reader[language],
      })),
      exitCode: exitCodes.ok,
    })
    const print = (title: string, rows: readonly [string, string][]): void => {
      context.say()
      context.say(`  ${context.paint('bold', title)}`)
      for (const row of columns(rows, look.columns, 4)) context.say(row)
    }
    print(
      t('cardProfiles.profiles'),
      cardProfileNames.map((name) => [name, profiles[name].description[language]]),
    )
    print(
      t('cardProfiles.quirks'),
      quirkIds.map((id) => [id, `${quirks[id].description[language]} → ${quirks[id].reader[language]}`]),
    )
    return exitCodes.ok
  },
}
