import { drawScalar } from './ec/scalars.js'
import type { Pause } from './pause.js'
import type { CryptoPort, CurveName, PrivateKeySpec, RandomSource } from './port.js'
import { generateRsaKey } from './rsa/generateRsaKey.js'
import type { PrimalityTest } from './rsa/primes.js'

/** What key pair is wanted. RSA: 1024 to 8192 bits, an odd exponent from 3 (default 65537). */
export type KeyPairRequest =
  | { readonly type: 'rsa'; readonly bits: number; readonly exponent?: number }
  | { readonly type: 'ec'; readonly curve: CurveName }

/** Makes a key pair from a random source; the same bytes give the same key on every backend. */
export type GenerateKeyPair = (request: KeyPairRequest, random: RandomSource) => Promise<PrivateKeySpec>

interface KeyPairGeneratorParts {
  readonly curve: CryptoPort['curve']
  readonly isPrime: PrimalityTest
  readonly pause: Pause
}

export function keyPairGenerator({ curve, isPrime, pause }: KeyPairGeneratorParts): GenerateKeyPair {
  return async (request, random) => {
    if (request.type === 'ec') {
      const port = curve(request.curve)
      const scalar = drawScalar(port.order, random)
      return { type: 'ec', curve: request.curve, scalar, point: await port.publicKey(scalar) }
    }
    const { bits, exponent = 65_537 } = request
    if (!Number.isInteger(bits) || bits < 1024 || bits > 8192) throw new RangeError('bits must be an integer from 1024 to 8192')
    if (!Number.isSafeInteger(exponent) || exponent < 3 || exponent % 2 === 0)
      throw new RangeError('exponent must be an odd integer from 3')
    return generateRsaKey({ bits, exponent, random, isPrime, pause })
  }
}
