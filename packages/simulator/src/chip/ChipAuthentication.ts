import { bytesToBigInt, decodeOid, encodeTlv } from '@cccd/core'
import type { CryptoPort, RandomSource } from '@cccd/crypto'
import type { CommandApdu } from '@cccd/iso7816'
import type { CardImage, ChipKey } from '../card/CardImage.js'
import { agreementOf, chipAuthenticationOid } from '../lds/protocols.js'
import type { SessionStart } from './ChipSession.js'
import { createCipherSuite } from './CipherSuite.js'
import { dataObjects, dynamicAuthenticationData } from './dataObjects.js'
import { groupOf } from './groupOf.js'
import { StatusError } from './StatusError.js'

interface AuthenticationContext {
  readonly card: CardImage
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

/** The chip's side of Chip Authentication version 1, over curves and groups modulo a prime (Doc 9303-11, 6.2). */
export class ChipAuthentication {
  readonly #context: AuthenticationContext
  #selected: ChipKey | undefined

  constructor(context: AuthenticationContext) {
    this.#context = context
  }

  abandon(): void {
    this.#selected = undefined
  }

  /** Whether MSE:Set AT chose a key, so that the next GENERAL AUTHENTICATE is for it. */
  get selected(): boolean {
    return this.#selected !== undefined
  }

  /**
   * MSE:Set AT (41A4) for AES: protocol in DO 80, key in DO 84 where there are several.
   * @throws StatusError 6A80 for a protocol that no key has, 6A88 for a key that is not there
   */
  setTemplate(command: CommandApdu): void {
    const objects = dataObjects(command.data)
    const oid = protocolOf(objects.get(0x80))
    const keys = this.#keys().filter(({ cipher }) => cipher !== '3DES')
    this.#selected = choose(
      keys.filter(({ group, cipher }) => cipher !== undefined && chipAuthenticationOid(agreementOf(group), cipher) === oid),
      objects.get(0x84),
    )
  }

  /** GENERAL AUTHENTICATE with the terminal's ephemeral key in DO 80. */
  async authenticate(command: CommandApdu): Promise<{ readonly data: Uint8Array; readonly session: SessionStart }> {
    const key = this.#selected
    this.abandon()
    if (key === undefined) throw new StatusError(0x6985)
    const element = dynamicAuthenticationData(command.data).get(0x80)
    return { data: encodeTlv(0x7c), session: await this.#agree(key, element) }
  }

  /** MSE:Set KAT (41A6) for 3DES: the terminal's ephemeral key in DO 91, one command for all (6.2.4.1). */
  async setKeyAgreement(command: CommandApdu): Promise<SessionStart> {
    const objects = dataObjects(command.data)
    const keys = this.#keys().filter(({ cipher }) => cipher === '3DES')
    return this.#agree(choose(keys, objects.get(0x84)), objects.get(0x91))
  }

  #keys(): ChipKey[] {
    const keys = this.#context.card.chipKeys.filter(({ use }) => use === 'chip-authentication')
    if (keys.length === 0) throw new StatusError(0x6a81)
    return keys
  }

  async #agree({ group: name, cipher = '3DES', secret }: ChipKey, element: Uint8Array | undefined): Promise<SessionStart> {
    const { crypto, random } = this.#context
    if (element === undefined) throw new StatusError(0x6a80)
    const group = groupOf(crypto, name)
    // A chip that was copied without its key can only make one up; the keys that follow are then not the terminal's.
    const scalar = secret ?? group.randomScalar(random)
    let shared: Uint8Array
    try {
      shared = await group.sharedSecret(scalar, element)
    } catch {
      throw new StatusError(0x6a80)
    }
    const suite = await createCipherSuite(cipher, crypto)
    return { suite, encryption: suite.derive(shared, 1), mac: suite.derive(shared, 2) }
  }
}

/** The key that a reference names; without one, the first. @throws StatusError 6A80 when no key fits, 6A88 when none has the number */
function choose(keys: readonly ChipKey[], reference: Uint8Array | undefined): ChipKey {
  if (keys.length === 0) throw new StatusError(0x6a80)
  if (reference !== undefined && reference.length > 4) throw new StatusError(0x6a80)
  const wanted = reference && Number(bytesToBigInt(reference))
  const found = wanted === undefined ? keys[0] : keys.find(({ keyId }) => keyId === wanted)
  if (found === undefined) throw new StatusError(0x6a88)
  return found
}

function protocolOf(value: Uint8Array | undefined): string {
  try {
    return decodeOid(value ?? new Uint8Array(0))
  } catch {
    throw new StatusError(0x6a80)
  }
}
