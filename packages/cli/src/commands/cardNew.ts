import type { CommandSpec } from '../CommandSpec.js'
import { CliError } from '../errors.js'
import { exitCodes } from '../exitCodes.js'
import { type CardKindOptions, cardKindOf, cardKindOptions } from '../files/cardKind.js'
import { activeAuthenticationKeyOf } from '../files/loadCard.js'
import { assertFree, writeFolder } from '../files/writeFolder.js'

interface CardNewOptions extends CardKindOptions {
  readonly out: string
  readonly force?: true
  readonly index?: string
  readonly aa?: string
}

/** `cccd card new`: a DEMO citizen with card, QR image and the certificates to trust. */
export const cardNew: CommandSpec<CardNewOptions> = {
  path: ['card', 'new'],
  options: [
    { flags: '--out <folder>', text: 'option.out', required: true },
    { flags: '--index <number>', text: 'option.index' },
    ...cardKindOptions,
    { flags: '--aa <key>', text: 'option.aa' },
    { flags: '--force', text: 'option.force' },
  ],
  text: 'cardNew.about',
  async run(context, options) {
    const { io, t } = context
    const folder = options.out
    const force = options.force === true
    const { cardImageToFiles, issueCard } = await import('@cccd/simulator')
    const index = indexOf(options.index)
    const aa = await activeAuthenticationKeyOf(options.aa)
    const kind = await cardKindOf(options)
    await assertFree(folder, { force })
    const at = new Date(io.clock()).toISOString()
    const card = await issueCard({
      ...kind,
      random: io.random,
      at,
      ...(index === undefined ? {} : { index }),
      ...(aa === undefined ? {} : { aa }),
    })
    const content = { ...cardImageToFiles(card), 'signer.cer': card.issuer.signer.certificate }
    await writeFolder(folder, content, { force })
    const { profile, quirks } = card
    context.result({
      command: 'card new',
      folder,
      profile,
      quirks,
      files: Object.keys(content),
      demo: true,
      exitCode: exitCodes.ok,
    })
    context.say()
    context.say(`  ${t('cardNew.done', { folder })}`)
    if (card.pin !== undefined) context.say(`  ${t('cardNew.pin', { pin: card.pin, puk: card.puk ?? '' })}`)
    context.say(`  ${t('cardNew.next', { folder })}`)
    context.say(`  ${context.paint('yellow', t('cardNew.demo'))}`)
    return exitCodes.ok
  },
}

function indexOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,6}$/.test(text))
    throw new CliError('CLI_WRONG_OPTION', 'not a number', { params: { option: '--index', accepted: '0 … 999999' } })
  return Number(text)
}
