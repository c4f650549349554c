import { bigIntToBytes, bytesToBigInt, concatBytes } from '@cccd/core'
import { CryptoError } from '../CryptoError.js'
import { keyMismatch } from '../keyMismatch.js'
import type { CryptoPort, PrivateKey, PrivateKeySpec, RandomSource, SignatureScheme } from '../port.js'
import { randomBytes } from '../randomBytes.js'
import type { Slices } from '../Slices.js'
import { emsaPkcs1 } from './emsaPkcs1.js'
import { encodePss } from './emsaPss.js'
import { modInverse } from './modInverse.js'
import { slicedModPow } from './modPow.js'
import type { RsaPublicKeySpec } from './RsaPublicKey.js'
import { badRsaKey, rsaNumbers } from './rsaNumbers.js'

export type RsaPrivateKeySpec = Extract<PrivateKeySpec, { type: 'rsa' }>
/** input^d mod n for an input of the length of the modulus and below it, result of the same length. */
export type RsaPrivateOperation = (input: Uint8Array) => Promise<Uint8Array>

/** All numbers of RFC 8017 A.1.2, the ones that a spec leaves out computed. */
export interface RsaPrivateNumbers {
  readonly n: bigint
  readonly e: bigint
  readonly d: bigint
  readonly p: bigint
  readonly q: bigint
  readonly dp: bigint
  readonly dq: bigint
  readonly qInverse: bigint
  readonly bits: number
}

/** @throws CryptoError `CRYPTO_BAD_KEY` when the parts do not belong together */
export function rsaPrivateNumbers(spec: RsaPrivateKeySpec): RsaPrivateNumbers {
  const { n, e, bits } = rsaNumbers(spec.modulus, spec.exponent)
  const d = bytesToBigInt(spec.privateExponent)
  const [p, q] = [bytesToBigInt(spec.primes[0]), bytesToBigInt(spec.primes[1])]
  if (p < 3n || q < 3n || p === q || p * q !== n || d >= n) throw badRsaKey('private')
  const qInverse = modInverse(q, p)
  if (qInverse === undefined || (e * d) % (p - 1n) !== 1n || (e * d) % (q - 1n) !== 1n) throw badRsaKey('private')
  return { n, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qInverse, bits }
}

/** The RSA private operation over BigInt (RFC 8017 5.1.2, by the Chinese remainder theorem). */
export function portableRsaPrivateOperation(
  { p, q, dp, dq, qInverse, bits }: RsaPrivateNumbers,
  slices: Slices,
): RsaPrivateOperation {
  return async (input) => {
    const value = bytesToBigInt(input)
    const m1 = await slicedModPow(value, dp, p, slices)
    const m2 = await slicedModPow(value, dq, q, slices)
    const h = (qInverse * (((m1 - m2) % p) + p)) % p
    return bigIntToBytes(m2 + h * q, Math.ceil(bits / 8))
  }
}

/** RSA signing for every backend: the encoding is made here, the backend brings the private operation. */
export class RsaPrivateKey implements PrivateKey {
  readonly publicKey: RsaPublicKeySpec
  readonly #numbers: RsaPrivateNumbers
  readonly #operation: RsaPrivateOperation
  readonly #hash: CryptoPort['hash']
  readonly #slices: Slices

  /** @throws CryptoError `CRYPTO_BAD_KEY` */
  constructor(
    spec: RsaPrivateKeySpec,
    hash: CryptoPort['hash'],
    operationOf: (numbers: RsaPrivateNumbers, slices: Slices) => RsaPrivateOperation,
    slices: Slices,
  ) {
    this.#numbers = rsaPrivateNumbers(spec)
    this.publicKey = { type: 'rsa', modulus: spec.modulus, exponent: spec.exponent }
    this.#operation = operationOf(this.#numbers, slices)
    this.#hash = hash
    this.#slices = slices
  }

  async sign(scheme: SignatureScheme, message: Uint8Array, random: RandomSource): Promise<Uint8Array> {
    if (scheme.type === 'ecdsa') throw keyMismatch()
    const digest = this.#hash(scheme.hash, message)
    const encoded = this.#encode(scheme, digest, random)
    if (encoded === undefined) throw new CryptoError('CRYPTO_BAD_KEY', 'the modulus is too short for this scheme')
    return this.rawRsa(encoded)
  }

  async rawRsa(input: Uint8Array): Promise<Uint8Array> {
    const { n, e, bits } = this.#numbers
    const value = bytesToBigInt(input)
    if (value >= n) throw new RangeError('input must be below the modulus')
    const padded = bigIntToBytes(value, Math.ceil(bits / 8))
    const result = await this.#operation(padded)
    // A fault in one half of the computation would give the factors away (Boneh, DeMillo, Lipton 1997).
    if ((await slicedModPow(bytesToBigInt(result), e, n, this.#slices)) !== value)
      throw new CryptoError('CRYPTO_BAD_KEY', 'the private operation failed')
    return result
  }

  #encode(scheme: Exclude<SignatureScheme, { type: 'ecdsa' }>, digest: Uint8Array, random: RandomSource): Uint8Array | undefined {
    const { bits } = this.#numbers
    const length = Math.ceil(bits / 8)
    if (scheme.type === 'rsa-pkcs1') return emsaPkcs1(scheme.hash, digest, length)
    const encoded = encodePss(this.#hash, scheme, digest, randomBytes(random, scheme.saltLength), bits - 1)
    return encoded === undefined ? undefined : concatBytes(new Uint8Array(length - encoded.length), encoded)
  }
}
