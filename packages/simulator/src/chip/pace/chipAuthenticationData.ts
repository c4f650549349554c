import { bigIntToBytes, bytesToBigInt } from '@cccd/core'
import { type KeyAgreementGroup, padIso9797Method2 } from '@cccd/crypto'
import type { CipherSuite } from '../CipherSuite.js'

export interface ChipAuthenticationDataInput {
  readonly group: Pick<KeyAgreementGroup, 'order' | 'orderLength'>
  readonly suite: CipherSuite
  /** SK_Map,IC. */
  readonly mapping: Uint8Array
  /** SK_IC, the static key. */
  readonly secret: Uint8Array
  /** KS_Enc of the new session. */
  readonly encryption: Uint8Array
}

/** A_IC: CA_IC = SK_IC⁻¹ · SK_Map,IC mod n, encrypted under the new session with the IV E(KS_Enc, −1) (Doc 9303-11, 4.4.3.5). */
export function chipAuthenticationData({ group, suite, mapping, secret, encryption }: ChipAuthenticationDataInput): Uint8Array {
  const { order, orderLength } = group
  const proof = (inverse(bytesToBigInt(secret), order) * bytesToBigInt(mapping)) % order
  const { blockLength } = suite
  const iv = suite.encrypt(encryption, new Uint8Array(blockLength), new Uint8Array(blockLength).fill(0xff))
  return suite.encrypt(encryption, iv, padIso9797Method2(bigIntToBytes(proof, orderLength), blockLength))
}

/** Inverse modulo a prime, by its little theorem. */
function inverse(value: bigint, prime: bigint): bigint {
  let result = 1n
  let base = value % prime
  for (let exponent = prime - 2n; exponent > 0n; exponent >>= 1n) {
    if ((exponent & 1n) === 1n) result = (result * base) % prime
    base = (base * base) % prime
  }
  return result
}
