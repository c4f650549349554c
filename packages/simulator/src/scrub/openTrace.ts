import { markPersonal } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import { type AccessCandidate, parseTraceContext } from '@cccd/emrtd'
import {
  type CommandApdu,
  type CommandDescription,
  describeCommand,
  type ResponseApdu,
  type Trace,
  type TransportErrorCode,
} from '@cccd/iso7816'
import { Eavesdropper } from './Eavesdropper.js'
import { isProtected } from './MessageCipher.js'
import type { Overheard } from './Overheard.js'
import { scrubRefused } from './scrubRefused.js'
import type { TracedName } from './TracedFiles.js'

export interface OpenTraceOptions {
  /** How the chip was opened, where the trace does not keep it. */
  readonly access?: readonly AccessCandidate[]
  readonly crypto?: CryptoPort
}

/** One exchange of a trace as it was under secure messaging, with what it is for. Personal data. */
export interface OpenedExchange {
  /** Place of its first command in the trace, and how many commands it took with those that fetched the rest of its answer. */
  readonly index: number
  readonly commands: number
  readonly description: CommandDescription
  readonly protected: boolean
  readonly command: CommandApdu
  /** Absent when no answer came. */
  readonly response?: ResponseApdu
  readonly error?: TransportErrorCode
  /** Of a read: the file. */
  readonly file?: TracedName
  readonly ms?: number
}

/**
 * A recorded read, opened with the passwords and the random bytes that the trace keeps.
 *
 * @throws SimulatorError `SIMULATOR_SCRUB_REFUSED` when the trace does not keep them; IsoError, EmrtdError for a trace that is damaged
 * @example
 * for (const { description, protected: secured } of await openTrace(importTrace(text))) console.log(description.instruction, secured)
 */
export async function openTrace(trace: Trace, options: OpenTraceOptions = {}): Promise<OpenedExchange[]> {
  const { crypto = defaultCrypto(), access } = options
  if (access === undefined && trace.context === undefined) throw scrubRefused('no-access')
  const conversation = await new Eavesdropper(trace, access ?? parseTraceContext(trace.context).access, crypto).listen()
  let index = 0
  let application: 'master' | 'lds1' = 'master'
  const opened = conversation
    .flatMap((item): readonly Overheard[] => ('type' in item ? item.exchanges : [item]))
    .map((heard) => {
      const { command, response } = heard
      const secured = isProtected(heard.wire.command.cla)
      if (command.ins === 0xa4) application = selected(command, response) ?? application
      const at = index
      index += heard.wire.parts.length
      return openedOf(heard, at, describeCommand(command, { application, protected: secured }), secured)
    })
  return markPersonal(opened, 'OpenedTrace')
}

/** Where a SELECT leads: to the master file, or into an application. */
function selected({ p1, data }: CommandApdu, response: ResponseApdu | undefined): 'master' | 'lds1' | undefined {
  if (p1 === 0x04) return response?.sw === 0x9000 ? 'lds1' : undefined
  return p1 === 0x00 && (data === undefined || data[0] === 0x3f) ? 'master' : undefined
}

function openedOf(heard: Overheard, index: number, description: CommandDescription, secured: boolean): OpenedExchange {
  const { command, response, error, read, wire } = heard
  const times = wire.parts.flatMap(({ ms }) => (ms === undefined ? [] : [ms]))
  const file = read?.file
  return {
    index,
    commands: wire.parts.length,
    description: file === undefined || description.object !== undefined ? description : { ...description, object: nameOf(file) },
    protected: secured,
    command,
    ...(response && { response }),
    ...(error && { error }),
    ...(file !== undefined && { file }),
    ...(times.length > 0 && { ms: times.reduce((sum, ms) => sum + ms, 0) }),
  }
}

function nameOf(file: TracedName): string {
  return /^(DG\d+|COM|SOD|Card\w+)$/.test(file) ? `EF.${file}` : file
}
