import { assertBytes, concatBytes } from '@cccd/core'
import type { CommandApdu } from './CommandApdu.js'

export interface EncodeCommandOptions {
  /** Extended length fields although short ones would do. */
  readonly extended?: boolean
}

/**
 * The bytes of a command APDU, with short length fields where they suffice (ISO/IEC 7816-3, 12.1.3).
 *
 * @throws TypeError, RangeError for header bytes, data or `le` out of range
 * @example encodeCommand({ cla: 0, ins: 0xb0, p1: 0x9d, p2: 0, le: 256 }) // 00 B0 9D 00 00
 */
export function encodeCommand(command: CommandApdu, options: EncodeCommandOptions = {}): Uint8Array {
  const { cla, ins, p1, p2, data = new Uint8Array(), le } = command
  for (const [name, value] of Object.entries({ cla, ins, p1, p2 }))
    if (!Number.isInteger(value) || value < 0 || value > 0xff) throw new RangeError(`${name} must be a byte`)
  assertBytes(data, 'data')
  if (data.length > 0xffff) throw new RangeError('data must have at most 65535 bytes')
  if (le !== undefined && (!Number.isInteger(le) || le < 1 || le > 0x10000)) throw new RangeError('le must be 1 to 65536')

  const extended = options.extended === true || data.length > 0xff || (le ?? 0) > 0x100
  const header = Uint8Array.of(cla, ins, p1, p2)
  if (!extended) {
    const lc = data.length === 0 ? [] : [data.length]
    return concatBytes(header, Uint8Array.from(lc), data, Uint8Array.from(le === undefined ? [] : [le & 0xff]))
  }
  // The leading 00 that marks extended length stands once, before whichever length field comes first.
  const lc = data.length === 0 ? [] : [0, data.length >> 8, data.length & 0xff]
  const ne = le === undefined ? [] : [...(data.length === 0 ? [0] : []), (le >> 8) & 0xff, le & 0xff]
  return concatBytes(header, Uint8Array.from(lc), data, Uint8Array.from(ne))
}
