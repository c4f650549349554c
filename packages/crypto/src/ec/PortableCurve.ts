import { assertBytes, bytesToBigInt } from '@cccd/core'
import { byteLength } from '../curves/bits.js'
import { curveParameters } from '../curves/curveParameters.js'
import type { Pause } from '../pause.js'
import type { CurveName, CurvePort, RandomSource } from '../port.js'
import { decodePoint, encodePoint, multiplyGenerator } from './curvePoints.js'
import { pseudoRandomPoint } from './pseudoRandomPoint.js'
import { drawScalar, scalarValue } from './scalars.js'

/** Curve operations over BigInt. Multiplication is blinded and constant in its steps; BigInt itself is not constant in time. */
export class PortableCurve implements CurvePort {
  readonly agreement = 'ECDH'
  readonly name: CurveName
  readonly fieldLength: number
  readonly orderLength: number
  readonly order: bigint
  readonly #pause: Pause

  constructor(name: CurveName, pause: Pause) {
    const { p, n } = curveParameters(name)
    this.name = name
    this.order = n
    this.fieldLength = byteLength(p)
    this.orderLength = byteLength(n)
    this.#pause = pause
  }

  randomScalar(random: RandomSource): Uint8Array {
    return drawScalar(this.order, random)
  }

  async publicKey(scalar: Uint8Array): Promise<Uint8Array> {
    const value = scalarValue(this.order, scalar)
    await this.#pause()
    return encodePoint(this.name, multiplyGenerator(this.name, value))
  }

  async sharedSecret(scalar: Uint8Array, point: Uint8Array): Promise<Uint8Array> {
    const product = await this.multiply(scalar, point)
    return product.slice(1, 1 + this.fieldLength)
  }

  async multiply(scalar: Uint8Array, point: Uint8Array): Promise<Uint8Array> {
    const value = scalarValue(this.order, scalar)
    const base = decodePoint(this.name, point)
    await this.#pause()
    return encodePoint(this.name, base.multiply(value))
  }

  async mapNonce(nonce: Uint8Array, point: Uint8Array): Promise<Uint8Array> {
    assertBytes(nonce, 'nonce')
    const shift = decodePoint(this.name, point)
    const value = bytesToBigInt(nonce) % this.order
    await this.#pause()
    // A nonce that is a multiple of the order maps to the point itself; the card draws it, so it is possible.
    const mapped = value === 0n ? shift : multiplyGenerator(this.name, value).add(shift)
    return encodePoint(this.name, mapped)
  }

  async mapPseudoRandom(value: Uint8Array): Promise<Uint8Array> {
    assertBytes(value, 'value')
    await this.#pause()
    return encodePoint(this.name, pseudoRandomPoint(this.name, bytesToBigInt(value)))
  }
}
