import { bigIntToBytes, concatBytes, encodeTlv, parseTlvSequence, type TlvNode, wipe } from '@cccd/core'
import { constantTimeEqual, padIso9797Method2, unpadIso9797Method2 } from '@cccd/crypto'
import type { CommandApdu, ResponseApdu } from '@cccd/iso7816'
import type { CipherSuite } from './CipherSuite.js'
import type { ChipPassword } from './pace/ChipPasswords.js'
import { StatusError } from './StatusError.js'

const missing = (): StatusError => new StatusError(0x6987, true)
const incorrect = (): StatusError => new StatusError(0x6988, true)

export interface SessionStart {
  readonly suite: CipherSuite
  readonly encryption: Uint8Array
  readonly mac: Uint8Array
  /** Send sequence counter; zero but after BAC. */
  readonly counter?: bigint
  /** What it was opened with; BAC has the MRZ. */
  readonly password?: ChipPassword
}

/** The chip's side of secure messaging (Doc 9303-11, 9.8). */
export class ChipSession {
  readonly #suite: CipherSuite
  readonly #encryption: Uint8Array
  readonly #mac: Uint8Array
  /** What the session, or the one that it grew out of, was opened with. */
  readonly password: ChipPassword
  #counter: bigint

  constructor(start: SessionStart, before?: ChipSession) {
    this.password = start.password ?? before?.password ?? 'MRZ'
    this.#suite = start.suite
    this.#encryption = start.encryption
    this.#mac = start.mac
    this.#counter = start.counter ?? 0n
  }

  end(): void {
    wipe(this.#encryption, this.#mac)
  }

  #step(): Uint8Array {
    const { blockLength } = this.#suite
    this.#counter = (this.#counter + 1n) & ((1n << BigInt(8 * blockLength)) - 1n)
    return bigIntToBytes(this.#counter, blockLength)
  }

  /** The plain command in a protected one. @throws StatusError 6987, 6988, both of which end the session */
  unprotect(command: CommandApdu): CommandApdu {
    const suite = this.#suite
    const objects = readObjects(command.data)
    const tags = objects.map(({ tag }) => tag)
    // DO 85 goes with odd instructions, DO 87 with even ones; some terminals send 87 with both.
    const cryptogram = objects.find(({ tag }) => tag === 0x87 || (tag === 0x85 && command.ins % 2 === 1))
    const expected = objects.find(({ tag }) => tag === 0x97)
    const mac = objects[objects.length - 1]
    if (mac?.tag !== 0x8e) throw missing()
    if (objects.length !== 1 + (cryptogram ? 1 : 0) + (expected ? 1 : 0) || new Set(tags).size !== tags.length) throw incorrect()

    const counter = this.#step()
    const header = Uint8Array.of(command.cla, command.ins, command.p1, command.p2)
    const covered = concatBytes(...objects.slice(0, -1).map(({ raw }) => raw))
    const input = concatBytes(counter, padIso9797Method2(header, suite.blockLength), covered)
    // Without data objects the padded header is the end of the input; it is not padded again.
    const padded = covered.length === 0 ? input : padIso9797Method2(input, suite.blockLength)
    if (!constantTimeEqual(suite.macBlocks(this.#mac, padded), mac.value)) throw incorrect()

    const le = expected && lengthExpected(expected)
    return {
      cla: command.cla & ~0x0c,
      ins: command.ins,
      p1: command.p1,
      p2: command.p2,
      ...(cryptogram && { data: this.#decrypt(cryptogram, counter) }),
      ...(le !== undefined && { le }),
    }
  }

  #decrypt(object: TlvNode, counter: Uint8Array): Uint8Array {
    const suite = this.#suite
    if (object.tag === 0x87 && object.value[0] !== 1) throw incorrect()
    const bytes = object.tag === 0x87 ? object.value.subarray(1) : object.value
    if (bytes.length === 0 || bytes.length % suite.blockLength !== 0) throw incorrect()
    const padded = suite.decrypt(this.#encryption, suite.iv(this.#encryption, counter), bytes)
    try {
      return unpadIso9797Method2(padded)
    } catch {
      throw incorrect()
    }
  }

  /** The protected form of a response: DO 87 (or 85), DO 99, DO 8E, under the same status word. */
  protect(response: ResponseApdu, dataObject: 0x85 | 0x87): Uint8Array {
    const suite = this.#suite
    const counter = this.#step()
    const parts: Uint8Array[] = []
    if (response.data.length > 0) {
      const padded = padIso9797Method2(response.data, suite.blockLength)
      const encrypted = suite.encrypt(this.#encryption, suite.iv(this.#encryption, counter), padded)
      parts.push(dataObject === 0x87 ? encodeTlv(0x87, Uint8Array.of(1), encrypted) : encodeTlv(0x85, encrypted))
    }
    parts.push(encodeTlv(0x99, Uint8Array.of(response.sw >> 8, response.sw & 255)))
    const covered = concatBytes(...parts)
    const mac = suite.macBlocks(this.#mac, padIso9797Method2(concatBytes(counter, covered), suite.blockLength))
    return concatBytes(covered, encodeTlv(0x8e, mac))
  }

  /** The most plain data whose protected form fits into `length` bytes. */
  capacity(length: number, dataObject: 0x85 | 0x87): number {
    const { blockLength } = this.#suite
    const indicator = dataObject === 0x87 ? 1 : 0
    for (let blocks = Math.floor(length / blockLength); blocks > 0; blocks--) {
      const value = blocks * blockLength + indicator
      const header = value < 0x80 ? 2 : value < 0x100 ? 3 : value < 0x10000 ? 4 : 5
      // 4 bytes of status, 10 of MAC, and one byte at least of padding inside the last block.
      if (header + value + 14 <= length) return blocks * blockLength - 1
    }
    return 0
  }
}

function readObjects(data: Uint8Array | undefined): TlvNode[] {
  if (data === undefined) throw missing()
  try {
    return parseTlvSequence(data)
  } catch {
    throw incorrect()
  }
}

/** Ne in DO 97: one byte or two, zero for the most. */
function lengthExpected({ value }: TlvNode): number {
  if (value.length === 1) return value[0] || 0x100
  if (value.length === 2) return ((value[0] as number) << 8) | (value[1] as number) || 0x10000
  throw incorrect()
}
