import { concatBytes } from '@cccd/core'
import type { PrivateKeySpec, RandomSource } from '@cccd/crypto'
import {
  type AccessCandidate,
  chipAuthentication,
  chooseChipAuthentication,
  pace,
  parseDg14,
  type SessionKeys,
} from '@cccd/emrtd'
import { bac } from '@cccd/emrtd/bac'
import {
  type CardChannel,
  type DecodedCommand,
  decodeCommand,
  decodeResponse,
  type Exchange,
  encodeResponse,
  extendedLimits,
  TransportError,
} from '@cccd/iso7816'
import { virtualCard } from '../chip/virtualCard.js'
import { isProtected, MessageCipher, objectsIn } from './MessageCipher.js'
import type { Conversation, Overheard, ProtocolRun } from './Overheard.js'
import type { ScrubTools } from './scrubCertificate.js'
import { likewise } from './scrubCertificate.js'
import { scrubRefused } from './scrubRefused.js'
import { stageCard } from './stageCard.js'
import type { TracedName } from './TracedFiles.js'
import { splitExchange } from './wireExchanges.js'

const none = new Uint8Array(0)
const selectApplication = Uint8Array.of(0x00, 0xa4, 0x04, 0x0c, 0x07, 0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01)

export interface Stage {
  readonly tools: ScrubTools
  /** Files of the new chip, as far as they were read. */
  readonly files: ReadonlyMap<TracedName, Uint8Array>
  /** The password in the place of a recorded one. */
  readonly passwordFor: (password: AccessCandidate) => AccessCandidate
  /** The key that chip-authentication mapping proves, where it did; undefined: one that nobody knows. */
  readonly mappingKey: (run: ProtocolRun) => Promise<PrivateKeySpec | undefined>
  /** The answer of active authentication; undefined: one that does not verify. */
  readonly answerChallenge: (heard: Overheard, challenge: Uint8Array) => Promise<Uint8Array | undefined>
}

/**
 * Plays a conversation again with another chip: the same commands, answers of the same lengths and with the same status words, other
 * passwords, keys, files and random bytes. Only messages that the recorded session could have made are made again.
 */
export class Reenactment {
  readonly exchanges: Exchange[] = []
  readonly randomness: Uint8Array[] = []
  readonly #stage: Stage
  #cipher: MessageCipher | undefined

  constructor(stage: Stage) {
    this.#stage = stage
  }

  /** @throws SimulatorError `SIMULATOR_SCRUB_REFUSED` */
  async play(conversation: Conversation): Promise<void> {
    try {
      for (const item of conversation) {
        if ('type' in item) await this.#run(item)
        else await this.#repeat(item)
      }
    } finally {
      this.#cipher?.end()
    }
  }

  /** What the reader of the new trace will draw. */
  readonly #random: RandomSource = (length) => {
    const bytes = this.#stage.tools.random(length)
    this.randomness.push(bytes.slice())
    return bytes
  }

  async #run(run: ProtocolRun): Promise<void> {
    const { crypto } = this.#stage.tools
    const context = { crypto, random: this.#random }
    switch (run.type) {
      case 'pace': {
        const password = this.#stage.passwordFor(run.password)
        if (password.protocol !== 'PACE') throw scrubRefused('structure')
        const { info, parameters, explicit, nameParameters, extendedLength } = run
        const key = await this.#stage.mappingKey(run)
        const chip = virtualCard(stageCard(password, { info, parameters, explicit, key }), {
          crypto,
          random: this.#stage.tools.random,
        })
        const options = { ...context, info, parameters, password, nameParameters, extendedLength }
        return this.#protocol(run, chip, (channel) => pace(channel, options))
      }
      case 'bac': {
        const password = this.#stage.passwordFor(run.password)
        if (password.protocol !== 'BAC') throw scrubRefused('structure')
        const chip = virtualCard(stageCard(password), { crypto, random: this.#stage.tools.random })
        await chip.transmit(selectApplication)
        return this.#protocol(run, chip, (channel) => bac(channel, { ...context, mrz: password }))
      }
      case 'chip-authentication': {
        const dg14 = this.#stage.files.get('DG14')
        const choice = dg14 === undefined ? undefined : chooseChipAuthentication(parseDg14(dg14).securityInfos)
        if (choice === undefined || typeof choice === 'string' || choice.oid !== run.choice.oid) throw scrubRefused('structure')
        return this.#protocol(run, undefined, (channel) =>
          chipAuthentication(channel, { ...context, choice, extendedLength: run.extendedLength }),
        )
      }
    }
  }

  /**
   * One run of a protocol by the reader's own code. The chip's answers have to be as long as the recorded ones; a recorded refusal is
   * repeated whatever the chip says, and where the recorded run failed on an answer, that answer is made worthless.
   */
  async #protocol(
    run: ProtocolRun,
    chip: CardChannel | undefined,
    start: (channel: CardChannel) => Promise<SessionKeys>,
  ): Promise<void> {
    let at = 0
    const channel: CardChannel = {
      limits: extendedLimits,
      close: async () => undefined,
      transmit: async (bytes) => {
        const heard = run.exchanges[at++]
        if (heard === undefined) throw new TransportError('TRANSPORT_REPLAY_EXHAUSTED', 'the run ended here')
        const command = decodeCommand(bytes)
        const { response } = heard
        const made = chip === undefined ? undefined : await wholeAnswer(chip, bytes)
        const isLast = at === run.exchanges.length
        const data = response === undefined ? none : answerLike(response, made, isLast && !run.opened, this.#stage.tools)
        this.#write(heard, command.data ?? none, data)
        if (response === undefined) throw new TransportError(heard.error ?? 'LINK_LOST', 'no answer came')
        return encodeResponse({ data, sw: response.sw })
      },
    }
    const keys = await start(channel).catch((error: unknown) => {
      if (run.opened || at < run.exchanges.length || isRefusal(error)) throw error
      return undefined
    })
    if (at !== run.exchanges.length || (keys !== undefined) !== run.opened) throw scrubRefused('structure')
    if (keys === undefined) return
    this.#cipher?.end()
    this.#cipher = await MessageCipher.create(keys, this.#stage.tools.crypto)
  }

  /** An exchange that belongs to no protocol run. */
  async #repeat(heard: Overheard): Promise<void> {
    const { command, response, read } = heard
    const data = command.data ?? none
    const length = response?.data.length ?? 0
    switch (command.ins) {
      case 0xa4:
        return this.#write(heard, data, new Uint8Array(length))
      case 0xb0:
      case 0xb1: {
        if (read === undefined || response === undefined) return this.#write(heard, data, new Uint8Array(length))
        const file = this.#stage.files.get(read.file)?.subarray(read.offset, read.offset + length - read.header)
        if (file?.length !== length - read.header) throw scrubRefused('structure')
        return this.#write(heard, data, concatBytes(response.data.subarray(0, read.header), file))
      }
      case 0x88: {
        const challenge = likewise(data, this.#stage.tools)
        const answer = length === 0 ? none : await this.#stage.answerChallenge(heard, challenge)
        return this.#write(heard, challenge, answer ?? this.#stage.tools.random(length))
      }
      default:
        // What a chip says of itself where nobody of Doc 9303 asked, a serial number among it, is not kept.
        return this.#write(heard, new Uint8Array(data.length), new Uint8Array(length))
    }
  }

  #write(heard: Overheard, commandData: Uint8Array, responseData: Uint8Array): void {
    const { wire } = heard
    if (commandData.length !== (heard.command.data?.length ?? 0)) throw scrubRefused('structure')
    if (!isProtected(wire.command.cla)) {
      this.#cipher?.end()
      this.#cipher = undefined
      this.exchanges.push(
        ...splitExchange(wire, withData(wire.parts[0]?.command ?? none, wire.command, commandData), responseData),
      )
      return
    }
    const cipher = this.#cipher
    if (cipher === undefined) throw scrubRefused('structure')
    const command = withData(wire.parts[0]?.command ?? none, wire.command, cipher.sealCommand(wire.command, commandData))
    this.exchanges.push(...splitExchange(wire, command, this.#sealed(heard, responseData, cipher)))
  }

  #sealed({ wire, form }: Overheard, data: Uint8Array, cipher: MessageCipher): Uint8Array {
    const { response } = wire
    if (response === undefined || response.data.length === 0) return none
    return form === 'foreign' ? worthless(response.data, this.#stage.tools.random) : cipher.sealResponse(response, data)
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SIMULATOR_SCRUB_REFUSED'
}

/** An answer that is longer than the command asked for comes in parts. */
async function wholeAnswer(chip: CardChannel, command: Uint8Array): Promise<Answer> {
  let { data, sw } = decodeResponse(await chip.transmit(command))
  while (sw >> 8 === 0x61) {
    const part = decodeResponse(await chip.transmit(Uint8Array.of(0x00, 0xc0, 0x00, 0x00, sw & 0xff)))
    data = concatBytes(data, part.data)
    sw = part.sw
  }
  return { data, sw }
}

type Answer = NonNullable<Overheard['response']>

function answerLike(recorded: Answer, made: Answer | undefined, isWorthless: boolean, { random }: ScrubTools): Uint8Array {
  const { data, sw } = recorded
  if (sw !== 0x9000) return new Uint8Array(data.length)
  if (isWorthless) return worthless(data, random)
  // Chip Authentication: nothing secret is in its answers, 7C 00 at most.
  if (made === undefined) return data.slice()
  if (made.sw !== 0x9000 || made.data.length !== data.length) throw scrubRefused('structure')
  return made.data
}

/** The same data objects with random contents; without objects, zeros. */
function worthless(data: Uint8Array, random: RandomSource): Uint8Array {
  const out = data.slice()
  const objects = objectsIn(out)
  if (objects === undefined) return out.fill(0)
  for (const object of objects) {
    const inner = object.constructed ? (objectsIn(object.value) ?? [object]) : [object]
    for (const { tag, value } of inner)
      if (tag !== 0x99) value.set(random(value.length - (tag === 0x87 ? 1 : 0)), tag === 0x87 ? 1 : 0)
  }
  return out
}

/** The bytes of a command with another data field of the same length. */
function withData(bytes: Uint8Array, { data, extended }: DecodedCommand, replacement: Uint8Array): Uint8Array {
  if (replacement.length !== (data?.length ?? 0)) throw scrubRefused('structure')
  const out = bytes.slice()
  if (replacement.length > 0) out.set(replacement, extended ? 7 : 5)
  return out
}
