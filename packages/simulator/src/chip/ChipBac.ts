import { bytesToBigInt, concatBytes, encodeUtf8, equalBytes } from '@cccd/core'
import { type CryptoPort, constantTimeEqual, type RandomSource } from '@cccd/crypto'
import type { CommandApdu } from '@cccd/iso7816'
import type { CardImage } from '../card/CardImage.js'
import { mrzInformation } from '../citizen/mrzLines.js'
import type { SessionStart } from './ChipSession.js'
import { createCipherSuite } from './CipherSuite.js'
import { StatusError } from './StatusError.js'

interface BacContext {
  readonly card: CardImage
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

/** The chip's side of Basic Access Control (Doc 9303-11, 4.3). */
export class ChipBac {
  readonly #context: BacContext
  #challenge: Uint8Array | undefined

  constructor(context: BacContext) {
    this.#context = context
  }

  abandon(): void {
    this.#challenge = undefined
  }

  /** GET CHALLENGE. */
  challenge(): Uint8Array {
    this.#challenge = this.#context.random(8)
    return this.#challenge.slice()
  }

  /**
   * EXTERNAL AUTHENTICATE with the 40 bytes of the terminal.
   * @throws StatusError 6700, 6985 without a challenge, 6300 for another MRZ
   */
  async authenticate(command: CommandApdu): Promise<{ readonly data: Uint8Array; readonly session: SessionStart }> {
    const challenge = this.#challenge
    this.abandon()
    if (command.data?.length !== 40) throw new StatusError(0x6700)
    if (challenge === undefined) throw new StatusError(0x6985)
    const { card, crypto, random } = this.#context
    const suite = await createCipherSuite('3DES', crypto)
    const seed = crypto.hash('sha1', encodeUtf8(mrzInformation(card.mrz))).slice(0, 16)
    const encryption = suite.derive(seed, 1)
    const mac = suite.derive(seed, 2)
    const zero = new Uint8Array(8)
    const cryptogram = command.data.slice(0, 32)
    if (!constantTimeEqual(suite.mac(mac, cryptogram), command.data.slice(32))) throw new StatusError(0x6300)
    const plain = suite.decrypt(encryption, zero, cryptogram)
    const terminal = plain.slice(0, 8)
    if (!equalBytes(plain.slice(8, 16), challenge)) throw new StatusError(0x6300)

    const own = random(16)
    const reply = suite.encrypt(encryption, zero, concatBytes(challenge, terminal, own))
    const shared = plain.slice(16).map((byte, index) => byte ^ (own[index] as number))
    return {
      data: concatBytes(reply, suite.mac(mac, reply)),
      session: {
        suite,
        encryption: suite.derive(shared, 1),
        mac: suite.derive(shared, 2),
        counter: bytesToBigInt(concatBytes(challenge.slice(4), terminal.slice(4))),
      },
    }
  }
}
