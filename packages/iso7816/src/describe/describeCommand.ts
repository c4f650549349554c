import { CccdError, encodeHex, parseTlv } from '@cccd/core'
import type { CommandApdu } from '../apdu/CommandApdu.js'
import { applications, instructions, ldsFiles, masterFiles } from './lds.js'

/** What a command belongs to, in the order in which a reader comes by. Open: a later version may know more. */
export type CommandPhase =
  | 'select'
  | 'bac'
  | 'pace'
  | 'read'
  | 'chip-authentication'
  | 'active-authentication'
  | 'other'
  | (string & {})

/** What one command asks of a chip, in the words of ISO/IEC 7816-4 and Doc 9303. Nothing in it is personal. */
export interface CommandDescription {
  readonly phase: CommandPhase
  /** E.g. `READ BINARY`; `INS 5A` for one that is not known. */
  readonly instruction: string
  /** E.g. `Set AT`, `key agreement`. */
  readonly detail?: string
  /** A file or application by its name, or its identifier in hexadecimal. */
  readonly object?: string
  /** Of READ BINARY: where in the file. */
  readonly offset?: number
  /** The most data bytes that the answer may have. */
  readonly le?: number
}

export interface DescribeOptions {
  /** Where the chip stands, which decides whom an identifier means (default: the LDS application). */
  readonly application?: 'master' | 'lds1'
  /** Whether the command travelled under secure messaging: PACE runs before, Chip Authentication inside (default: the class byte says). */
  readonly protected?: boolean
}

/**
 * What a command does. For a protected one hand in the plain command inside, or live with what the header alone says.
 *
 * @example describeCommand({ cla: 0, ins: 0xb0, p1: 0x9d, p2: 0, le: 223 })
 * // { phase: 'read', instruction: 'READ BINARY', object: 'EF.SOD', offset: 0, le: 223 }
 */
export function describeCommand(command: CommandApdu, options: DescribeOptions = {}): CommandDescription {
  const { ins, le } = command
  const instruction = instructions.get(ins) ?? `INS ${hex(ins, 2)}`
  return { phase: 'other', instruction, ...particulars(command, options), ...(le === undefined ? {} : { le }) }
}

type Particulars = Omit<Partial<CommandDescription>, 'instruction' | 'le'>

function particulars(command: CommandApdu, options: DescribeOptions): Particulars {
  switch (command.ins) {
    case 0xa4:
      return select(command, options)
    case 0xb0:
    case 0xb1:
      return read(command, options)
    case 0x22:
      return manageSecurity(command)
    case 0x86:
      return generalAuthenticate(command, options)
    case 0x84:
    case 0x82:
      return { phase: 'bac' }
    case 0x88:
      return { phase: 'active-authentication' }
    default:
      return {}
  }
}

function select({ p1, data = new Uint8Array(0) }: CommandApdu, options: DescribeOptions): Particulars {
  if (p1 === 0x04) return { phase: 'select', object: applications.get(encodeHex(data)) ?? `AID ${encodeHex(data).toUpperCase()}` }
  if (data.length === 0) return { phase: 'select', ...(p1 === 0 ? { object: 'MF' } : {}) }
  const identifier = numberIn(data)
  return { phase: 'select', object: fileNamed(identifier, p1 === 0 ? { application: 'master' } : options) }
}

/** B0 has fifteen bits of offset, or a short identifier; B1 names the file in P1-P2 and the offset in DO 54 (ISO/IEC 7816-4, 11.3). */
function read({ ins, p1, p2, data }: CommandApdu, options: DescribeOptions): Particulars {
  if (ins === 0xb0) {
    if ((p1 & 0x80) === 0) return { phase: 'read', offset: (p1 << 8) | p2 }
    return { phase: 'read', object: fileNamed(p1 & 0x1f, options), offset: p2 }
  }
  const offset = objectIn(data, 0x54)
  const identifier = (p1 << 8) | p2
  return {
    phase: 'read',
    ...(identifier === 0 ? {} : { object: fileNamed(identifier, options) }),
    ...(offset === undefined ? {} : { offset: numberIn(offset) }),
  }
}

/** MSE:Set (Doc 9303-11, 4.4.4.1 and 6.2.4; TR-03110-3, B.3 for Terminal Authentication). */
function manageSecurity({ p1, p2 }: CommandApdu): Particulars {
  const template = (p1 << 8) | p2
  if (template === 0xc1a4) return { phase: 'pace', detail: 'Set AT' }
  if (template === 0x41a4) return { phase: 'chip-authentication', detail: 'Set AT' }
  if (template === 0x41a6) return { phase: 'chip-authentication', detail: 'Set KAT' }
  return { detail: hex(template, 4) }
}

const paceSteps: ReadonlyMap<number, string> = /* @__PURE__ */ new Map([
  [0x81, 'map nonce'],
  [0x83, 'key agreement'],
  [0x85, 'mutual authentication'],
])

/** Doc 9303-11, 4.4.4.2 and 6.2.4.2: the data object inside 7C says which step. */
function generalAuthenticate(command: CommandApdu, options: DescribeOptions): Particulars {
  const isProtected = options.protected ?? (command.cla & 0x0c) === 0x0c
  if (isProtected) return { phase: 'chip-authentication', detail: 'key agreement' }
  const step = objectIn(command.data, 0x7c)?.[0]
  return { phase: 'pace', detail: paceSteps.get(step ?? 0) ?? 'get nonce' }
}

function fileNamed(identifier: number, { application = 'lds1' }: DescribeOptions): string {
  const [near, far] = application === 'master' ? [masterFiles, ldsFiles] : [ldsFiles, masterFiles]
  if (identifier > 0x1f) return near.get(identifier) ?? far.get(identifier) ?? hex(identifier, 4)
  for (const table of [near, far]) for (const [fid, name] of table) if ((fid & 0x1f) === identifier && fid < 0x3f00) return name
  return `SFI ${hex(identifier, 2)}`
}

function objectIn(data: Uint8Array | undefined, tag: number): Uint8Array | undefined {
  try {
    return parseTlv(data ?? new Uint8Array(0), { tag }).value
  } catch (error) {
    if (CccdError.is(error)) return undefined
    throw error
  }
}

function numberIn(bytes: Uint8Array): number {
  let value = 0
  for (const byte of bytes.subarray(0, 4)) value = value * 256 + byte
  return value
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0')
}
