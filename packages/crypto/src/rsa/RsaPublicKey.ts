import { assertBytes, bigIntToBytes, bytesToBigInt, equalBytes } from '@cccd/core'
import { keyMismatch } from '../keyMismatch.js'
import type { CryptoPort, PublicKey, PublicKeySpec, SignatureScheme } from '../port.js'
import type { Slices } from '../Slices.js'
import { emsaPkcs1 } from './emsaPkcs1.js'
import { verifyPss } from './emsaPss.js'
import { slicedModPow } from './modPow.js'
import { rsaNumbers } from './rsaNumbers.js'

export type RsaPublicKeySpec = Extract<PublicKeySpec, { type: 'rsa' }>
/** signature^e mod n for an input of the length of the modulus and below it, result of the same length. */
export type RsaPublicOperation = (signature: Uint8Array) => Promise<Uint8Array>

/** The RSA public operation over BigInt. */
export function portableRsaOperation(n: bigint, e: bigint, length: number, slices: Slices): RsaPublicOperation {
  return async (signature) => bigIntToBytes(await slicedModPow(bytesToBigInt(signature), e, n, slices), length)
}

/**
 * RSA verification for every backend: the backend brings the public operation, the encoding is made here and compared.
 * Nothing of a recovered block is ever parsed, so there is nothing to forge (CVE-2006-4339 and its descendants).
 */
export class RsaPublicKey implements PublicKey {
  readonly spec: RsaPublicKeySpec
  readonly bits: number
  readonly #n: bigint
  readonly #length: number
  readonly #operation: RsaPublicOperation
  readonly #hash: CryptoPort['hash']

  /** @throws CryptoError `CRYPTO_BAD_KEY` */
  constructor(
    spec: RsaPublicKeySpec,
    hash: CryptoPort['hash'],
    operationOf: (n: bigint, e: bigint, length: number, slices: Slices) => RsaPublicOperation,
    slices: Slices,
  ) {
    const { n, e, bits } = rsaNumbers(spec.modulus, spec.exponent)
    this.spec = { type: 'rsa', modulus: Uint8Array.from(spec.modulus), exponent: Uint8Array.from(spec.exponent) }
    this.bits = bits
    this.#n = n
    this.#length = Math.ceil(bits / 8)
    this.#operation = operationOf(n, e, this.#length, slices)
    this.#hash = hash
  }

  async verify(scheme: SignatureScheme, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
    if (scheme.type === 'ecdsa') throw keyMismatch()
    const digest = this.#hash(scheme.hash, message)
    const encoded = await this.recover(signature)
    if (encoded === undefined) return false
    if (scheme.type === 'rsa-pkcs1')
      return (['null', 'absent'] as const).some((parameters) => {
        const expected = emsaPkcs1(scheme.hash, digest, this.#length, parameters)
        return expected !== undefined && equalBytes(expected, encoded)
      })
    const emBits = this.bits - 1
    const surplus = this.#length - Math.ceil(emBits / 8)
    if (surplus === 1 && encoded[0] !== 0) return false
    return verifyPss(this.#hash, scheme, digest, encoded.subarray(surplus), emBits)
  }

  async recover(signature: Uint8Array): Promise<Uint8Array | undefined> {
    assertBytes(signature, 'signature')
    if (signature.length !== this.#length || bytesToBigInt(signature) >= this.#n) return undefined
    return this.#operation(signature)
  }
}
