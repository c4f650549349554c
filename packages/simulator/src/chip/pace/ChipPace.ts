import { concatBytes, decodeOid, encodeOid, encodeTlv, equalBytes, wipe } from '@cccd/core'
import { type CryptoPort, constantTimeEqual, type KeyAgreementGroup, type RandomSource } from '@cccd/crypto'
import type { CommandApdu } from '@cccd/iso7816'
import type { CardImage, ChipKey } from '../../card/CardImage.js'
import { paceExclusion } from '../../lds/paceExclusion.js'
import { type PaceOffer, paceOid, standardGroups } from '../../lds/protocols.js'
import type { SessionStart } from '../ChipSession.js'
import type { ChipTraits } from '../ChipTraits.js'
import { type CipherSuite, createCipherSuite } from '../CipherSuite.js'
import { dataObjects, dynamicAuthenticationData } from '../dataObjects.js'
import { groupOf } from '../groupOf.js'
import { StatusError } from '../StatusError.js'
import type { ChipPassword, ChipPasswords } from './ChipPasswords.js'
import { chipAuthenticationData } from './chipAuthenticationData.js'
import { mapGeneric } from './mapGeneric.js'
import { integratedNonceLength, mapIntegrated } from './mapIntegrated.js'

/** What PACE has come to; each step holds what the next one needs. */
type Step =
  | { readonly name: 'nonce' }
  | { readonly name: 'map'; readonly nonce: Uint8Array }
  | { readonly name: 'agree'; readonly generator: Uint8Array; readonly mapping?: Uint8Array }
  | {
      readonly name: 'token'
      readonly own: Uint8Array
      readonly other: Uint8Array
      readonly secret: Uint8Array
      readonly mapping?: Uint8Array
    }

interface Run {
  readonly oid: string
  readonly offer: PaceOffer
  readonly suite: CipherSuite
  readonly group: KeyAgreementGroup
  readonly password: ChipPassword
  readonly passwordKey: Uint8Array
  step: Step
}

export interface PaceContext {
  readonly card: CardImage
  readonly traits: ChipTraits
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

/** The chip's side of PACE (Doc 9303-11, 4.4): every mapping, over curves and over groups modulo a prime. */
export class ChipPace {
  readonly #context: PaceContext
  readonly #passwords: ChipPasswords
  #run: Run | undefined

  constructor(context: PaceContext, passwords: ChipPasswords) {
    this.#context = context
    this.#passwords = passwords
  }

  abandon(): void {
    this.#run = undefined
  }

  /**
   * MSE:Set AT (C1A4): protocol in DO 80, password in DO 83, domain parameters in DO 84 where there is a choice.
   * @returns the status word: 9000, or 63CX when tries of the password are gone
   * @throws StatusError 6A80 for a protocol that the chip does not offer, 6A88 for a password or parameters that it does not have
   */
  async setTemplate(command: CommandApdu): Promise<number> {
    this.abandon()
    const { crypto } = this.#context
    const objects = dataObjects(command.data)
    const oid = oidOf(objects.get(0x80))
    const offer = this.#offer(oid, objects.get(0x84))
    const reference = objects.get(0x83)
    const password = this.#passwords.named(reference?.length === 1 ? reference[0] : undefined)
    const name = standardGroups.get(offer.parameterId)
    // A card that was put together by hand may offer what the standard has not.
    if (name === undefined || paceExclusion(offer) !== undefined) throw new StatusError(0x6a80)
    const suite = await createCipherSuite(offer.cipher, crypto)
    const passwordKey = suite.derive(this.#passwords.secret(password), 3)
    this.#run = { oid, offer, suite, group: groupOf(crypto, name), password, passwordKey, step: { name: 'nonce' } }
    return this.#passwords.selectionStatus(password)
  }

  #offer(oid: string, parameters: Uint8Array | undefined): PaceOffer {
    const offers = this.#context.card.pace.filter((offer) => paceOid(offer) === oid)
    if (offers.length === 0) throw new StatusError(0x6a80)
    const found =
      parameters === undefined
        ? offers[0]
        : offers.find(({ parameterId, explicitId = parameterId }) => equalBytes(parameters, Uint8Array.of(explicitId)))
    if (found === undefined) throw new StatusError(0x6a88)
    return found
  }

  /**
   * One GENERAL AUTHENTICATE. After the last one, the keys of the new session.
   * @param current what the running session was opened with
   * @throws StatusError 6985 out of order or suspended, 6983 blocked, 6A80 for malformed data, 6300 or 63CX for an element or token
   * that is wrong
   */
  async authenticate(
    command: CommandApdu,
    current: ChipPassword | undefined,
  ): Promise<{ readonly data: Uint8Array; readonly session?: SessionStart }> {
    const run = this.#run
    if (run === undefined) throw new StatusError(0x6985)
    if (this.#context.traits.generalAuthenticateLe === '256' && command.le !== 256) throw new StatusError(0x6700)
    const objects = dynamicAuthenticationData(command.data)
    const last = run.step.name === 'token'
    // Every command but the last is chained, which is how the chip knows that more follows (Doc 9303-11, 4.4.4).
    if (last === ((command.cla & 0x10) !== 0)) throw new StatusError(last ? 0x6883 : 0x6985)
    try {
      switch (run.step.name) {
        case 'nonce':
          this.#passwords.assertUsable(run.password, current)
          return { data: answer([0x80, this.#drawNonce(run)]) }
        case 'map':
          return { data: answer([0x82, await this.#map(run, run.step.nonce, required(objects, 0x81))]) }
        case 'agree':
          return { data: answer([0x84, await this.#agree(run, run.step, required(objects, 0x83))]) }
        case 'token':
          return this.#finish(run, run.step, required(objects, 0x85))
      }
    } catch (error) {
      this.abandon()
      throw error instanceof StatusError ? error : new StatusError(0x6300)
    }
  }

  #drawNonce(run: Run): Uint8Array {
    const { suite } = run
    const nonce = this.#context.random(run.offer.mapping === 'IM' ? integratedNonceLength(suite.keyLength) : 16)
    run.step = { name: 'map', nonce }
    return suite.encrypt(run.passwordKey, new Uint8Array(suite.blockLength), nonce)
  }

  async #map(run: Run, nonce: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
    const { group, suite } = run
    const map = run.offer.mapping === 'IM' ? mapIntegrated : mapGeneric
    const mapped = await map({ group, suite, random: this.#context.random, nonce, data })
    wipe(nonce)
    const keeps = run.offer.mapping === 'CAM' && mapped.scalar !== undefined
    if (!keeps && mapped.scalar !== undefined) wipe(mapped.scalar)
    run.step = { name: 'agree', generator: mapped.generator, ...(keeps && { mapping: mapped.scalar }) }
    return mapped.answer
  }

  async #agree(run: Run, step: Extract<Step, { name: 'agree' }>, other: Uint8Array): Promise<Uint8Array> {
    const { group } = run
    const scalar = group.randomScalar(this.#context.random)
    const secret = await group.sharedSecret(scalar, other)
    const own = await group.multiply(scalar, step.generator)
    wipe(scalar)
    // Both public keys must differ (Doc 9303-11, 4.4.1, step 3c).
    if (equalBytes(own, other)) throw new StatusError(0x6300)
    run.step = { name: 'token', own, other, secret, ...(step.mapping && { mapping: step.mapping }) }
    return own
  }

  #finish(run: Run, step: Extract<Step, { name: 'token' }>, token: Uint8Array): { data: Uint8Array; session: SessionStart } {
    const { suite, oid, group, password } = run
    const mac = suite.derive(step.secret, 2)
    const encryption = suite.derive(step.secret, 1)
    const tag = group.agreement === 'ECDH' ? 0x86 : 0x84
    const tokenOver = (element: Uint8Array): Uint8Array =>
      suite.mac(mac, encodeTlv(0x7f49, encodeTlv(0x06, encodeOid(oid)), encodeTlv(tag, element)))
    // The terminal proves its keys over the chip's public key, the chip over the terminal's (4.4.3.4).
    const right = constantTimeEqual(tokenOver(step.own), token)
    if (!right) throw new StatusError(this.#passwords.failed(password))
    if (this.#context.traits.paceToken === '6300') throw new StatusError(0x6300)
    this.#passwords.succeeded(password)
    this.abandon()
    const objects: [number, Uint8Array][] = [[0x86, tokenOver(step.other)]]
    if (step.mapping !== undefined) objects.push([0x8a, this.#authenticationData(run, step.mapping, encryption)])
    return { data: answer(...objects), session: { suite, encryption, mac, password } }
  }

  #authenticationData({ group, offer, suite }: Run, mapping: Uint8Array, encryption: Uint8Array): Uint8Array {
    const { card, random } = this.#context
    // A chip that was copied without its key can only make one up.
    const secret = mappingKey(card, offer)?.secret ?? group.randomScalar(random)
    const data = chipAuthenticationData({ group, suite, mapping, secret, encryption })
    wipe(mapping)
    return data
  }
}

/** The key of chip-authentication mapping: the one whose identifier is the number of the domain parameters. */
function mappingKey(card: CardImage, { parameterId, explicitId = parameterId }: PaceOffer): ChipKey | undefined {
  return card.chipKeys.find(({ use, keyId }) => use === 'mapping' && keyId === explicitId)
}

function answer(...objects: readonly (readonly [number, Uint8Array])[]): Uint8Array {
  return encodeTlv(0x7c, ...objects.map(([tag, value]) => encodeTlv(tag, value)))
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
