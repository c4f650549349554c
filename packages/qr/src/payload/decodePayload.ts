import { CoreError, decodeUtf8, type Finding } from '@cccd/core'
import { QrError } from '../errors.js'
import { maxPayloadLength } from './fields.js'
import type { QrFindingCode } from './findings.js'
import { repairMojibake } from './repairMojibake.js'

/**
 * Controls, and characters that are not seen but change how a text reads: zero width, line separators, direction, a byte order
 * mark inside.
 */
const forbidden: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xfeff, 0xfeff],
]

/** The clean text of a payload: strict UTF-8, without what scanners add, in NFC; what was done is in `findings`. */
export function decodePayload(payload: string | Uint8Array, findings: Finding<QrFindingCode>[]): string {
  if (typeof payload !== 'string' && !(payload instanceof Uint8Array)) throw new TypeError('payload must be text or a Uint8Array')
  if (payload.length > maxPayloadLength)
    throw new QrError('QR_TOO_LARGE', 'longer than a QR code can be', { params: { length: payload.length } })
  const decoded = typeof payload === 'string' ? payload : fromUtf8(payload)
  const note = (code: QrFindingCode, severity: 'info' | 'warning') => findings.push({ code, severity })

  // Twice at most: a scanner and a keyboard driver can each mistake the encoding.
  let text = decoded
  for (let round = 0; round < 2; round++) text = repairMojibake(text) ?? text
  if (text !== decoded) note('mojibake-repaired', 'warning')
  if (hasHoles(text)) throw new QrError('QR_ENCODING', 'a decoder replaced bytes it could not read')

  const bare = text.replace(/^\ufeff/, '').replace(/^\]Q\d/, '')
  if (bare !== text) note('scanner-prefix-removed', 'info')
  const ended = bare.replace(/[\r\n\t]+$/, '')
  if (ended !== bare) note('line-end-removed', 'info')
  const position = forbiddenAt(ended)
  if (position !== undefined)
    throw new QrError('QR_CONTROL_CHARACTER', 'a control character stands in the text', { params: { position } })
  const normalised = ended.normalize('NFC')
  if (normalised !== ended) note('not-nfc', 'info')
  return normalised
}

function forbiddenAt(text: string): number | undefined {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (forbidden.some(([first, last]) => code >= first && code <= last)) return i
  }
  return undefined
}

/** Replacement characters, and halves of surrogate pairs. */
function hasHoles(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) as number
    if (code === 0xfffd || (code >= 0xd800 && code <= 0xdfff)) return true
  }
  return false
}

function fromUtf8(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes)
  } catch (error) {
    if (error instanceof CoreError) throw new QrError('QR_ENCODING', 'the bytes are not UTF-8', { cause: error })
    throw error
  }
}
