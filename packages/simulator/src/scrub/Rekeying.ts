import {
  bigIntToBytes,
  bytesToBigInt,
  CccdError,
  encodeHex,
  equalBytes,
  expectTag,
  parseTlv,
  readBitString,
  readOid,
} from '@cccd/core'
import type { PrivateKeySpec, PublicKeySpec, RandomSource } from '@cccd/crypto'
import { generateKeyPair } from '@cccd/crypto/default'
import { parsePublicKeyInfo } from '@cccd/pki'
import { scrubRefused } from './scrubRefused.js'

const attempts = 64
/** A document has four keys at most, and none of more bits. */
const mostKeys = 16
export const mostRsaBits = 6144

/** Public keys by others of the same kind and size; the same key by the same one wherever it stands. */
export class Rekeying {
  readonly #random: RandomSource
  readonly #keys = new Map<string, PrivateKeySpec>()
  readonly #numbers = new Map<string, Uint8Array>()

  constructor(random: RandomSource) {
    this.#random = random
  }

  /** The private half of a key that was put in the place of another. */
  privateKeyOf(info: Uint8Array): PrivateKeySpec | undefined {
    const key = specOf(info)
    return [...this.#keys.values()].find((made) => made.type === 'ec' && key.type === 'ec' && equalBytes(made.point, key.point))
  }

  /**
   * Overwrites a key for key agreement in place: one of an elliptic curve, or of Diffie-Hellman over a prime field. Nobody needs the
   * private half: the recorded session ends where the key would be proven.
   */
  async replaceAgreementKey(info: Uint8Array): Promise<void> {
    if (diffieHellman(info) === undefined) await this.replace(info)
    else this.#replaceNumber(info)
  }

  /**
   * Overwrites the key of a SubjectPublicKeyInfo in place.
   * @throws SimulatorError `SIMULATOR_SCRUB_REFUSED` for a kind of key that cannot be made here
   */
  async replace(info: Uint8Array): Promise<PrivateKeySpec> {
    const key = specOf(info)
    const id = encodeHex(key.type === 'ec' ? key.point : key.modulus)
    const made = this.#keys.get(id) ?? (await this.#make(key))
    this.#keys.set(id, made)
    write(info, key, made)
    return made
  }

  /** A random power of the number is one of the same group and says nothing of it. */
  #replaceNumber(info: Uint8Array): void {
    const { prime, number } = diffieHellman(info) as DiffieHellmanKey
    const id = encodeHex(number)
    const { length } = number
    for (let attempt = 0; attempt < 1024 && !this.#numbers.has(id); attempt++) {
      const exponent = bytesToBigInt(this.#random(32))
      const made = power(bytesToBigInt(number) % prime, exponent, prime)
      const bytes = bigIntToBytes(made, length)
      // As many bytes as before, and a first bit that needs no other sign.
      const isAlike = (bytes[0] === 0) === (number[0] === 0) && ((bytes[0] as number) & 0x80) === 0
      if (isAlike && (bytes[0] !== 0 || ((bytes[1] ?? 0) & 0x80) !== 0)) this.#numbers.set(id, bytes)
    }
    const made = this.#numbers.get(id)
    if (made === undefined) throw scrubRefused('size', { step: 'public-key' })
    number.set(made)
  }

  async #make(key: PublicKeySpec): Promise<PrivateKeySpec> {
    if (this.#keys.size === mostKeys) throw scrubRefused('unsupported', { step: 'public-key' })
    if (key.type === 'ec') return generateKeyPair({ type: 'ec', curve: key.curve }, this.#random)
    const bits = key.modulus.length * 8 - Math.clz32(key.modulus[0] as number) + 24
    const exponent = key.exponent.reduce((sum, byte) => sum * 256 + byte, 0)
    if (bits < 1024 || bits > mostRsaBits || !Number.isSafeInteger(exponent) || exponent < 3 || exponent % 2 === 0)
      throw scrubRefused('unsupported', { step: 'public-key' })
    for (let attempt = 0; attempt < attempts; attempt++) {
      const made = await generateKeyPair({ type: 'rsa', bits, exponent }, this.#random)
      if (made.type === 'rsa' && made.modulus.length === key.modulus.length) return made
    }
    throw scrubRefused('size', { step: 'public-key' })
  }
}

interface DiffieHellmanKey {
  readonly prime: bigint
  /** Content of the INTEGER, in place. */
  readonly number: Uint8Array
}

/** dhpublicnumber (X9.42) and dhKeyAgreement (PKCS #3): the prime is the first parameter of both. Undefined for any other key. */
function diffieHellman(info: Uint8Array): DiffieHellmanKey | undefined {
  const [algorithm, key] = parseTlv(info).children()
  const [oid, parameters] = algorithm?.children() ?? []
  if (!['1.2.840.10046.2.1', '1.2.840.113549.1.3.1'].includes(readOid(oid))) return undefined
  const prime = bytesToBigInt(expectTag(parameters?.children()[0], 0x02).value)
  const number = parseTlv(readBitString(key).bytes, { tag: 0x02 }).value
  if (number.length < 16 || number.length > 513 || prime < 3n) throw scrubRefused('unsupported', { step: 'public-key' })
  return { prime, number }
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

function specOf(info: Uint8Array): PublicKeySpec {
  try {
    return parsePublicKeyInfo(info)
  } catch (error) {
    if (CccdError.is(error)) throw scrubRefused('unsupported', { step: 'public-key' })
    throw error
  }
}

function write(info: Uint8Array, before: PublicKeySpec, made: PrivateKeySpec): void {
  const [, key] = parseTlv(info).children()
  const { bytes } = readBitString(key)
  if (made.type === 'ec') {
    if (bytes.length !== made.point.length) throw scrubRefused('size', { step: 'public-key' })
    bytes.set(made.point)
    return
  }
  const [modulus] = parseTlv(bytes).children()
  // A positive INTEGER has a leading zero where its first bit is set: as before, because the lengths in bits are the same.
  if (before.type !== 'rsa' || modulus === undefined) throw scrubRefused('structure')
  modulus.value.set(made.modulus, modulus.length - made.modulus.length)
}
