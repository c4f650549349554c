import { wipe } from '@cccd/core'
import { unpadIso9797Method2 } from '@cccd/crypto'
import type { CipherSuite } from '../channel/cipherSuite.js'

/** What PACE with chip-authentication mapping leaves to be checked against a key of EF.CardSecurity. */
export interface ChipAuthenticationMapping {
  /** PK_Map,IC. */
  readonly mappedKey: Uint8Array
  /** CA_IC; absent where the chip sent none, empty where it does not decrypt. */
  readonly proof?: Uint8Array
}

/**
 * CA_IC out of A_IC, DO 8A of the last answer: AES-CBC under KS_Enc with the IV E(KS_Enc, −1), padded (Doc 9303-11, 4.4.3.5).
 * @returns undefined without data, nothing for data that is not so
 */
export function decryptChipAuthenticationData(
  suite: CipherSuite,
  encryptionKey: Uint8Array,
  data: Uint8Array | undefined,
): Uint8Array | undefined {
  if (data === undefined) return undefined
  if (data.length === 0 || data.length % suite.blockLength !== 0) return new Uint8Array(0)
  // `encrypt` takes the counter and makes E(K, counter) its IV; a counter of all ones is -1.
  const padded = suite.decrypt(encryptionKey, new Uint8Array(suite.blockLength).fill(0xff), data)
  try {
    return unpadIso9797Method2(padded).slice()
  } catch {
    return new Uint8Array(0)
  } finally {
    wipe(padded)
  }
}
