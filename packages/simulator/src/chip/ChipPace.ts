import { concatBytes, decodeOid, encodeOid, encodeTlv, encodeUtf8, wipe } from '@cccd/core'
import { type CryptoPort, type CurvePort, constantTimeEqual, type RandomSource } from '@cccd/crypto'
import type { CommandApdu } from '@cccd/iso7816'
import type { CardImage } from '../card/CardImage.js'
import { mrzInformation } from '../citizen/mrzLines.js'
import { paceOids, standardCurves } from '../lds/protocols.js'
import type { SessionStart } from './ChipSession.js'
import { type CipherSuite, createCipherSuite } from './CipherSuite.js'
import { dataObjects, dynamicAuthenticationData } from './dataObjects.js'
import { StatusError } from './StatusError.js'

/** What PACE has come to; each step holds what the next one needs. */
type Step =
  | { readonly name: 'nonce' }
  | { readonly name: 'map'; readonly nonce: Uint8Array }
  | { readonly name: 'agree'; readonly generator: Uint8Array }
  | { readonly name: 'token'; readonly own: Uint8Array; readonly other: Uint8Array; readonly secret: Uint8Array }

interface Run {
  readonly oid: string
  readonly suite: CipherSuite
  readonly curve: CurvePort
  readonly passwordKey: Uint8Array
  step: Step
}

interface PaceContext {
  readonly card: CardImage
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

/** The chip's side of PACE-ECDH with generic mapping (Doc 9303-11, 4.4). */
export class ChipPace {
  readonly #context: PaceContext
  #run: Run | undefined

  constructor(context: PaceContext) {
    this.#context = context
  }

  abandon(): void {
    this.#run = undefined
  }

  /** MSE:Set AT (C1A4): protocol in DO 80, password in DO 83, domain parameters in DO 84 where there is a choice. */
  async setTemplate(command: CommandApdu): Promise<void> {
    this.abandon()
    const { card, crypto } = this.#context
    const objects = dataObjects(command.data)
    const oid = oidOf(objects.get(0x80))
    const parameters = objects.get(0x84)
    const offer = card.pace.find(
      ({ cipher, parameterId }) =>
        paceOids[cipher] === oid && (parameters === undefined || parameters[parameters.length - 1] === parameterId),
    )
    if (offer === undefined) throw new StatusError(0x6a80)
    const reference = objects.get(0x83)
    const secret = this.#password(reference?.[reference.length - 1])
    const suite = await createCipherSuite(offer.cipher, crypto)
    const name = standardCurves.get(offer.parameterId)
    if (name === undefined) throw new StatusError(0x6a80)
    const passwordKey = suite.derive(secret, 3)
    this.#run = { oid, suite, curve: crypto.curve(name), passwordKey, step: { name: 'nonce' } }
  }

  /** What the password reference stands for: 1 the hash of the MRZ, 2 the card access number (Doc 9303-11, 9.7.3). */
  #password(reference: number | undefined): Uint8Array {
    const { card, crypto } = this.#context
    if (reference === 1) return crypto.hash('sha1', encodeUtf8(mrzInformation(card.mrz)))
    if (reference === 2) return encodeUtf8(card.can)
    throw new StatusError(0x6a88)
  }

  /**
   * One GENERAL AUTHENTICATE. After the last one, the keys of the new session.
   * @throws StatusError 6985 out of order, 6A80 for malformed data, 6300 for a point or token that is wrong
   */
  async authenticate(command: CommandApdu): Promise<{ readonly data: Uint8Array; readonly session?: SessionStart }> {
    const run = this.#run
    if (run === undefined) throw new StatusError(0x6985)
    const objects = dynamicAuthenticationData(command.data)
    const last = run.step.name === 'token'
    // Every command but the last is chained, which is how the chip knows that more follows (Doc 9303-11, 4.4.4).
    if (last === ((command.cla & 0x10) !== 0)) throw new StatusError(last ? 0x6883 : 0x6985)
    try {
      switch (run.step.name) {
        case 'nonce':
          return { data: answer(0x80, this.#drawNonce(run)) }
        case 'map':
          return { data: answer(0x82, await this.#map(run, run.step.nonce, required(objects, 0x81))) }
        case 'agree':
          return { data: answer(0x84, await this.#agree(run, run.step.generator, required(objects, 0x83))) }
        case 'token':
          return this.#finish(run, run.step, required(objects, 0x85))
      }
    } catch (error) {
      this.abandon()
      throw error instanceof StatusError ? error : new StatusError(0x6300)
    }
  }

  #drawNonce(run: Run): Uint8Array {
    const nonce = this.#context.random(16)
    run.step = { name: 'map', nonce }
    return run.suite.encrypt(run.passwordKey, new Uint8Array(run.suite.blockLength), nonce)
  }

  async #map(run: Run, nonce: Uint8Array, point: Uint8Array): Promise<Uint8Array> {
    const { curve } = run
    const scalar = curve.randomScalar(this.#context.random)
    const shared = await curve.multiply(scalar, point)
    run.step = { name: 'agree', generator: await curve.mapNonce(nonce, shared) }
    const own = await curve.publicKey(scalar)
    wipe(scalar, nonce)
    return own
  }

  async #agree(run: Run, generator: Uint8Array, other: Uint8Array): Promise<Uint8Array> {
    const { curve } = run
    const scalar = curve.randomScalar(this.#context.random)
    const secret = await curve.sharedSecret(scalar, other)
    const own = await curve.multiply(scalar, generator)
    wipe(scalar)
    run.step = { name: 'token', own, other, secret }
    return own
  }

  #finish(run: Run, step: Extract<Step, { name: 'token' }>, token: Uint8Array): { data: Uint8Array; session: SessionStart } {
    const { suite, oid } = run
    const mac = suite.derive(step.secret, 2)
    const tokenOver = (point: Uint8Array): Uint8Array =>
      suite.mac(mac, encodeTlv(0x7f49, encodeTlv(0x06, encodeOid(oid)), encodeTlv(0x86, point)))
    // The terminal proves its keys over the chip's public key, the chip over the terminal's (4.4.3.4).
    if (!constantTimeEqual(tokenOver(step.own), token)) throw new StatusError(0x6300)
    this.abandon()
    return { data: answer(0x86, tokenOver(step.other)), session: { suite, encryption: suite.derive(step.secret, 1), mac } }
  }
}

function answer(tag: number, value: Uint8Array): Uint8Array {
  return encodeTlv(0x7c, encodeTlv(tag, value))
}

function required(objects: ReadonlyMap<number, Uint8Array>, tag: number): Uint8Array {
  const value = objects.get(tag)
  if (value === undefined) throw new StatusError(0x6a80)
  return concatBytes(value)
}

function oidOf(value: Uint8Array | undefined): string {
  try {
    return decodeOid(value ?? new Uint8Array(0))
  } catch {
    throw new StatusError(0x6a80)
  }
}
