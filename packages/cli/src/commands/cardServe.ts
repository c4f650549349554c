import type { CommandSpec } from '../CommandSpec.js'
import { CliError } from '../errors.js'
import { exitCodes } from '../exitCodes.js'
import { type CardKindOptions, cardKindOptions, servedKindOf } from '../files/cardKind.js'
import { activeAuthenticationKeyOf, attackOf, loadCard } from '../files/loadCard.js'

interface CardServeOptions extends CardKindOptions {
  readonly vpcd?: string
  readonly attack?: string
  readonly aa?: string
}

/** `cccd card serve DIR`: the card stays in the virtual reader until Ctrl+C (exit 0: that is how it ends) or the daemon ends (69). */
export const cardServe: CommandSpec<CardServeOptions> = {
  path: ['card', 'serve'],
  arguments: [{ name: '<folder>', text: 'cardServe.argument' }],
  options: [
    { flags: '--vpcd <host:port>', text: 'option.vpcd' },
    ...cardKindOptions,
    { flags: '--attack <name>', text: 'option.attack' },
    { flags: '--aa <key>', text: 'option.aa' },
  ],
  text: 'cardServe.about',
  async run(context, options, folder = '') {
    const { io, t } = context
    const address = addressOf(options.vpcd)
    const attack = await attackOf(options.attack)
    const aa = await activeAuthenticationKeyOf(options.aa)
    const { personalise, virtualCard } = await import('@cccd/simulator')
    const { serveVpcd } = await import('@cccd/simulator/node')
    const stored = await loadCard(folder)
    const card =
      aa === undefined
        ? stored
        : await personalise(stored.issuer, stored.citizen, {
            random: io.random,
            at: stored.signedAt,
            profile: stored.profile,
            quirks: Object.fromEntries(stored.quirks.map((id) => [id, true])),
            aa,
          })
    const kind = await servedKindOf(options, card)
    const chip = virtualCard(card, { ...kind, random: io.random, ...(attack === undefined ? {} : { attack }) })
    const server = await serveVpcd(chip, { ...address, signal: io.signal })
    const place = `${address.host}:${address.port}`
    context.result({
      command: 'card serve',
      address: place,
      profile: kind.profile ?? card.profile,
      attack: attack ?? null,
      ready: true,
    })
    if (attack !== undefined) context.say(`  ${context.paint('yellow', t('demo.attack', { attack }))}`)
    context.say(`  ${t('cardServe.ready', { address: place })}`)
    const reason = await server.closed
    if (reason !== undefined) throw reason
    context.say(`  ${t('cardServe.ended')}`)
    return exitCodes.ok
  },
}

/** Host and port of `--vpcd`; either may be left out. @throws CliError `CLI_WRONG_OPTION` */
export function addressOf(text = ''): { host: string; port: number } {
  const match = /^(\[[0-9a-f:]+\]|[A-Za-z0-9.-]*)(?::(\d{1,5}))?$/.exec(text)
  const port = Number(match?.[2] ?? 35963)
  if (match === null || port < 1 || port > 65535)
    throw new CliError('CLI_WRONG_OPTION', 'not host:port', { params: { option: '--vpcd' } })
  return { host: (match[1] || '127.0.0.1').replace(/[[\]]/g, ''), port }
}
