import { CccdError, encodeHex, parseTlv, readBitString } from '@cccd/core'
import { generateKeyPair, type PrivateKeySpec, type PublicKeySpec, type RandomSource } from '@cccd/crypto'
import { parsePublicKeyInfo } from '@cccd/pki'
import { scrubRefused } from './scrubRefused.js'

const attempts = 64

/** Public keys by others of the same kind and size; the same key by the same one wherever it stands. */
export class Rekeying {
  readonly #random: RandomSource
  readonly #keys = new Map<string, PrivateKeySpec>()

  constructor(random: RandomSource) {
    this.#random = random
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

  async #make(key: PublicKeySpec): Promise<PrivateKeySpec> {
    if (key.type === 'ec') return generateKeyPair({ type: 'ec', curve: key.curve }, this.#random)
    const bits = key.modulus.length * 8 - Math.clz32(key.modulus[0] as number) + 24
    const exponent = key.exponent.reduce((sum, byte) => sum * 256 + byte, 0)
    if (bits < 1024 || bits > 8192 || !Number.isSafeInteger(exponent) || exponent < 3 || exponent % 2 === 0)
      throw scrubRefused('unsupported', { step: 'public-key' })
    for (let attempt = 0; attempt < attempts; attempt++) {
      const made = await generateKeyPair({ type: 'rsa', bits, exponent }, this.#random)
      if (made.type === 'rsa' && made.modulus.length === key.modulus.length) return made
    }
    throw scrubRefused('size', { step: 'public-key' })
  }
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
