import type { CommandSpec } from '../CommandSpec.js'
import { CliError } from '../errors.js'
import { exitCodes } from '../exitCodes.js'
import { activeAuthenticationKeyOf } from '../files/loadCard.js'
import { assertFree, writeFolder } from '../files/writeFolder.js'

interface CardNewOptions {
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
    { flags: '--aa <key>', text: 'option.aa' },
    { flags: '--force', text: 'option.force' },
  ],
  text: 'cardNew.about',
  async run(context, options) {
    const { io, t } = context
    const folder = options.out
    const force = options.force === true
    const { cardImageToFiles, createIssuer, personalise, syntheticCitizen } = await import('@cccd/simulator')
    const index = indexOf(options.index)
    const aa = await activeAuthenticationKeyOf(options.aa)
    await assertFree(folder, { force })
    const at = new Date(io.clock()).toISOString()
    const issuer = await createIssuer({ random: io.random, at })
    const citizen = syntheticCitizen(index ?? io.random, { at: at.slice(0, 10) })
    const card = await personalise(issuer, citizen, { random: io.random, at, ...(aa === undefined ? {} : { aa }) })
    const content = { ...cardImageToFiles(card), 'signer.cer': issuer.signer.certificate }
    await writeFolder(folder, content, { force })
    context.result({ command: 'card new', folder, files: Object.keys(content), demo: true, exitCode: exitCodes.ok })
    context.say()
    context.say(`  ${t('cardNew.done', { folder })}`)
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
