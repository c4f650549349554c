import { equalBytes } from '@cccd/core'
import type { CryptoPort, RandomSource } from '@cccd/crypto'
import { type CommandApdu, type DecodedCommand, decodeCommand, encodeResponse, type ResponseApdu } from '@cccd/iso7816'
import type { CardImage } from '../card/CardImage.js'
import { activeAuthentication } from './activeAuthentication.js'
import { ChipAuthentication } from './ChipAuthentication.js'
import { ChipBac } from './ChipBac.js'
import type { ChipBehaviour } from './ChipBehaviour.js'
import { type Asked, ChipFiles } from './ChipFiles.js'
import { ChipSession, type SessionStart } from './ChipSession.js'
import type { ChipTraits } from './ChipTraits.js'
import { CommandChain } from './CommandChain.js'
import { ChipPace } from './pace/ChipPace.js'
import { ChipPasswords } from './pace/ChipPasswords.js'
import { readBinary } from './readBinary.js'
import { StatusError } from './StatusError.js'

const applicationId = /* @__PURE__ */ Uint8Array.of(0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01)
const none = /* @__PURE__ */ new Uint8Array(0)

export interface ChipInput {
  readonly card: CardImage
  readonly traits: ChipTraits
  readonly behaviour: ChipBehaviour
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

/** What a command leads to: its answer, and keys that take effect after the answer has gone out under the old ones. */
interface Outcome extends ResponseApdu {
  readonly session?: SessionStart
}

const done: Outcome = { data: none, sw: 0x9000 }

/** The chip as a machine: one command APDU in, one response APDU out. */
export class Chip {
  readonly #input: ChipInput
  readonly #files: ChipFiles
  readonly #passwords: ChipPasswords
  readonly #pace: ChipPace
  readonly #bac: ChipBac
  readonly #authentication: ChipAuthentication
  #session: ChipSession | undefined
  readonly #chain = new CommandChain()
  #application: boolean
  #current: Uint8Array | undefined
  #pending: Uint8Array = none

  constructor(input: ChipInput) {
    this.#input = input
    this.#files = new ChipFiles(input.card, input.traits, input.behaviour.withheld ?? [])
    this.#passwords = new ChipPasswords(input.card, input.crypto)
    this.#pace = new ChipPace(input, this.#passwords)
    this.#bac = new ChipBac(input)
    this.#authentication = new ChipAuthentication(input)
    this.#application = input.traits.powerOn === 'application'
  }

  /** Power-on state: no file selected, no session. What the passwords have counted stays. */
  reset(): void {
    this.#endSession()
    this.#pace.abandon()
    this.#bac.abandon()
    this.#chain.abandon()
    this.#application = this.#input.traits.powerOn === 'application'
    this.#current = undefined
    this.#pending = none
  }

  async process(bytes: Uint8Array): Promise<Uint8Array> {
    let command: DecodedCommand
    try {
      command = decodeCommand(bytes)
    } catch {
      return encodeResponse({ data: none, sw: 0x6700 })
    }
    const { extendedLength } = this.#input.traits
    if (command.extended && (extendedLength === false || bytes.length > extendedLength.command))
      return encodeResponse({ data: none, sw: 0x6700 })
    if (command.ins === 0xc0) return this.#continue(command)
    this.#pending = none
    const isProtected = (command.cla & 0x0c) === 0x0c
    const le = this.#room(command)
    const answer = isProtected ? await this.#protected(command, le) : await this.#plain(command, le)
    return this.#limited(answer, le)
  }

  /** The most bytes of an answer: Le, and what the chip can send. */
  #room({ le = 0, extended }: DecodedCommand): number {
    const { extendedLength } = this.#input.traits
    return extended && extendedLength !== false ? Math.min(le, extendedLength.response - 2) : le
  }

  /** A plain command ends a running session and its rights (Doc 9303-11, 9.8.8). */
  async #plain(command: CommandApdu, room: number): Promise<ResponseApdu> {
    if ((command.cla & ~0x10) !== 0) return { data: none, sw: 0x6e00 }
    this.#endSession()
    try {
      const { session, ...answer } = await this.#execute(command, room)
      if (session !== undefined) this.#session = new ChipSession(session)
      return answer
    } catch (error) {
      return { data: none, sw: statusOf(error) }
    }
  }

  async #protected(command: CommandApdu, room: number): Promise<ResponseApdu> {
    const session = this.#session
    if (session === undefined) return { data: none, sw: 0x6988 }
    if ((command.cla & ~0x1c) !== 0) return { data: none, sw: 0x6e00 }
    const dataObject = command.ins === 0xb1 ? this.#input.traits.oddReadObject : 0x87
    try {
      const plain = session.unprotect(command)
      const outcome = await this.#attempt(plain, session.capacity(room, dataObject))
      const data = session.protect(outcome, dataObject)
      if (outcome.session !== undefined) {
        this.#endSession()
        this.#session = new ChipSession(outcome.session, session)
      }
      return { data, sw: outcome.sw }
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      this.#endSession()
      return { data: none, sw: error.sw }
    }
  }

  /** A refusal inside a session is protected like an answer, unless it ends the session. */
  async #attempt(command: CommandApdu, capacity: number): Promise<Outcome> {
    try {
      return await this.#execute(command, capacity)
    } catch (error) {
      if (error instanceof StatusError && error.endsSession) throw error
      return { data: none, sw: statusOf(error) }
    }
  }

  async #execute(part: CommandApdu, capacity: number): Promise<Outcome> {
    const command = this.#chain.add(part)
    if (command === undefined) return done
    const { traits } = this.#input
    switch (command.ins) {
      case 0xa4:
        return this.#select(command)
      case 0xb0:
      case 0xb1:
        return readBinary(command, { current: this.#current, select: (asked) => this.#selectFile(asked), capacity, traits })
      case 0x84:
        return this.#challenge(command)
      case 0x82:
        return this.#externalAuthenticate(command)
      case 0x22:
        return this.#manageSecurity(command)
      case 0x86:
        return this.#generalAuthenticate(command)
      case 0x88:
        return this.#internalAuthenticate(command)
      case 0x2c:
        return this.#resetRetryCounter(command)
      default:
        throw new StatusError(0x6d00)
    }
  }

  /** Whether the files of the holder are open: the PUK opens none. */
  get #granted(): boolean {
    return this.#session !== undefined && this.#session.password !== 'PUK'
  }

  #select({ p1, p2, data = none }: CommandApdu): Outcome {
    const { masterFile, unnamedMasterFile, nationalApplication } = this.#input.traits
    if ((p2 & 0xf3) !== 0) throw new StatusError(0x6a86)
    if (p1 === 0x04) {
      const national = nationalApplication !== undefined && equalBytes(data, nationalApplication)
      if (!national && !equalBytes(data, applicationId)) throw new StatusError(0x6a82)
      this.#application = true
      this.#current = undefined
      return done
    }
    if (p1 !== 0x00 && p1 !== 0x02) throw new StatusError(0x6a86)
    const id = data.length === 2 ? ((data[0] as number) << 8) | (data[1] as number) : undefined
    if (p1 === 0x00 && (id === undefined || id === 0x3f00)) {
      if (masterFile === '6D00') throw new StatusError(0x6d00)
      if (data.length !== 0 && id === undefined) throw new StatusError(0x6a80)
      if (id === undefined && unnamedMasterFile === 'ignored') return done
      this.#application = false
      this.#current = undefined
      return done
    }
    if (id === undefined) throw new StatusError(0x6700)
    this.#selectFile({ fid: id, p1 })
    return done
  }

  #selectFile(asked: Asked): Uint8Array {
    this.#current = undefined
    this.#current = this.#files.find(asked, { application: this.#application, granted: this.#granted })
    return this.#current
  }

  #challenge({ le }: CommandApdu): Outcome {
    if (this.#session !== undefined || !this.#input.traits.bac) throw new StatusError(0x6d00)
    if (le === undefined || (le !== 8 && le !== 256)) throw new StatusError(0x6700)
    return { data: this.#bac.challenge(), sw: 0x9000 }
  }

  async #externalAuthenticate(command: CommandApdu): Promise<Outcome> {
    if (this.#session !== undefined || !this.#input.traits.bac) throw new StatusError(0x6d00)
    if (!this.#application) throw new StatusError(0x6985)
    return { sw: 0x9000, ...(await this.#bac.authenticate(command)) }
  }

  async #manageSecurity(command: CommandApdu): Promise<Outcome> {
    const template = (command.p1 << 8) | command.p2
    if (template === 0xc1a4) {
      this.#authentication.abandon()
      return { data: none, sw: await this.#pace.setTemplate(command) }
    }
    if (template !== 0x41a4 && template !== 0x41a6) throw new StatusError(0x6a80)
    if (!this.#granted || !this.#application) throw new StatusError(0x6982)
    if (template === 0x41a6) return { ...done, session: await this.#authentication.setKeyAgreement(command) }
    this.#authentication.setTemplate(command)
    return done
  }

  async #generalAuthenticate(command: CommandApdu): Promise<Outcome> {
    const session = this.#session
    if (session !== undefined && this.#authentication.selected)
      return { sw: 0x9000, ...(await this.#authentication.authenticate(command)) }
    return { sw: 0x9000, ...(await this.#pace.authenticate(command, session?.password)) }
  }

  async #internalAuthenticate({ data = none, le }: CommandApdu): Promise<Outcome> {
    if (!this.#granted || !this.#application) throw new StatusError(0x6982)
    if (data.length !== 8 || le === undefined) throw new StatusError(0x6700)
    const { card, behaviour } = this.#input
    if (behaviour.withheld?.includes('DG15')) throw new StatusError(0x6d00)
    const challenge = behaviour.signedChallenge ?? data
    return { data: await activeAuthentication(card, challenge, this.#input), sw: 0x9000 }
  }

  /** RESET RETRY COUNTER without data for the PIN, in a session that was opened with the PUK (TR-03110-3, B.1). */
  #resetRetryCounter({ p1, p2, data }: CommandApdu): Outcome {
    if (this.#session?.password !== 'PUK') throw new StatusError(0x6982)
    if (p1 !== 0x03 || p2 !== 0x03 || data !== undefined) throw new StatusError(0x6a86)
    this.#passwords.unblock()
    return done
  }

  /** GET RESPONSE: the next part of an answer that was longer than Le. */
  #continue(command: DecodedCommand): Uint8Array {
    const { cla } = command
    const rest = this.#pending
    this.#pending = none
    if (cla !== 0x00) return encodeResponse({ data: none, sw: 0x6e00 })
    if (rest.length === 0) return encodeResponse({ data: none, sw: 0x6985 })
    return this.#limited({ data: rest, sw: 0x9000 }, this.#room(command))
  }

  /** No more than Le: what is left waits for GET RESPONSE. */
  #limited({ data, sw }: ResponseApdu, le: number): Uint8Array {
    if (data.length <= le) return encodeResponse({ data, sw })
    this.#pending = data.slice(le)
    const rest = this.#pending.length
    return encodeResponse({ data: data.slice(0, le), sw: 0x6100 | (rest > 255 ? 0 : rest) })
  }

  #endSession(): void {
    if (this.#session !== undefined) this.#chain.abandon()
    this.#session?.end()
    this.#session = undefined
    this.#authentication.abandon()
  }
}

function statusOf(error: unknown): number {
  if (error instanceof StatusError) return error.sw
  throw error
}
