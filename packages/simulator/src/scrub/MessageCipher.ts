import {
  bigIntToBytes,
  bytesToBigInt,
  CccdError,
  concatBytes,
  equalBytes,
  parseTlvSequence,
  type TlvNode,
  wipe,
} from '@cccd/core'
import { type CryptoPort, padIso9797Method2, unpadIso9797Method2 } from '@cccd/crypto'
import type { SessionKeys } from '@cccd/emrtd'
import type { CommandApdu, DecodedCommand, ResponseApdu } from '@cccd/iso7816'
import { type CipherSuite, createCipherSuite } from '../chip/CipherSuite.js'
import { scrubRefused } from './scrubRefused.js'

const none = new Uint8Array(0)

/**
 * Secure messaging seen from beside the channel: opens both directions of a recorded session, and seals other contents into the very
 * same data objects, so that a message changes in nothing but its cryptogram and its MAC (Doc 9303-11, 9.8).
 */
export class MessageCipher {
  readonly #suite: CipherSuite
  readonly #encryption: Uint8Array
  readonly #mac: Uint8Array
  #counter: bigint

  private constructor(suite: CipherSuite, keys: SessionKeys) {
    this.#suite = suite
    this.#encryption = keys.encryption.slice()
    this.#mac = keys.mac.slice()
    this.#counter = bytesToBigInt(keys.sendSequenceCounter)
  }

  static async create(keys: SessionKeys, crypto: CryptoPort): Promise<MessageCipher> {
    return new MessageCipher(await createCipherSuite(keys.cipher, crypto), keys)
  }

  end(): void {
    wipe(this.#encryption, this.#mac)
  }

  /** The plain command inside. @throws SimulatorError `SIMULATOR_SCRUB_REFUSED` when it is not one of this session */
  openCommand(command: DecodedCommand): CommandApdu {
    const counter = this.#step()
    const data = command.data ?? none
    const objects = objectsIn(data)
    if (!this.#isGenuine(data, objects, counter, headerOf(command))) throw scrubRefused('no-access')
    const cryptogram = objects?.find(isCryptogram)
    const expected = objects?.find(({ tag }) => tag === 0x97)
    return {
      cla: command.cla & ~0x0c,
      ins: command.ins,
      p1: command.p1,
      p2: command.p2,
      ...(cryptogram && { data: this.#decrypt(cryptogram, counter) }),
      ...(expected && { le: lengthExpected(expected) }),
    }
  }

  /** The plain data inside an answer; undefined when the answer is not one of this session. */
  openResponse({ data }: ResponseApdu): Uint8Array | undefined {
    const counter = this.#step()
    const objects = objectsIn(data)
    if (!this.#isGenuine(data, objects, counter, none)) return undefined
    const cryptogram = objects?.find(isCryptogram)
    return cryptogram === undefined ? none : this.#decrypt(cryptogram, counter)
  }

  /** The data field of a recorded protected command with another content of the same length. */
  sealCommand(command: DecodedCommand, content: Uint8Array): Uint8Array {
    return this.#seal(command.data ?? none, content, headerOf(command))
  }

  /** The data field of a recorded protected answer with another content of the same length. */
  sealResponse({ data }: ResponseApdu, content: Uint8Array): Uint8Array {
    return this.#seal(data, content, none)
  }

  #seal(recorded: Uint8Array, content: Uint8Array, header: Uint8Array): Uint8Array {
    const counter = this.#step()
    const out = recorded.slice()
    const objects = objectsIn(out) ?? []
    const mac = objects[objects.length - 1]
    const cryptogram = objects.find(isCryptogram)
    if (mac?.tag !== 0x8e) throw scrubRefused('structure')
    if (cryptogram !== undefined) {
      const suite = this.#suite
      const place = cryptogramIn(cryptogram)
      const padded = padIso9797Method2(content, suite.blockLength)
      if (padded.length !== place.length) throw scrubRefused('structure')
      place.set(suite.encrypt(this.#encryption, suite.iv(this.#encryption, counter), padded))
    } else if (content.length > 0) throw scrubRefused('structure')
    const value = this.#macOver(out.subarray(0, mac.start), counter, header)
    if (value.length !== mac.length) throw scrubRefused('structure')
    mac.value.set(value)
    return out
  }

  #isGenuine(data: Uint8Array, objects: readonly TlvNode[] | undefined, counter: Uint8Array, header: Uint8Array): boolean {
    const mac = objects?.[objects.length - 1]
    return mac?.tag === 0x8e && equalBytes(this.#macOver(data.subarray(0, mac.start), counter, header), mac.value)
  }

  #macOver(covered: Uint8Array, counter: Uint8Array, header: Uint8Array): Uint8Array {
    const suite = this.#suite
    const { blockLength } = suite
    const head = header.length === 0 ? none : padIso9797Method2(header, blockLength)
    const input = concatBytes(counter, head, covered)
    // Without data objects the padded header ends the input; it is not padded again.
    const padded = head.length > 0 && covered.length === 0 ? input : padIso9797Method2(input, blockLength)
    return suite.macBlocks(this.#mac, padded)
  }

  #decrypt(object: TlvNode, counter: Uint8Array): Uint8Array {
    const suite = this.#suite
    const bytes = cryptogramIn(object)
    if (bytes.length === 0 || bytes.length % suite.blockLength !== 0) throw scrubRefused('structure')
    try {
      return unpadIso9797Method2(suite.decrypt(this.#encryption, suite.iv(this.#encryption, counter), bytes))
    } catch (error) {
      if (CccdError.is(error)) throw scrubRefused('structure')
      throw error
    }
  }

  #step(): Uint8Array {
    const { blockLength } = this.#suite
    this.#counter = (this.#counter + 1n) & ((1n << BigInt(8 * blockLength)) - 1n)
    return bigIntToBytes(this.#counter, blockLength)
  }
}

function headerOf({ cla, ins, p1, p2 }: CommandApdu): Uint8Array {
  return Uint8Array.of(cla, ins, p1, p2)
}

function isCryptogram({ tag }: TlvNode): boolean {
  return tag === 0x87 || tag === 0x85
}

/** DO 87 has its padding indicator before the cryptogram, DO 85 none. */
function cryptogramIn({ tag, value }: TlvNode): Uint8Array {
  return tag === 0x87 ? value.subarray(1) : value
}

/** Whether a class byte says secure messaging with an authenticated header, chained or not (ISO/IEC 7816-4, 5.4.1). */
export function isProtected(cla: number): boolean {
  return (cla & 0xec) === 0x0c
}

/** The data objects of a protected message; undefined for what is none. */
export function objectsIn(data: Uint8Array): TlvNode[] | undefined {
  try {
    return parseTlvSequence(data)
  } catch (error) {
    if (CccdError.is(error)) return undefined
    throw error
  }
}

/** Ne in DO 97: one byte or two, zero for the most. */
function lengthExpected({ value }: TlvNode): number {
  const [first = 0, second] = value
  return second === undefined ? first || 0x100 : (first << 8) | second || 0x10000
}
