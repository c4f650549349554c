import { equalBytes } from '@cccd/core'
import { CryptoError } from '../CryptoError.js'
import { curveParameters } from '../curves/curveParameters.js'
import { portableHash } from '../hash/portableHashes.js'
import { keyMismatch } from '../keyMismatch.js'
import type { Pause } from '../pause.js'
import type { CurvePort, PrivateKey, PrivateKeySpec, RandomSource, SignatureScheme } from '../port.js'
import { randomBytes } from '../randomBytes.js'
import { derSignature } from './ecdsaSignature.js'
import { type EcPublicKeySpec, ecdsaOf } from './PortableEcPublicKey.js'
import { scalarValue } from './scalars.js'

export type EcPrivateKeySpec = Extract<PrivateKeySpec, { type: 'ec' }>

/**
 * ECDSA signing with the nonce of RFC 6979 3.6 and 32 bytes of the source mixed in: the same on every backend for the same
 * source, and safe with a source that repeats itself.
 */
export class EcPrivateKey implements PrivateKey {
  readonly publicKey: EcPublicKeySpec
  readonly #scalar: Uint8Array
  readonly #pause: Pause

  private constructor(publicKey: EcPublicKeySpec, scalar: Uint8Array, pause: Pause) {
    this.publicKey = publicKey
    this.#scalar = scalar
    this.#pause = pause
  }

  /** @throws CryptoError `CRYPTO_BAD_KEY` when the scalar is out of range or the point is not its public key */
  static async import(spec: EcPrivateKeySpec, curve: CurvePort, pause: Pause): Promise<EcPrivateKey> {
    const { n } = curveParameters(spec.curve)
    let point: Uint8Array
    try {
      scalarValue(n, spec.scalar)
      point = await curve.publicKey(spec.scalar)
    } catch (cause) {
      throw new CryptoError('CRYPTO_BAD_KEY', 'the scalar is not one of the curve', { params: { curve: spec.curve }, cause })
    }
    if (!equalBytes(point, spec.point)) throw new CryptoError('CRYPTO_BAD_KEY', 'the point does not belong to the scalar')
    return new EcPrivateKey({ type: 'ec', curve: spec.curve, point }, Uint8Array.from(spec.scalar), pause)
  }

  async sign(scheme: SignatureScheme, message: Uint8Array, random: RandomSource): Promise<Uint8Array> {
    if (scheme.type !== 'ecdsa') throw keyMismatch()
    const digest = portableHash(scheme.hash)(message)
    const extraEntropy = randomBytes(random, 32)
    await this.#pause()
    const options = { prehash: false, lowS: false, format: 'compact', extraEntropy } as const
    const plain = ecdsaOf(this.publicKey.curve, scheme.hash).sign(digest, this.#scalar, options)
    return scheme.format === 'der' ? derSignature(plain) : plain
  }

  async rawRsa(): Promise<never> {
    throw keyMismatch()
  }
}
