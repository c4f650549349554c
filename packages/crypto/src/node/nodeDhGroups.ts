import { createDiffieHellman } from 'node:crypto'
import { bigIntToBytes, bytesToBigInt } from '@cccd/core'
import { byteLength } from '../curves/bits.js'
import type { GroupPower } from '../dh/DhGroup.js'
import { dhGroupParameters } from '../dh/dhGroupParameters.js'
import type { DhGroupName } from '../port.js'
import { answers, once } from './once.js'

/** The runtime's private operation of Diffie-Hellman is an exponentiation of any base. It refuses some of the results, 1 among them. */
function nativePower(name: DhGroupName): (base: bigint, exponent: bigint) => bigint {
  const { p, g } = dhGroupParameters(name)
  const length = byteLength(p)
  const group = createDiffieHellman(bigIntToBytes(p, length), bigIntToBytes(g, length))
  return (base, exponent) => {
    group.setPrivateKey(bigIntToBytes(exponent, byteLength(exponent)))
    return bytesToBigInt(new Uint8Array(group.computeSecret(bigIntToBytes(base, length))))
  }
}

/**
 * Whether the runtime exponentiates modulo the prime of a group. The known answers need no table: g^(q-1) is the inverse of g, and
 * the (p-1)/q-th power of a number lies in the subgroup, so that its (q-1)-th is its inverse.
 */
export const nodeHasDhGroup = once((name: DhGroupName): boolean =>
  answers(() => {
    const { p, g, q } = dhGroupParameters(name)
    const power = nativePower(name)
    const mapped = power(3n, (p - 1n) / q)
    return (
      (power(g, q - 1n) * g) % p === 1n && (power(mapped, q - 1n) * mapped) % p === 1n && power(mapped, 2n) === mapped ** 2n % p
    )
  }),
)

/** The exponentiation of the runtime, or of `portable` for what the runtime refuses. */
export function nodeGroupPower(name: DhGroupName, portable: GroupPower): GroupPower {
  const native = nativePower(name)
  return async (base, exponent) => {
    try {
      return native(base, exponent)
    } catch {
      return portable(base, exponent)
    }
  }
}
