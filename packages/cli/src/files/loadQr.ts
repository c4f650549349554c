import type { Context } from '../Context.js'
import { CliError } from '../errors.js'
import { kindAt, readInput } from './readInput.js'

/**
 * The payload that an argument means: an image with a QR code, a file that holds the payload, `-` for either on standard input
 * (arguments end up in shell histories), or the payload itself. Bytes where there were bytes: the parser decodes them strictly.
 * @throws CliError `CLI_NO_FILE`, QrError `QR_NOT_FOUND`, ImageError, and what reading a file throws
 */
export async function loadQr(argument: string, context: Context): Promise<string | Uint8Array> {
  if (argument === '-') return payloadOf(await context.io.readStdin())
  if (argument.includes('|')) return argument
  if ((await kindAt(argument)) === 'file') return payloadOf(await readInput(argument))
  if (/[\\/]|\.\w{2,4}$/.test(argument)) throw new CliError('CLI_NO_FILE', 'no such file')
  return argument
}

async function payloadOf(bytes: Uint8Array): Promise<Uint8Array> {
  const { detectImageType } = await import('@cccd/image')
  if (detectImageType(bytes) === undefined) return bytes
  const { decodeQrImage } = await import('@cccd/qr/image')
  return (await decodeQrImage(bytes)).bytes
}
