import { encodeUtf8 } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import type { CardImage } from '../../card/CardImage.js'
import { mrzInformation } from '../../citizen/mrzLines.js'
import { StatusError } from '../StatusError.js'

/** What PACE can be run with (Doc 9303-11, 4.4.4.1; PIN and PUK are TR-03110's, no passwords of the ICAO). */
export type ChipPassword = 'MRZ' | 'CAN' | 'PIN' | 'PUK'

const references: ReadonlyMap<number, ChipPassword> = /* @__PURE__ */ new Map<number, ChipPassword>([
  [1, 'MRZ'],
  [2, 'CAN'],
  [3, 'PIN'],
  [4, 'PUK'],
])

/** Tries before the last ones need the card access number, or are gone. */
const mostTries = { PIN: 3, PUK: 10 } as const

/**
 * The passwords of a chip and their retry counters (TR-03110-2, 3.3 and 3.5). MRZ and card access number never block. The PIN is
 * suspended with one try left, until the card access number is shown, and blocked with none, until the PUK is. What is counted outlasts
 * a reset.
 */
export class ChipPasswords {
  readonly #card: CardImage
  readonly #crypto: CryptoPort
  readonly #tries: { PIN: number; PUK: number } = { ...mostTries }

  constructor(card: CardImage, crypto: CryptoPort) {
    this.#card = card
    this.#crypto = crypto
  }

  /** The password that a reference stands for. @throws StatusError 6A88 when the chip has none such */
  named(reference: number | undefined): ChipPassword {
    const password = references.get(reference ?? 0)
    if (password === undefined || this.#text(password) === undefined) throw new StatusError(0x6a88)
    return password
  }

  /** The bytes of which the key is derived (Doc 9303-11, 9.7.3). */
  secret(password: ChipPassword): Uint8Array {
    const text = encodeUtf8(this.#text(password) ?? '')
    return password === 'MRZ' ? this.#crypto.hash('sha1', text) : text
  }

  #text(password: ChipPassword): string | undefined {
    const card = this.#card
    return { MRZ: mrzInformation(card.mrz), CAN: card.can, PIN: card.pin, PUK: card.puk }[password]
  }

  /** What MSE:Set AT says: 9000, or how many tries are left once some are gone. */
  selectionStatus(password: ChipPassword): number {
    if (password === 'MRZ' || password === 'CAN') return 0x9000
    const left = this.#tries[password]
    return left === mostTries[password] ? 0x9000 : 0x63c0 | left
  }

  /**
   * Lets a run begin.
   * @param current what the running session was opened with
   * @throws StatusError 6983 blocked, 6985 suspended: show the card access number first
   */
  assertUsable(password: ChipPassword, current: ChipPassword | undefined): void {
    if (password === 'MRZ' || password === 'CAN') return
    if (this.#tries[password] === 0) throw new StatusError(0x6983)
    if (password === 'PIN' && this.#tries.PIN === 1 && current !== 'CAN') throw new StatusError(0x6985)
  }

  /** Counts a wrong try. @returns the status word: 6300, or 63CX with the tries that are left */
  failed(password: ChipPassword): number {
    if (password === 'MRZ' || password === 'CAN') return 0x6300
    this.#tries[password] = Math.max(0, this.#tries[password] - 1)
    return 0x63c0 | this.#tries[password]
  }

  succeeded(password: ChipPassword): void {
    if (password === 'PIN') this.#tries.PIN = mostTries.PIN
  }

  /** RESET RETRY COUNTER in a session of the PUK: the PIN works again, and the PUK has one use less. */
  unblock(): void {
    this.#tries.PIN = mostTries.PIN
    this.#tries.PUK = Math.max(0, this.#tries.PUK - 1)
  }
}
