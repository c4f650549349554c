import { assertBytes, bytesToBigInt } from '@cccd/core'
import { byteLength } from '../curves/bits.js'
import { curveParameters } from '../curves/curveParameters.js'
import type { CurveName, CurvePort, RandomSource } from '../port.js'
import type { Slices } from '../Slices.js'
import { decodePoint, encodePoint } from './curvePoints.js'
import { multiplyGenerator } from './multiplyGenerator.js'
import { multiplyPoint } from './multiplyPoint.js'
import { pseudoRandomPoint } from './pseudoRandomPoint.js'
import { drawScalar, scalarValue } from './scalars.js'

/** Curve operations over BigInt. Multiplication is blinded and constant in its steps; BigInt itself is not constant in time. */
export class PortableCurve implements CurvePort {
  readonly agreement = 'ECDH'
  readonly name: CurveName
  readonly fieldLength: number
  readonly orderLength: number
  readonly order: bigint
  readonly #slices: Slices

  constructor(name: CurveName, slices: Slices) {
    const { p, n } = curveParameters(name)
    this.name = name
    this.order = n
    this.fieldLength = byteLength(p)
    this.orderLength = byteLength(n)
    this.#slices = slices
  }

  randomScalar(random: RandomSource): Uint8Array {
    return drawScalar(this.order, random)
  }

  async publicKey(scalar: Uint8Array): Promise<Uint8Array> {
    const value = scalarValue(this.order, scalar)
    return encodePoint(this.name, await multiplyGenerator(this.name, value, this.#slices))
  }

  async sharedSecret(scalar: Uint8Array, point: Uint8Array): Promise<Uint8Array> {
    const product = await this.multiply(scalar, point)
    return product.slice(1, 1 + this.fieldLength)
  }

  async multiply(scalar: Uint8Array, point: Uint8Array): Promise<Uint8Array> {
    const value = scalarValue(this.order, scalar)
    const base = decodePoint(this.name, point)
    return encodePoint(this.name, await multiplyPoint(this.name, base, value, this.#slices))
  }

  async mapNonce(nonce: Uint8Array, point: Uint8Array): Promise<Uint8Array> {
    assertBytes(nonce, 'nonce')
    const shift = decodePoint(this.name, point)
    const value = bytesToBigInt(nonce) % this.order
    // A nonce that is a multiple of the order maps to the point itself; the card draws it, so it is possible.
    if (value === 0n) return encodePoint(this.name, shift)
    return encodePoint(this.name, (await multiplyGenerator(this.name, value, this.#slices)).add(shift))
  }

  async mapPseudoRandom(value: Uint8Array): Promise<Uint8Array> {
    assertBytes(value, 'value')
    return encodePoint(this.name, await pseudoRandomPoint(this.name, bytesToBigInt(value), this.#slices))
  }
}
