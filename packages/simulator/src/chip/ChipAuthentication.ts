import { decodeOid, encodeTlv } from '@cccd/core'
import type { CryptoPort, RandomSource } from '@cccd/crypto'
import type { SessionCipher } from '@cccd/emrtd'
import type { CommandApdu } from '@cccd/iso7816'
import type { CardImage } from '../card/CardImage.js'
import { chipAuthenticationOids } from '../lds/protocols.js'
import type { SessionStart } from './ChipSession.js'
import { createCipherSuite } from './CipherSuite.js'
import { dataObjects, dynamicAuthenticationData } from './dataObjects.js'
import { StatusError } from './StatusError.js'

interface AuthenticationContext {
  readonly card: CardImage
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

/** The chip's side of Chip Authentication version 1 with ECDH (Doc 9303-11, 6.2). */
export class ChipAuthentication {
  readonly #context: AuthenticationContext
  #selected = false

  constructor(context: AuthenticationContext) {
    this.#context = context
  }

  abandon(): void {
    this.#selected = false
  }

  /** Whether MSE:Set AT chose it, so that the next GENERAL AUTHENTICATE is its own. */
  get selected(): boolean {
    return this.#selected
  }

  /** MSE:Set AT (41A4) for AES: protocol in DO 80. A key number in DO 84 is refused: there is one key and it has none. */
  setTemplate(command: CommandApdu): void {
    const objects = dataObjects(command.data)
    const cipher = this.#cipher()
    if (cipher === '3DES' || protocolOf(objects.get(0x80)) !== chipAuthenticationOids[cipher]) throw new StatusError(0x6a80)
    if (objects.has(0x84)) throw new StatusError(0x6a88)
    this.#selected = true
  }

  /** GENERAL AUTHENTICATE with the terminal's ephemeral key in DO 80. */
  async authenticate(command: CommandApdu): Promise<{ readonly data: Uint8Array; readonly session: SessionStart }> {
    this.#selected = false
    const point = dynamicAuthenticationData(command.data).get(0x80)
    return { data: encodeTlv(0x7c), session: await this.#agree(point) }
  }

  /** MSE:Set KAT (41A6) for 3DES: the terminal's ephemeral key in DO 91, one command for all. */
  async setKeyAgreement(command: CommandApdu): Promise<SessionStart> {
    const objects = dataObjects(command.data)
    if (this.#cipher() !== '3DES') throw new StatusError(0x6a80)
    if (objects.has(0x84)) throw new StatusError(0x6a88)
    return this.#agree(objects.get(0x91))
  }

  #cipher(): SessionCipher {
    const offer = this.#context.card.chipAuthentication
    if (offer === undefined) throw new StatusError(0x6a81)
    return offer.cipher
  }

  async #agree(point: Uint8Array | undefined): Promise<SessionStart> {
    const { card, crypto, random } = this.#context
    const offer = card.chipAuthentication
    if (point === undefined || offer === undefined) throw new StatusError(0x6a80)
    const curve = crypto.curve(offer.curve)
    const key = card.privateKeys.chipAuthentication
    // A chip that was copied without its key can only make one up; the keys that follow are then not the terminal's.
    const scalar = key?.type === 'ec' ? key.scalar : curve.randomScalar(random)
    let secret: Uint8Array
    try {
      secret = await curve.sharedSecret(scalar, point)
    } catch {
      throw new StatusError(0x6a80)
    }
    const suite = await createCipherSuite(offer.cipher, crypto)
    return { suite, encryption: suite.derive(secret, 1), mac: suite.derive(secret, 2) }
  }
}

function protocolOf(value: Uint8Array | undefined): string {
  try {
    return decodeOid(value ?? new Uint8Array(0))
  } catch {
    throw new StatusError(0x6a80)
  }
}
