import type { AccessCandidate } from '@cccd/emrtd'
import type { CardQr } from '@cccd/qr'
import type { CommandSpec } from '../CommandSpec.js'
import type { Context } from '../Context.js'
import { CliError } from '../errors.js'
import { loadQr } from './loadQr.js'
import { kindAt, readInput } from './readInput.js'

export interface AccessOptions {
  readonly qr?: string
  readonly can?: string
  readonly mrz?: string
  readonly chipPin?: string
}

export const accessOptions: CommandSpec['options'] = [
  { flags: '--qr <payload|image>', text: 'option.qr' },
  { flags: '--can <digits>', text: 'option.can' },
  { flags: '--mrz <lines>', text: 'option.mrz' },
  { flags: '--chip-pin <digits>', text: 'option.chipPin' },
]

/** The ways into the chip, and the QR where it was one. @throws CliError `CLI_NEEDS_OPTION`, and what parsing throws */
export async function accessFor(
  { qr, can, mrz, chipPin }: AccessOptions,
  context: Context,
): Promise<{ readonly access: readonly AccessCandidate[]; readonly qr?: CardQr }> {
  const { accessFromCan, accessFromMrz, accessFromPin, accessFromQr } = await import('@cccd/emrtd')
  // A PIN with one try left needs the card access number beside it.
  const ways = chipPin === undefined ? [qr, can, mrz] : [chipPin, qr, mrz]
  if (ways.filter((given) => given !== undefined).length !== 1)
    throw new CliError('CLI_NEEDS_OPTION', 'one of four options', { params: { option: '--qr, --can, --mrz, --chip-pin' } })
  if (chipPin !== undefined) return { access: accessFromPin(chipPin, can === undefined ? {} : { can }) }
  if (qr !== undefined) {
    const { parseQr } = await import('@cccd/qr')
    const parsed = parseQr(await loadQr(qr, context))
    return { access: accessFromQr(parsed), qr: parsed }
  }
  if (can !== undefined) return { access: accessFromCan(can) }
  return { access: accessFromMrz(await mrzText(mrz as string)) }
}

/** Lines may be separated by slashes or blanks, which a shell passes more easily than line ends. */
async function mrzText(argument: string): Promise<string> {
  const { decodeUtf8 } = await import('@cccd/core')
  const text = (await kindAt(argument)) === 'file' ? decodeUtf8(await readInput(argument)) : argument
  return text
    .trim()
    .split(/[\s/]+/)
    .join('\n')
}

/** As {@link accessFor} where one of the options is given; else undefined, for recordings that keep how the chip was opened. */
export async function accessGiven(options: AccessOptions, context: Context): Promise<readonly AccessCandidate[] | undefined> {
  const given = [options.qr, options.can, options.mrz, options.chipPin].some((way) => way !== undefined)
  return given ? (await accessFor(options, context)).access : undefined
}
