import { assertBytes, bytesToBigInt } from '@cccd/core'
import { bitLength, byteLength } from '../curves/bits.js'
import { curveParameters } from '../curves/curveParameters.js'
import { portableHash } from '../hash/portableHashes.js'
import { keyMismatch } from '../keyMismatch.js'
import type { PublicKey, PublicKeySpec, SignatureScheme } from '../port.js'
import { modInverse } from '../rsa/modInverse.js'
import type { Slices } from '../Slices.js'
import { addMultiples } from './addMultiples.js'
import { type CurvePoint, decodePoint } from './curvePoints.js'
import { digestValue } from './digestValue.js'
import { plainSignature } from './ecdsaSignature.js'

export type EcPublicKeySpec = Extract<PublicKeySpec, { type: 'ec' }>

/** ECDSA verification over BigInt. */
export class PortableEcPublicKey implements PublicKey {
  readonly spec: EcPublicKeySpec
  readonly bits: number
  readonly #point: CurvePoint
  readonly #orderLength: number
  readonly #slices: Slices

  /** @throws CryptoError `CRYPTO_BAD_POINT` */
  constructor(spec: EcPublicKeySpec, slices: Slices) {
    const { p, n } = curveParameters(spec.curve)
    this.#point = decodePoint(spec.curve, spec.point)
    this.spec = { type: 'ec', curve: spec.curve, point: Uint8Array.from(spec.point) }
    this.bits = bitLength(p)
    this.#orderLength = byteLength(n)
    this.#slices = slices
  }

  async verify(scheme: SignatureScheme, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
    if (scheme.type !== 'ecdsa') throw keyMismatch()
    assertBytes(message, 'message')
    assertBytes(signature, 'signature')
    const digest = portableHash(scheme.hash)(message)
    const plain = plainSignature(signature, scheme.format, this.#orderLength)
    if (plain === undefined) return false
    return this.#isSignature(
      digest,
      bytesToBigInt(plain.subarray(0, this.#orderLength)),
      bytesToBigInt(plain.subarray(this.#orderLength)),
    )
  }

  /** SEC 1 4.1.4. Both halves of the range of s are valid outside of blockchains. */
  async #isSignature(digest: Uint8Array, r: bigint, s: bigint): Promise<boolean> {
    const { curve } = this.spec
    const { n } = curveParameters(curve)
    if (r === 0n || r >= n || s === 0n || s >= n) return false
    const inverse = modInverse(s, n) as bigint
    const sum = await addMultiples(curve, (digestValue(n, digest) * inverse) % n, this.#point, (r * inverse) % n, this.#slices)
    return !sum.is0() && sum.toAffine().x % n === r
  }

  async recover(): Promise<undefined> {
    return undefined
  }
}
