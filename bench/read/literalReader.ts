import { concatBytes } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import {
  activeAuthentication,
  chipAuthentication,
  chooseChipAuthentication,
  type FileName,
  files,
  pace,
  parseDg14,
  parseSecurityInfos,
  type SecureChannel,
  secureMessaging,
} from '@cccd/emrtd'
import { type CardChannel, type CommandApdu, type ResponseApdu, send } from '@cccd/iso7816'
import { type CardImage, seededRandom } from '@cccd/simulator'
import { challenge } from './ReadStrategy.js'

const crypto = defaultCrypto()
const application = Uint8Array.of(0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01)

/** How a reader asks for the bytes of a file. */
export interface BlockHabit {
  /** Bytes read first, to know the length. */
  readonly header: number
  /** Bytes asked for in one READ BINARY from then on. */
  readonly block: number
  /** Bytes asked for once the chip has refused that many. */
  readonly fallback?: number
}

/** A reader that does what its caller says, one command after the other: what the strategies of others are written with. */
export class LiteralReader {
  readonly #context = { crypto, random: seededRandom('terminal') }
  readonly #plain: CardChannel
  #channel: CardChannel
  #secure: SecureChannel | undefined
  #refused = false

  constructor(channel: CardChannel) {
    this.#plain = channel
    this.#channel = channel
  }

  async selectMaster(): Promise<void> {
    await this.#send({ cla: 0, ins: 0xa4, p1: 0x00, p2: 0x0c, data: Uint8Array.of(0x3f, 0x00) })
  }

  async selectApplication(): Promise<void> {
    await this.#send({ cla: 0, ins: 0xa4, p1: 0x04, p2: 0x0c, data: application })
  }

  /** SELECT of a file that may not be there. */
  async select(fid: number): Promise<boolean> {
    const { sw } = await this.#send({ cla: 0, ins: 0xa4, p1: 0x02, p2: 0x0c, data: Uint8Array.of(fid >> 8, fid & 0xff) })
    return sw === 0x9000
  }

  /** SELECT, the header, then block after block to the end. */
  async readFile(name: FileName, { header, block, fallback = block }: BlockHabit): Promise<Uint8Array> {
    if (!(await this.select(files[name].fid))) throw new Error(`${name} is not there`)
    let bytes = await this.#readBinary(0, header)
    const total = lengthOf(bytes)
    while (bytes.length < total) {
      const length = Math.min(this.#refused ? fallback : block, total - bytes.length)
      const more = await this.#readBinary(bytes.length, length)
      if (more.length === 0 && (this.#refused || length <= fallback)) throw new Error(`${name} cannot be read`)
      if (more.length === 0) this.#refused = true
      bytes = concatBytes(bytes, more)
    }
    return bytes.slice(0, total)
  }

  async pace(cardAccess: Uint8Array, { can }: CardImage): Promise<void> {
    const info = parseSecurityInfos(cardAccess).find((entry) => entry.type === 'pace')
    if (info?.type !== 'pace') throw new Error('no PACE')
    const keys = await pace(this.#plain, { ...this.#context, info, password: { password: 'CAN', value: can } })
    await this.#protect(keys)
  }

  async chipAuthentication(dg14: Uint8Array): Promise<void> {
    const choice = chooseChipAuthentication(parseDg14(dg14).securityInfos)
    if (typeof choice === 'string') throw new Error('no Chip Authentication')
    const keys = await chipAuthentication(this.#channel, { ...this.#context, choice })
    this.#secure?.end()
    await this.#protect(keys)
  }

  async activeAuthentication(): Promise<void> {
    const { response } = await activeAuthentication(this.#channel, { challenge })
    if (response === undefined) throw new Error('the chip has not signed')
  }

  async #protect(keys: Parameters<typeof secureMessaging>[1]): Promise<void> {
    this.#secure = await secureMessaging(this.#plain, keys, crypto)
    this.#channel = this.#secure
  }

  #send(command: CommandApdu): Promise<ResponseApdu> {
    return send(this.#channel, command, { accept: () => true })
  }

  async #readBinary(offset: number, le: number): Promise<Uint8Array> {
    return (await this.#send({ cla: 0, ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, le })).data
  }
}

function lengthOf(header: Uint8Array): number {
  const [, first = 0, second = 0, third = 0] = header
  return first < 0x80 ? 2 + first : first === 0x81 ? 3 + second : 4 + second * 256 + third
}
