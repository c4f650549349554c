import { bigIntToBytes, bytesToBigInt, concatBytes, equalBytes } from '@cccd/core'
import { CryptoError } from '../CryptoError.js'
import { curveParameters } from '../curves/curveParameters.js'
import { portableHash } from '../hash/portableHashes.js'
import { keyMismatch } from '../keyMismatch.js'
import type { CurvePort, PrivateKey, PrivateKeySpec, RandomSource, SignatureScheme } from '../port.js'
import { randomBytes } from '../randomBytes.js'
import { modInverse } from '../rsa/modInverse.js'
import { digestValue } from './digestValue.js'
import { ecdsaNonce } from './ecdsaNonce.js'
import { derSignature } from './ecdsaSignature.js'
import type { EcPublicKeySpec } from './PortableEcPublicKey.js'
import { scalarValue } from './scalars.js'

export type EcPrivateKeySpec = Extract<PrivateKeySpec, { type: 'ec' }>

/**
 * ECDSA signing with the nonce of RFC 6979 3.6 and 32 bytes of the source mixed in: the same on every backend for the same
 * source, and safe with a source that repeats itself.
 */
export class EcPrivateKey implements PrivateKey {
  readonly publicKey: EcPublicKeySpec
  readonly #scalar: Uint8Array
  readonly #curve: CurvePort

  private constructor(publicKey: EcPublicKeySpec, scalar: Uint8Array, curve: CurvePort) {
    this.publicKey = publicKey
    this.#scalar = scalar
    this.#curve = curve
  }

  /** @throws CryptoError `CRYPTO_BAD_KEY` when the scalar is out of range or the point is not its public key */
  static async import(spec: EcPrivateKeySpec, curve: CurvePort): Promise<EcPrivateKey> {
    const { n } = curveParameters(spec.curve)
    let point: Uint8Array
    try {
      scalarValue(n, spec.scalar)
      point = await curve.publicKey(spec.scalar)
    } catch (cause) {
      throw new CryptoError('CRYPTO_BAD_KEY', 'the scalar is not one of the curve', { params: { curve: spec.curve }, cause })
    }
    if (!equalBytes(point, spec.point)) throw new CryptoError('CRYPTO_BAD_KEY', 'the point does not belong to the scalar')
    return new EcPrivateKey({ type: 'ec', curve: spec.curve, point }, Uint8Array.from(spec.scalar), curve)
  }

  async sign(scheme: SignatureScheme, message: Uint8Array, random: RandomSource): Promise<Uint8Array> {
    if (scheme.type !== 'ecdsa') throw keyMismatch()
    const digest = portableHash(scheme.hash)(message)
    const { order, orderLength, fieldLength } = this.#curve
    const value = digestValue(order, digest)
    const [scalar, extraEntropy] = [this.#scalar, randomBytes(random, 32)]
    const { nonce, blind } = ecdsaNonce({ order, hash: scheme.hash, scalar, value, extraEntropy })
    const point = await this.#curve.publicKey(bigIntToBytes(nonce, orderLength))
    const r = bytesToBigInt(point.subarray(1, 1 + fieldLength)) % order
    // s = (m + dr)/k. The steps of the inversion depend on its input, which is therefore not k but a product.
    const inverse = modInverse(blind * nonce, order) as bigint
    const s = (inverse * ((blind * value + ((blind * bytesToBigInt(scalar)) % order) * r) % order)) % order
    if (r === 0n || s === 0n) throw new CryptoError('CRYPTO_BAD_RANDOMNESS', 'the random source gives no signature')
    const plain = concatBytes(bigIntToBytes(r, orderLength), bigIntToBytes(s, orderLength))
    return scheme.format === 'der' ? derSignature(plain) : plain
  }

  async rawRsa(): Promise<never> {
    throw keyMismatch()
  }
}
