import { concatBytes, decodeHex, encodeOid, encodeTlv, parseTlv, parseTlvSequence } from '@cccd/core'
import { type CryptoPort, type CurveName, padIso9797Method2, unpadIso9797Method2 } from '@cccd/crypto'
import type { FileName, SessionCipher } from '@cccd/emrtd'
import {
  type CardChannel,
  type ChannelLimits,
  type CommandApdu,
  decodeCommand,
  encodeResponse,
  type ResponseApdu,
} from '@cccd/iso7816'
import { type CipherSuite, cipherSuite } from '../src/channel/cipherSuite.js'
import { deriveKey, keyPurpose } from '../src/kdf/deriveKey.js'
import { files as fileTable } from '../src/lds/fileNames.js'
import { tokenInput } from '../src/pace/authenticationToken.js'
import { passwordKey } from '../src/pace/passwordKey.js'
import { countingRandom, shortLimits } from './support.js'

export interface TestChipOptions {
  readonly crypto: CryptoPort
  readonly files: Partial<Record<FileName, Uint8Array>>
  readonly can?: string
  readonly oid?: string
  readonly cipher?: SessionCipher
  readonly curve?: CurveName
  readonly limits?: ChannelLimits
  readonly answerToReset?: Uint8Array
  /** Private key of chip authentication over P-256 or brainpoolP256r1, with its cipher. */
  readonly chipKey?: { readonly curve: CurveName; readonly scalar: Uint8Array; readonly cipher: SessionCipher }
  /** What the chip does another way than the standard: return a response, or undefined to go on. */
  readonly quirk?: (command: CommandApdu, chip: TestChip) => Reply | undefined
  /** Changes the bytes on the wire. */
  readonly wire?: (response: Uint8Array, index: number) => Uint8Array
  /** Changes a dynamic-authentication object of PACE. */
  readonly paceObject?: (tag: number, value: Uint8Array, received: Uint8Array | undefined) => readonly [number, Uint8Array]
}

/** What a quirk answers. */
type Reply = { readonly data: Uint8Array; readonly sw: number }

const status = (sw: number): ResponseApdu => ({ data: new Uint8Array(0), sw })

/**
 * The chip's side of PACE, secure messaging, reading and Chip Authentication, small enough to bend in every way that a test wants.
 * Not a model of a card: that is `@cccd/simulator`.
 */
export class TestChip implements CardChannel {
  readonly limits: ChannelLimits
  readonly answerToReset?: Uint8Array
  readonly log: { command: CommandApdu; sw: number; secure: boolean }[] = []
  readonly #options: TestChipOptions
  readonly #random = countingRandom(7)
  #suite: CipherSuite | undefined
  #keys: { encryption: Uint8Array; mac: Uint8Array; counter: Uint8Array } | undefined
  #pending: (() => Promise<void>) | undefined
  #nonce: Uint8Array = new Uint8Array(16)
  #generator: Uint8Array = new Uint8Array(0)
  #agreement: { own: Uint8Array; terminal: Uint8Array; encryption: Uint8Array; mac: Uint8Array } | undefined
  #application = false
  /** The selected file, or none. */
  #selected: FileName[] = []
  #count = 0

  constructor(options: TestChipOptions) {
    this.#options = options
    this.limits = options.limits ?? shortLimits
    if (options.answerToReset !== undefined) this.answerToReset = options.answerToReset
  }

  get exchanges(): number {
    return this.#count
  }

  async close(): Promise<void> {}

  async transmit(bytes: Uint8Array): Promise<Uint8Array> {
    const response = await this.#answer(bytes)
    const wired = this.#options.wire?.(response, this.#count) ?? response
    this.#count++
    return wired
  }

  async #answer(bytes: Uint8Array): Promise<Uint8Array> {
    const command = decodeCommand(bytes)
    if ((command.cla & 0x0c) === 0x0c) return this.#secured(command)
    this.#keys = undefined
    const response = this.#options.quirk?.(command, this) ?? (await this.#plain(command))
    this.log.push({ command, sw: response.sw, secure: false })
    return encodeResponse(response)
  }

  async #secured(command: CommandApdu): Promise<Uint8Array> {
    const { suite, keys } = { suite: this.#suite, keys: this.#keys }
    if (suite === undefined || keys === undefined) return encodeResponse(status(0x6988))
    increment(keys.counter)
    const objects = parseTlvSequence(command.data ?? new Uint8Array(0))
    const header = padIso9797Method2(Uint8Array.of(command.cla, command.ins, command.p1, command.p2), suite.blockLength)
    const covered = objects.filter((node) => node.tag !== 0x8e).map((node) => node.raw)
    const input = concatBytes(keys.counter, header, ...covered)
    const mac = suite.mac(keys.mac, covered.length === 0 ? input : padIso9797Method2(input, suite.blockLength))
    if (Buffer.compare(mac, objects.at(-1)?.value ?? new Uint8Array(0)) !== 0) {
      this.#keys = undefined
      return encodeResponse(status(0x6988))
    }
    const cryptogram = objects.find((node) => node.tag === 0x87 || node.tag === 0x85)
    const le = objects.find((node) => node.tag === 0x97)
    const plain: CommandApdu = {
      cla: command.cla & ~0x0c,
      ins: command.ins,
      p1: command.p1,
      p2: command.p2,
      ...(cryptogram === undefined ? {} : { data: this.#decrypt(cryptogram.tag, cryptogram.value) }),
      ...(le === undefined
        ? {}
        : { le: le.length === 1 ? le.value[0] || 256 : (le.value[0] ?? 0) * 256 + (le.value[1] ?? 0) || 65_536 }),
    }
    const response = this.#options.quirk?.(plain, this) ?? (await this.#plain(plain))
    this.log.push({ command: plain, sw: response.sw, secure: true })
    if (this.#keys === undefined) return encodeResponse(response)
    increment(keys.counter)
    const protectedResponse = this.#protect(response, plain.ins)
    await this.#pending?.()
    this.#pending = undefined
    return encodeResponse(protectedResponse)
  }

  #decrypt(tag: number, value: Uint8Array): Uint8Array {
    const { suite, keys } = { suite: this.#suite, keys: this.#keys }
    if (suite === undefined || keys === undefined) throw new Error('no keys')
    return unpadIso9797Method2(suite.decrypt(keys.encryption, keys.counter, tag === 0x87 ? value.subarray(1) : value))
  }

  #protect(response: ResponseApdu, ins: number): ResponseApdu {
    const { suite, keys } = { suite: this.#suite, keys: this.#keys }
    if (suite === undefined || keys === undefined) throw new Error('no keys')
    const cryptogram = suite.encrypt(keys.encryption, keys.counter, padIso9797Method2(response.data, suite.blockLength))
    const odd = (ins & 1) === 1
    const data = odd ? encodeTlv(0x85, cryptogram) : encodeTlv(0x87, Uint8Array.of(1), cryptogram)
    const sw = Uint8Array.of(response.sw >> 8, response.sw & 0xff)
    const body = concatBytes(response.data.length === 0 ? new Uint8Array(0) : data, encodeTlv(0x99, sw))
    const mac = suite.mac(keys.mac, padIso9797Method2(concatBytes(keys.counter, body), suite.blockLength))
    return { data: concatBytes(body, encodeTlv(0x8e, mac)), sw: response.sw }
  }

  /** Drops the protected channel: the answer to come travels plain. */
  drop(): void {
    this.#keys = undefined
  }

  async #plain(command: CommandApdu): Promise<ResponseApdu> {
    if (command.ins === 0xa4) return this.#select(command)
    if (command.ins === 0xb0) return this.#readBinary(command)
    if (command.ins === 0xb1) return this.#readOdd(command)
    if (command.ins === 0x22 && command.p1 === 0xc1) return status(0x9000)
    if (command.ins === 0x22) return this.#chipAuthentication(command, parseTlvSequence(command.data ?? new Uint8Array(0)))
    if (command.ins === 0x86 && this.#keys !== undefined) return this.#generalAuthenticate(command)
    if (command.ins === 0x86) return this.#pace(command)
    if (command.ins === 0x88)
      return { data: concatBytes(command.data ?? new Uint8Array(0), new Uint8Array(184).fill(0xaa)), sw: 0x9000 }
    return status(0x6d00)
  }

  #select({ p1, data = new Uint8Array(0) }: CommandApdu): ResponseApdu {
    this.#selected = []
    if (p1 === 0x04) {
      this.#application = true
      return status(0x9000)
    }
    const fid = ((data[0] ?? 0) << 8) | (data[1] ?? 0)
    if (fid === 0x3f00) {
      this.#application = false
      return status(0x9000)
    }
    const name = this.#find((entry) => entry.fid === fid)
    if (name === undefined) return status(0x6a82)
    this.#selected = [name]
    return status(0x9000)
  }

  #find(matches: (entry: { fid: number; sfi: number }) => boolean) {
    const wanted = this.#application ? 'lds1' : 'master'
    return (Object.keys(this.#options.files) as FileName[]).find(
      (name) => matches(fileTable[name]) && fileTable[name].application === wanted,
    )
  }

  #readBinary({ p1, p2, le = 256 }: CommandApdu): ResponseApdu {
    let offset = (p1 << 8) | p2
    if ((p1 & 0x80) !== 0) {
      const name = this.#find((entry) => entry.sfi === (p1 & 0x1f))
      if (name === undefined) return status(0x6a82)
      this.#selected = [name]
      offset = p2
    }
    return this.#slice(offset, le)
  }

  #readOdd({ data = new Uint8Array(0), le = 256 }: CommandApdu): ResponseApdu {
    const offset = parseTlv(data, { tag: 0x54 }).value.reduce((sum, byte) => sum * 256 + byte, 0)
    const header = le <= 0x7f + 2 ? 2 : le <= 0xff + 3 ? 3 : 4
    const part = this.#slice(offset, le - header)
    return part.data.length === 0 ? part : { data: encodeTlv(0x53, part.data), sw: part.sw }
  }

  #slice(offset: number, le: number): ResponseApdu {
    const [name] = this.#selected
    const bytes = name === undefined ? undefined : this.#options.files[name]
    if (bytes === undefined) return status(0x6986)
    if (offset >= bytes.length) return status(0x6b00)
    return { data: bytes.slice(offset, offset + le), sw: 0x9000 }
  }

  async #pace(command: CommandApdu): Promise<ResponseApdu> {
    const { crypto, can = '500540', cipher = 'AES-128', curve: curveName = 'brainpoolP256r1' } = this.#options
    const { oid = '0.4.0.127.0.7.2.2.4.2.2', paceObject = (tag, value) => [tag, value] as const } = this.#options
    const suite = await cipherSuite(crypto, cipher)
    const curve = crypto.curve(curveName)
    const [object] = parseTlv(command.data ?? new Uint8Array(0), { tag: 0x7c }).children()
    const answer = (tag: number, value: Uint8Array): ResponseApdu => {
      const [changedTag, changedValue] = paceObject(tag, value, object?.value)
      return { data: encodeTlv(0x7c, encodeTlv(changedTag, changedValue)), sw: 0x9000 }
    }
    if (object === undefined) {
      this.#nonce = this.#random(16)
      return answer(0x80, suite.encryptPlain(passwordKey(crypto, suite, { password: 'CAN', value: can }), this.#nonce))
    }
    if (object.tag === 0x81) {
      const scalar = curve.randomScalar(this.#random)
      this.#generator = await curve.mapNonce(this.#nonce, await curve.multiply(scalar, object.value))
      return answer(0x82, await curve.publicKey(scalar))
    }
    if (object.tag === 0x83) {
      const scalar = curve.randomScalar(this.#random)
      const secret = await curve.sharedSecret(scalar, object.value)
      this.#agreement = {
        own: await curve.multiply(scalar, this.#generator),
        terminal: object.value,
        encryption: deriveKey(crypto, suite, secret, keyPurpose.encryption),
        mac: deriveKey(crypto, suite, secret, keyPurpose.mac),
      }
      return answer(0x84, this.#agreement.own)
    }
    const agreed = this.#agreement
    if (agreed === undefined || object.tag !== 0x85) return status(0x6985)
    if (Buffer.compare(object.value, suite.macAny(agreed.mac, tokenInput(oid, 'ECDH', agreed.own))) !== 0) return status(0x63c2)
    this.#suite = suite
    this.#keys = { encryption: agreed.encryption, mac: agreed.mac, counter: new Uint8Array(suite.blockLength) }
    return answer(0x86, suite.macAny(agreed.mac, tokenInput(oid, 'ECDH', agreed.terminal)))
  }

  async #chipAuthentication(command: CommandApdu, objects: ReturnType<typeof parseTlvSequence>): Promise<ResponseApdu> {
    if (command.p2 === 0xa4) return status(0x9000)
    const key = objects.find((node) => node.tag === 0x91)
    return key === undefined ? status(0x6a80) : this.#switchKeys(key.value, new Uint8Array(0))
  }

  async #generalAuthenticate(command: CommandApdu): Promise<ResponseApdu> {
    const [object] = parseTlv(command.data ?? new Uint8Array(0), { tag: 0x7c }).children()
    return object === undefined ? status(0x6a80) : this.#switchKeys(object.value, decodeHex('7c00'))
  }

  async #switchKeys(terminal: Uint8Array, data: Uint8Array): Promise<ResponseApdu> {
    const { crypto, chipKey } = this.#options
    if (chipKey === undefined) return status(0x6a88)
    const secret = await crypto.curve(chipKey.curve).sharedSecret(chipKey.scalar, terminal)
    const suite = await cipherSuite(crypto, chipKey.cipher)
    this.#pending = async () => {
      this.#suite = suite
      this.#keys = {
        encryption: deriveKey(crypto, suite, secret, keyPurpose.encryption),
        mac: deriveKey(crypto, suite, secret, keyPurpose.mac),
        counter: new Uint8Array(suite.blockLength),
      }
    }
    return { data, sw: 0x9000 }
  }
}

function increment(counter: Uint8Array): void {
  for (let at = counter.length - 1; at >= 0; at--) {
    counter[at] = ((counter[at] as number) + 1) & 0xff
    if (counter[at] !== 0) return
  }
}

/** An EF.CardAccess that offers one PACE. */
export function cardAccessOf(oid: string, parameterId: number): Uint8Array {
  return encodeTlv(
    0x31,
    encodeTlv(0x30, encodeTlv(0x06, encodeOid(oid)), decodeHex('020102'), encodeTlv(0x02, Uint8Array.of(parameterId))),
  )
}
