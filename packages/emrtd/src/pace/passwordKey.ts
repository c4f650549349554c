import { encodeUtf8, wipe } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import type { AccessPassword } from '../access/AccessCandidate.js'
import type { CipherParameters } from '../kdf/cipherParameters.js'
import { deriveKey, keyPurpose } from '../kdf/deriveKey.js'
import { mrzInformation } from '../kdf/mrzInformation.js'

/** Reference of a password in MSE:Set AT (Doc 9303-11, 4.4.4.1, DO 83). PIN and PUK are TR-03110's, no passwords of ICAO. */
export const passwordReference: Readonly<Record<AccessPassword['password'], number>> = {
  MRZ: 0x01,
  CAN: 0x02,
  PIN: 0x03,
  PUK: 0x04,
}

/** K_π = KDF(f(π), 3): f is SHA-1 for the MRZ and the characters themselves for the others (Doc 9303-11, 4.4.3.2, table 4). */
export function passwordKey(crypto: CryptoPort, cipher: CipherParameters, password: AccessPassword): Uint8Array {
  const text = password.password === 'MRZ' ? mrzInformation(password) : encodeUtf8(password.value)
  const secret = password.password === 'MRZ' ? crypto.hash('sha1', text) : text
  const key = deriveKey(crypto, cipher, secret, keyPurpose.password)
  wipe(text, secret)
  return key
}
