import { assertBytes } from '@cccd/core'
import { type ECDSA, ecdsa } from '@noble/curves/abstract/weierstrass.js'
import { bitLength, byteLength } from '../curves/bits.js'
import { curveParameters } from '../curves/curveParameters.js'
import { portableHash } from '../hash/portableHashes.js'
import { keyMismatch } from '../keyMismatch.js'
import type { Pause } from '../pause.js'
import type { CurveName, HashAlgorithm, PublicKey, PublicKeySpec, SignatureScheme } from '../port.js'
import { curvePoints, decodePoint } from './curvePoints.js'
import { plainSignature } from './ecdsaSignature.js'

export type EcPublicKeySpec = Extract<PublicKeySpec, { type: 'ec' }>

/** ECDSA verification over BigInt. */
export class PortableEcPublicKey implements PublicKey {
  readonly spec: EcPublicKeySpec
  readonly bits: number
  readonly #orderLength: number
  readonly #pause: Pause

  /** @throws CryptoError `CRYPTO_BAD_POINT` */
  constructor(spec: EcPublicKeySpec, pause: Pause) {
    const { p, n } = curveParameters(spec.curve)
    decodePoint(spec.curve, spec.point)
    this.spec = { type: 'ec', curve: spec.curve, point: Uint8Array.from(spec.point) }
    this.bits = bitLength(p)
    this.#orderLength = byteLength(n)
    this.#pause = pause
  }

  async verify(scheme: SignatureScheme, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
    if (scheme.type !== 'ecdsa') throw keyMismatch()
    assertBytes(message, 'message')
    assertBytes(signature, 'signature')
    const digest = portableHash(scheme.hash)(message)
    const plain = plainSignature(signature, scheme.format, this.#orderLength)
    if (plain === undefined) return false
    await this.#pause()
    // Both halves of the range of s are valid outside of blockchains, and the message was hashed above.
    const options = { prehash: false, lowS: false, format: 'compact' } as const
    try {
      return ecdsaOf(this.spec.curve, scheme.hash).verify(plain, digest, this.spec.point, options)
    } catch {
      return false
    }
  }

  async recover(): Promise<undefined> {
    return undefined
  }
}

const signers = new Map<string, ECDSA>()

/** noble's ECDSA on one of our curves; the hash drives the nonce of a signature only. */
export function ecdsaOf(curve: CurveName, hash: HashAlgorithm): ECDSA {
  const id = `${curve} ${hash}`
  const known = signers.get(id)
  if (known !== undefined) return known
  const made = ecdsa(curvePoints(curve), portableHash(hash))
  signers.set(id, made)
  return made
}
