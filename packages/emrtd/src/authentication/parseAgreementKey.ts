import { bigIntToBytes, expectTag, parseTlv, readBitString, readInteger } from '@cccd/core'
import type { CryptoPort, KeyAgreementGroup } from '@cccd/crypto'
import { groupOfAlgorithm } from '../lds/domainParameters.js'
import { groupOf } from '../pace/paceParameters.js'

/** A static key of a chip: what it agrees keys in, and its public key as it stands on the wire. */
export interface AgreementKey {
  readonly group: KeyAgreementGroup
  readonly element: Uint8Array
}

/**
 * SubjectPublicKeyInfo of a chip authentication key (Doc 9303-11, 9.2.6): a point, or the INTEGER of a group modulo a prime.
 * @returns undefined for a group that is not known
 * @throws CccdError for bytes that are no key
 */
export function parseAgreementKey(publicKeyInfo: Uint8Array, crypto: CryptoPort): AgreementKey | undefined {
  const [algorithm, key] = parseTlv(publicKeyInfo, { tag: 0x30, maxLength: 65_536 }).children()
  const name = groupOfAlgorithm(expectTag(algorithm, 0x30), crypto)
  if (name === undefined) return undefined
  const group = groupOf(crypto, name)
  const { bytes } = readBitString(key)
  if (group.agreement === 'ECDH') return { group, element: bytes }
  const value = readInteger(parseTlv(bytes, { tag: 0x02 }))
  if (value < 0n || value >= 1n << BigInt(8 * group.fieldLength)) return undefined
  return { group, element: bigIntToBytes(value, group.fieldLength) }
}
