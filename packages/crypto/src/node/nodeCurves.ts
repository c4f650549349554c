import { createECDH } from 'node:crypto'
import { assertBytes, bigIntToBytes, bytesToBigInt, concatBytes, equalBytes } from '@cccd/core'
import { byteLength } from '../curves/bits.js'
import { curveParameters } from '../curves/curveParameters.js'
import { assertUncompressed, badPoint, curvePoints, decodePoint, encodePoint } from '../ec/curvePoints.js'
import type { PortableCurve } from '../ec/PortableCurve.js'
import { scalarValue } from '../ec/scalars.js'
import type { CurveName, CurvePort, RandomSource } from '../port.js'
import { answers, once } from './once.js'

const names: Readonly<Record<CurveName, string>> = {
  'P-192': 'prime192v1',
  'P-224': 'secp224r1',
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
  brainpoolP160r1: 'brainpoolP160r1',
  brainpoolP192r1: 'brainpoolP192r1',
  brainpoolP224r1: 'brainpoolP224r1',
  brainpoolP256r1: 'brainpoolP256r1',
  brainpoolP320r1: 'brainpoolP320r1',
  brainpoolP384r1: 'brainpoolP384r1',
  brainpoolP512r1: 'brainpoolP512r1',
}

function basePoint(name: string, scalar: Uint8Array): Uint8Array {
  const ecdh = createECDH(name)
  ecdh.setPrivateKey(scalar)
  return new Uint8Array(ecdh.getPublicKey())
}

function agree(name: string, scalar: Uint8Array, point: Uint8Array): Uint8Array {
  const ecdh = createECDH(name)
  ecdh.setPrivateKey(scalar)
  return new Uint8Array(ecdh.computeSecret(point))
}

/**
 * The name that this runtime knows a curve by, or undefined when it has not got it (Bun and Electron know no brainpool).
 * The known answers need no table: (n-1)·G is the generator mirrored, and its x is that of the generator.
 */
export const nodeCurveName = once((curve: CurveName): string | undefined => {
  const { p, n, gx, gy } = curveParameters(curve)
  const name = names[curve]
  const known = answers(() => {
    const length = byteLength(p)
    const scalar = bigIntToBytes(n - 1n, byteLength(n))
    const [x, y, mirrored] = [gx, gy, p - gy].map((value) => bigIntToBytes(value, length)) as [Uint8Array, Uint8Array, Uint8Array]
    return (
      equalBytes(basePoint(name, scalar), concatBytes(Uint8Array.of(4), x, mirrored)) &&
      equalBytes(agree(name, scalar, concatBytes(Uint8Array.of(4), x, y)), x)
    )
  })
  return known ? name : undefined
})

/** Key agreement by the runtime; multiplication of another base than the generator, which it has not got, by the portable curve. */
export class NodeCurve implements CurvePort {
  readonly agreement = 'ECDH'
  readonly name: CurveName
  readonly fieldLength: number
  readonly orderLength: number
  readonly order: bigint
  readonly #native: string
  readonly #portable: PortableCurve

  constructor(native: string, portable: PortableCurve) {
    this.name = portable.name
    this.fieldLength = portable.fieldLength
    this.orderLength = portable.orderLength
    this.order = portable.order
    this.#native = native
    this.#portable = portable
  }

  randomScalar(random: RandomSource): Uint8Array {
    return this.#portable.randomScalar(random)
  }

  async publicKey(scalar: Uint8Array): Promise<Uint8Array> {
    scalarValue(this.order, scalar)
    return basePoint(this.#native, scalar)
  }

  async sharedSecret(scalar: Uint8Array, point: Uint8Array): Promise<Uint8Array> {
    scalarValue(this.order, scalar)
    assertUncompressed(this.name, point)
    try {
      return agree(this.#native, scalar, point)
    } catch (cause) {
      throw badPoint(this.name, cause)
    }
  }

  multiply(scalar: Uint8Array, point: Uint8Array): Promise<Uint8Array> {
    return this.#portable.multiply(scalar, point)
  }

  async mapNonce(nonce: Uint8Array, point: Uint8Array): Promise<Uint8Array> {
    assertBytes(nonce, 'nonce')
    const value = bytesToBigInt(nonce) % this.order
    const shift = decodePoint(this.name, point)
    if (value === 0n) return encodePoint(this.name, shift)
    const base = basePoint(this.#native, bigIntToBytes(value, this.orderLength))
    return encodePoint(this.name, curvePoints(this.name).fromBytes(base).add(shift))
  }

  mapPseudoRandom(value: Uint8Array): Promise<Uint8Array> {
    return this.#portable.mapPseudoRandom(value)
  }
}
