import { CccdError, equalBytes, isCccdError, parseTlvSequence } from '@cccd/core'
import type { CryptoPort, RandomSource } from '@cccd/crypto'
import {
  type AccessCandidate,
  chipAuthentication,
  chooseChipAuthentication,
  type PaceResult,
  pace,
  parseDg14,
  parseSecurityInfos,
  rankPaceInfos,
  type SecurityInfo,
  vietnameseCardAccess,
} from '@cccd/emrtd'
import { bac } from '@cccd/emrtd/bac'
import {
  type CardChannel,
  type CommandApdu,
  decodeCommand,
  encodeResponse,
  extendedLimits,
  type Trace,
  TransportError,
} from '@cccd/iso7816'
import { isProtected, MessageCipher, objectsIn } from './MessageCipher.js'
import type { Conversation, Overheard, ProtocolRun, Run } from './Overheard.js'
import { scrubRefused } from './scrubRefused.js'
import { TracedFiles } from './TracedFiles.js'
import { joinExchanges, type WireExchange } from './wireExchanges.js'

const none = new Uint8Array(0)
/** A read opens its chip a few times with a few passwords; what makes us try more is not one. */
const mostAttempts = 256
const mostExchanges = 20_000
const longestRun = 12
/** Of Doc 9303-11, 4.4.4.1, DO 83. */
const passwordReferences: Readonly<Record<string, number>> = { MRZ: 1, CAN: 2, PIN: 3, PUK: 4 }

/**
 * Understands a trace as the reader did that made it: runs its protocols again over the recorded answers, with the recorded
 * randomness and the passwords of the read, and opens everything protected.
 */
export class Eavesdropper {
  readonly files = new TracedFiles()
  readonly #trace: Trace
  readonly #access: readonly AccessCandidate[]
  readonly #crypto: CryptoPort
  readonly #wires: readonly WireExchange[]
  #at = 0
  #drawn = 0
  #attempts = 0
  #cipher: MessageCipher | undefined

  constructor(trace: Trace, access: readonly AccessCandidate[], crypto: CryptoPort) {
    this.#trace = trace
    this.#access = access
    this.#crypto = crypto
    if (trace.exchanges.length > mostExchanges) throw scrubRefused('structure')
    this.#wires = joinExchanges(trace.exchanges)
  }

  /** The whole trace, opened. @throws SimulatorError `SIMULATOR_SCRUB_REFUSED`; CccdError for bytes that are none */
  async listen(): Promise<Conversation> {
    const out: (Overheard | ProtocolRun)[] = []
    try {
      for (let wire = this.#wires[0]; wire !== undefined; wire = this.#wires[this.#at]) {
        const run = await this.#runAt(wire)
        out.push(run ?? this.#next())
      }
      return out
    } finally {
      this.#cipher?.end()
    }
  }

  async #runAt({ command }: WireExchange): Promise<ProtocolRun | undefined> {
    const template = command.ins === 0x22 ? (command.p1 << 8) | command.p2 : 0
    const secured = isProtected(command.cla)
    if (template === 0xc1a4 && !secured) return this.#pace(command)
    if (command.ins === 0x84 && !secured) return this.#bac()
    if ((template === 0x41a4 || template === 0x41a6) && secured) return this.#chipAuthentication()
    return undefined
  }

  async #pace(command: CommandApdu): Promise<ProtocolRun> {
    const objects = new Map(parseTlvSequence(command.data ?? none).map(({ tag, value }) => [tag, value]))
    const reference = objects.get(0x83)?.[0]
    const parameters = objects.get(0x84)
    const offers = rankPaceInfos(this.#offers(), this.#crypto)
    for (const offer of offers.filter(({ info }) => parameters === undefined || info.parameterId === parameters[0]))
      for (const password of this.#access) {
        if (password.protocol !== 'PACE' || passwordReferences[password.password] !== reference) continue
        const extendedLength = this.#hasExtendedLength()
        const options = { ...offer, password, nameParameters: parameters !== undefined, extendedLength }
        const run = await this.#tryRun((channel, random) => pace(channel, { ...options, crypto: this.#crypto, random }))
        if (run !== undefined) return { type: 'pace', ...run, ...options }
      }
    throw scrubRefused('no-access')
  }

  async #bac(): Promise<ProtocolRun> {
    for (const password of this.#access) {
      if (password.protocol !== 'BAC') continue
      const run = await this.#tryRun((channel, random) => bac(channel, { mrz: password, crypto: this.#crypto, random }))
      if (run !== undefined) return { type: 'bac', ...run, password }
    }
    throw scrubRefused('no-access')
  }

  async #chipAuthentication(): Promise<ProtocolRun> {
    const dg14 = this.files.whole('DG14')
    if (dg14 === undefined) throw scrubRefused('unsupported', { step: 'chip-authentication' })
    const choice = chooseChipAuthentication(parseDg14(dg14).securityInfos)
    if (typeof choice === 'string') throw scrubRefused('unsupported', { step: 'chip-authentication' })
    const extendedLength = this.#hasExtendedLength()
    const run = await this.#tryRun((channel, random) =>
      chipAuthentication(channel, { choice, crypto: this.#crypto, random, extendedLength }),
    )
    if (run === undefined) throw scrubRefused('no-access')
    return { type: 'chip-authentication', ...run, choice, extendedLength }
  }

  /** Whether the commands of the run that begins here may be longer than 255 bytes: a reader without would have chained them. */
  #hasExtendedLength(): boolean {
    return this.#wires.slice(this.#at, this.#at + longestRun).some(({ command }) => command.extended)
  }

  /** What EF.CardAccess offers; like the reader, what is known of the Vietnamese card where it was not read. */
  #offers(): readonly SecurityInfo[] {
    const bytes = this.files.all().get('CardAccess')?.bytes
    try {
      if (bytes !== undefined) return parseSecurityInfos(bytes, { allowTrailing: true })
    } catch (error) {
      if (!CccdError.is(error)) throw error
    }
    return parseSecurityInfos(vietnameseCardAccess)
  }

  /**
   * Runs a protocol over the trace from here. Undefined, and back where it was, when it sends another command than the recorded one:
   * then the password is another. A run that the chip refused, or that the link ended, is one.
   */
  async #tryRun(run: (channel: CardChannel, random: RandomSource) => Promise<PaceResult>): Promise<Run | undefined> {
    if (++this.#attempts > mostAttempts) throw scrubRefused('structure')
    const before = { at: this.#at, drawn: this.#drawn, running: this.#cipher !== undefined }
    const exchanges: Overheard[] = []
    const channel: CardChannel = {
      limits: extendedLimits,
      transmit: async (bytes) => {
        const heard = this.#next()
        if (!isSame(decodeCommand(bytes), heard.command)) throw new TransportError('TRANSPORT_REPLAY_MISMATCH', 'another command')
        exchanges.push(heard)
        if (heard.response === undefined) throw new TransportError(heard.error ?? 'LINK_LOST', 'no answer came')
        return encodeResponse(heard.response)
      },
      close: async () => undefined,
    }
    try {
      const keys = await run(channel, (length) => this.#draw(length))
      this.#cipher?.end()
      this.#cipher = await MessageCipher.create(keys, this.#crypto)
      return { exchanges, opened: true, ...(keys.chipAuthentication && { mapping: keys.chipAuthentication }) }
    } catch (error) {
      if (!CccdError.is(error) || isCccdError(error, 'SIMULATOR_SCRUB_REFUSED')) throw error
      if (!error.code.startsWith('TRANSPORT_REPLAY_')) return exchanges.length > 0 ? { exchanges, opened: false } : undefined
      // A running session has moved its counter and cannot go back.
      if (before.running && this.#cipher !== undefined) throw scrubRefused('no-access')
      this.#at = before.at
      this.#drawn = before.drawn
      return undefined
    }
  }

  #draw(length: number): Uint8Array {
    const bytes = this.#trace.randomness[this.#drawn]
    if (bytes?.length !== length) throw new TransportError('TRANSPORT_REPLAY_MISMATCH', 'other randomness')
    this.#drawn++
    return bytes.slice()
  }

  /** The next exchange, opened. */
  #next(): Overheard {
    const wire = this.#wires[this.#at]
    if (wire === undefined) throw new TransportError('TRANSPORT_REPLAY_EXHAUSTED', 'the trace ends here')
    this.#at++
    const heard = isProtected(wire.command.cla) ? this.#openProtected(wire) : this.#openPlain(wire)
    const read = heard.response === undefined ? undefined : this.files.note(heard.command, heard.response)
    return read === undefined ? heard : { ...heard, read }
  }

  /** A plain command ends a running session (Doc 9303-11, 9.8.8). */
  #openPlain(wire: WireExchange): Overheard {
    this.#cipher?.end()
    this.#cipher = undefined
    const { command, response, error } = wire
    return { wire, command, form: 'plain', ...(response && { response }), ...(error && { error }) }
  }

  #openProtected(wire: WireExchange): Overheard {
    const cipher = this.#cipher
    if (cipher === undefined) throw scrubRefused('no-access')
    const command = cipher.openCommand(wire.command)
    const { response, error } = wire
    if (response === undefined) return { wire, command, form: 'protected', ...(error && { error }) }
    // A refusal without secure messaging: the session is over, for both sides.
    if (response.data.length === 0) return { wire, command, form: 'protected', response }
    const data = cipher.openResponse(response)
    if (data !== undefined) return { wire, command, form: 'protected', response: { data, sw: response.sw } }
    if (objectsIn(response.data) === undefined) throw scrubRefused('structure')
    return { wire, command, form: 'foreign', response: { data: none, sw: response.sw } }
  }
}

function isSame(sent: CommandApdu, recorded: CommandApdu): boolean {
  const chained = 0x10
  return (
    (sent.cla & chained) === (recorded.cla & chained) &&
    sent.ins === recorded.ins &&
    sent.p1 === recorded.p1 &&
    sent.p2 === recorded.p2 &&
    equalBytes(sent.data ?? none, recorded.data ?? none)
  )
}
