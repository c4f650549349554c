import { equalBytes } from '@cccd/core'
import type { CryptoPort, RandomSource } from '@cccd/crypto'
import { type CommandApdu, type DecodedCommand, decodeCommand, encodeResponse, type ResponseApdu } from '@cccd/iso7816'
import type { CardImage } from '../card/CardImage.js'
import { activeAuthentication } from './activeAuthentication.js'
import { ChipAuthentication } from './ChipAuthentication.js'
import { ChipBac } from './ChipBac.js'
import type { ChipBehaviour } from './ChipBehaviour.js'
import { ChipFiles } from './ChipFiles.js'
import { ChipPace } from './ChipPace.js'
import type { ChipProfile } from './ChipProfile.js'
import { ChipSession, type SessionStart } from './ChipSession.js'
import { readBinary } from './readBinary.js'
import { StatusError } from './StatusError.js'

const applicationId = /* @__PURE__ */ Uint8Array.of(0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01)
const none = /* @__PURE__ */ new Uint8Array(0)

export interface ChipInput {
  readonly card: CardImage
  readonly profile: ChipProfile
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
  readonly #pace: ChipPace
  readonly #bac: ChipBac
  readonly #authentication: ChipAuthentication
  #session: ChipSession | undefined
  #application = false
  #current: Uint8Array | undefined
  #pending: Uint8Array = none

  constructor(input: ChipInput) {
    this.#input = input
    this.#files = new ChipFiles(input.card, input.profile, input.behaviour.withheld ?? [])
    this.#pace = new ChipPace(input)
    this.#bac = new ChipBac(input)
    this.#authentication = new ChipAuthentication(input)
  }

  /** Power-on state: nothing selected, no session. */
  reset(): void {
    this.#endSession()
    this.#pace.abandon()
    this.#bac.abandon()
    this.#application = false
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
    if (command.extended && !this.#input.profile.extendedLength) return encodeResponse({ data: none, sw: 0x6700 })
    if (command.ins === 0xc0) return this.#continue(command)
    this.#pending = none
    const isProtected = (command.cla & 0x0c) === 0x0c
    const answer = isProtected ? await this.#protected(command) : await this.#plain(command)
    return this.#limited(answer, command.le ?? 0)
  }

  /** A plain command ends a running session and its rights (Doc 9303-11, 9.8.8). */
  async #plain(command: CommandApdu): Promise<ResponseApdu> {
    if ((command.cla & ~0x10) !== 0) return { data: none, sw: 0x6e00 }
    this.#endSession()
    try {
      const { session, ...answer } = await this.#execute(command, command.le ?? 0, false)
      if (session !== undefined) this.#session = new ChipSession(session)
      return answer
    } catch (error) {
      return { data: none, sw: statusOf(error) }
    }
  }

  async #protected(command: CommandApdu): Promise<ResponseApdu> {
    const session = this.#session
    if (session === undefined) return { data: none, sw: 0x6988 }
    if ((command.cla & ~0x1c) !== 0) return { data: none, sw: 0x6e00 }
    const dataObject = command.ins === 0xb1 ? this.#input.profile.oddReadObject : 0x87
    try {
      const plain = session.unprotect(command)
      const outcome = await this.#attempt(plain, session.capacity(command.le ?? 0, dataObject))
      const data = session.protect(outcome, dataObject)
      if (outcome.session !== undefined) {
        this.#endSession()
        this.#session = new ChipSession(outcome.session)
      }
      return { data, sw: outcome.sw }
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      this.#endSession()
      return { data: none, sw: error.sw }
    }
  }

  /** A refusal inside a session is protected like an answer. */
  async #attempt(command: CommandApdu, capacity: number): Promise<Outcome> {
    try {
      return await this.#execute(command, capacity, true)
    } catch (error) {
      return { data: none, sw: statusOf(error) }
    }
  }

  async #execute(command: CommandApdu, capacity: number, granted: boolean): Promise<Outcome> {
    switch (command.ins) {
      case 0xa4:
        return this.#select(command, granted)
      case 0xb0:
      case 0xb1:
        return readBinary(command, {
          current: this.#current,
          select: (id) => this.#selectFile(id, granted),
          capacity: Math.min(capacity, this.#input.profile.maxRead),
        })
      case 0x84:
        return this.#challenge(command, granted)
      case 0x82:
        return this.#externalAuthenticate(command, granted)
      case 0x22:
        return this.#manageSecurity(command, granted)
      case 0x86:
        return this.#generalAuthenticate(command, granted)
      case 0x88:
        return this.#internalAuthenticate(command, granted)
      default:
        throw new StatusError(0x6d00)
    }
  }

  #select({ p1, p2, data = none }: CommandApdu, granted: boolean): Outcome {
    if ((p2 & 0xf3) !== 0) throw new StatusError(0x6a86)
    if (p1 === 0x04) {
      if (!equalBytes(data, applicationId)) throw new StatusError(0x6a82)
      this.#application = true
      this.#current = undefined
      return done
    }
    if (p1 !== 0x00 && p1 !== 0x02) throw new StatusError(0x6a86)
    const id = data.length === 2 ? ((data[0] as number) << 8) | (data[1] as number) : undefined
    if (p1 === 0x00 && (id === undefined || id === 0x3f00)) {
      if (this.#input.profile.masterFile === '6D00') throw new StatusError(0x6d00)
      if (data.length !== 0 && id === undefined) throw new StatusError(0x6a80)
      this.#application = false
      this.#current = undefined
      return done
    }
    if (id === undefined) throw new StatusError(0x6700)
    this.#selectFile(id, granted)
    return done
  }

  #selectFile(id: number, granted: boolean): Uint8Array {
    this.#current = undefined
    this.#current = this.#files.find(id, { application: this.#application, granted })
    return this.#current
  }

  #challenge({ le }: CommandApdu, granted: boolean): Outcome {
    if (granted || !this.#input.profile.bac) throw new StatusError(0x6d00)
    if (le === undefined || (le !== 8 && le !== 256)) throw new StatusError(0x6700)
    return { data: this.#bac.challenge(), sw: 0x9000 }
  }

  async #externalAuthenticate(command: CommandApdu, granted: boolean): Promise<Outcome> {
    if (granted || !this.#input.profile.bac) throw new StatusError(0x6d00)
    if (!this.#application) throw new StatusError(0x6985)
    return { sw: 0x9000, ...(await this.#bac.authenticate(command)) }
  }

  async #manageSecurity(command: CommandApdu, granted: boolean): Promise<Outcome> {
    const template = (command.p1 << 8) | command.p2
    if (template === 0xc1a4) {
      this.#authentication.abandon()
      await this.#pace.setTemplate(command)
      return done
    }
    if (template !== 0x41a4 && template !== 0x41a6) throw new StatusError(0x6a80)
    if (!granted || !this.#application) throw new StatusError(0x6982)
    if (template === 0x41a6) return { ...done, session: await this.#authentication.setKeyAgreement(command) }
    this.#authentication.setTemplate(command)
    return done
  }

  async #generalAuthenticate(command: CommandApdu, granted: boolean): Promise<Outcome> {
    const protocol = granted && this.#authentication.selected ? this.#authentication : this.#pace
    return { sw: 0x9000, ...(await protocol.authenticate(command)) }
  }

  async #internalAuthenticate({ data = none, le }: CommandApdu, granted: boolean): Promise<Outcome> {
    if (!granted || !this.#application) throw new StatusError(0x6982)
    if (data.length !== 8 || le === undefined) throw new StatusError(0x6700)
    const { card, behaviour } = this.#input
    if (behaviour.withheld?.includes('DG15')) throw new StatusError(0x6d00)
    const challenge = behaviour.signedChallenge ?? data
    return { data: await activeAuthentication(card, challenge, this.#input), sw: 0x9000 }
  }

  /** GET RESPONSE: the next part of an answer that was longer than Le. */
  #continue({ cla, le }: CommandApdu): Uint8Array {
    const rest = this.#pending
    this.#pending = none
    if (cla !== 0x00) return encodeResponse({ data: none, sw: 0x6e00 })
    if (rest.length === 0) return encodeResponse({ data: none, sw: 0x6985 })
    return this.#limited({ data: rest, sw: 0x9000 }, le ?? 0)
  }

  /** No more than Le: what is left waits for GET RESPONSE. */
  #limited({ data, sw }: ResponseApdu, le: number): Uint8Array {
    if (data.length <= le) return encodeResponse({ data, sw })
    this.#pending = data.slice(le)
    const rest = this.#pending.length
    return encodeResponse({ data: data.slice(0, le), sw: 0x6100 | (rest > 255 ? 0 : rest) })
  }

  #endSession(): void {
    this.#session?.end()
    this.#session = undefined
    this.#authentication.abandon()
  }
}

function statusOf(error: unknown): number {
  if (error instanceof StatusError) return error.sw
  throw error
}
