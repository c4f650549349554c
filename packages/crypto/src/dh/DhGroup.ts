import { assertBytes, bigIntToBytes, bytesToBigInt } from '@cccd/core'
import { CryptoError } from '../CryptoError.js'
import { bitLength, byteLength } from '../curves/bits.js'
import { drawScalar, scalarValue } from '../ec/scalars.js'
import type { DhGroupName, DhGroupPort, RandomSource } from '../port.js'
import { dhGroupParameters } from './dhGroupParameters.js'

/** base^exponent modulo the prime of a group, for a base in [2, p-2] and an exponent in [1, p-2]. Its length may show, its value not. */
export type GroupPower = (base: bigint, exponent: bigint) => Promise<bigint>

/**
 * Key agreement modulo a prime for every backend: the backend brings the exponentiation. Every element from outside must lie in the
 * subgroup of order q and not be 1, so that nothing that is computed with a secret gives part of it away (RFC 2785, RFC 5114 section 4).
 */
export class DhGroup implements DhGroupPort {
  readonly agreement = 'DH'
  readonly name: DhGroupName
  readonly prime: bigint
  readonly generator: bigint
  readonly order: bigint
  readonly fieldLength: number
  readonly orderLength: number
  readonly #power: GroupPower

  constructor(name: DhGroupName, power: GroupPower) {
    const { p, g, q } = dhGroupParameters(name)
    this.name = name
    this.prime = p
    this.generator = g
    this.order = q
    this.fieldLength = byteLength(p)
    this.orderLength = byteLength(q)
    this.#power = power
  }

  randomScalar(random: RandomSource): Uint8Array {
    return drawScalar(this.order, random)
  }

  async publicKey(scalar: Uint8Array): Promise<Uint8Array> {
    return this.#encode(await this.#power(this.generator, this.#secret(scalarValue(this.order, scalar))))
  }

  sharedSecret(scalar: Uint8Array, element: Uint8Array): Promise<Uint8Array> {
    return this.multiply(scalar, element)
  }

  async multiply(scalar: Uint8Array, element: Uint8Array): Promise<Uint8Array> {
    const exponent = this.#secret(scalarValue(this.order, scalar))
    return this.#encode(await this.#power(await this.#decode(element), exponent))
  }

  async mapNonce(nonce: Uint8Array, element: Uint8Array): Promise<Uint8Array> {
    assertBytes(nonce, 'nonce')
    const exponent = bytesToBigInt(nonce) % this.order
    const agreed = await this.#decode(element)
    // A nonce that is a multiple of the order maps to the element itself; the card draws it, so it is possible.
    if (exponent === 0n) return this.#encode(agreed)
    return this.#encode(((await this.#power(this.generator, this.#secret(exponent))) * agreed) % this.prime)
  }

  async mapPseudoRandom(value: Uint8Array): Promise<Uint8Array> {
    assertBytes(value, 'value')
    const number = bytesToBigInt(value) % this.prime
    if (!this.#inRange(number)) throw this.#badElement()
    return this.#encode(await this.#power(number, (this.prime - 1n) / this.order))
  }

  /** A secret exponent with one bit more than the order, which gives the same power: its length says nothing (CVE-2011-1945). */
  #secret(exponent: bigint): bigint {
    const once = exponent + this.order
    return bitLength(once) > bitLength(this.order) ? once : once + this.order
  }

  /** The number of an element that came from outside. @throws CryptoError `CRYPTO_BAD_POINT` */
  async #decode(element: Uint8Array): Promise<bigint> {
    assertBytes(element, 'element')
    const value = bytesToBigInt(element)
    if (element.length !== this.fieldLength || !this.#inRange(value)) throw this.#badElement()
    // value^q = 1, reckoned as value^(q-1) · value: an exponent that every implementation takes for a private key.
    const inverse = await this.#power(value, this.order - 1n)
    if ((inverse * value) % this.prime !== 1n) throw this.#badElement()
    return value
  }

  /** [2, p-2] (NIST SP 800-56A 5.6.2.3.1): 0, 1 and p-1 have the orders that an attacker wishes for. */
  #inRange(value: bigint): boolean {
    return value >= 2n && value <= this.prime - 2n
  }

  #encode(value: bigint): Uint8Array {
    if (!this.#inRange(value)) throw this.#badElement()
    return bigIntToBytes(value, this.fieldLength)
  }

  #badElement(): CryptoError {
    return new CryptoError('CRYPTO_BAD_POINT', 'not an element of the group', { params: { group: this.name } })
  }
}
