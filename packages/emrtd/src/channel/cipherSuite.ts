import type { CryptoPort } from '@cccd/crypto'
import { padIso9797Method2 } from '@cccd/crypto'
import { type CipherParameters, cipherParameters } from '../kdf/cipherParameters.js'
import type { SessionCipher } from '../lds/securityInfos.js'

/** A session cipher ready to work: one entry for everything that BAC, PACE, Chip Authentication and secure messaging ask of it. */
export interface CipherSuite extends CipherParameters {
  /** CBC, no padding, with the initialisation vector of a send sequence counter (Doc 9303-11, 9.8.6.1 and 9.8.7.1). */
  encrypt(key: Uint8Array, counter: Uint8Array, data: Uint8Array): Uint8Array
  decrypt(key: Uint8Array, counter: Uint8Array, data: Uint8Array): Uint8Array
  /** CBC with a zero initialisation vector, no padding: the nonce of PACE, the messages of BAC. */
  encryptPlain(key: Uint8Array, data: Uint8Array): Uint8Array
  decryptPlain(key: Uint8Array, data: Uint8Array): Uint8Array
  /** Eight bytes over data that is padded to whole blocks. */
  mac(key: Uint8Array, paddedData: Uint8Array): Uint8Array
  /** Eight bytes over any data: 3DES pads (ISO/IEC 9797-1 method 2), CMAC does by itself. */
  macAny(key: Uint8Array, data: Uint8Array): Uint8Array
}

/** The suite of a cipher over a crypto port. Asynchronous because 3DES is loaded only when a chip needs it. */
export async function cipherSuite(crypto: CryptoPort, name: SessionCipher): Promise<CipherSuite> {
  return name === '3DES' ? tripleDesSuite(crypto) : aesSuite(crypto, cipherParameters[name])
}

function aesSuite(crypto: CryptoPort, parameters: CipherParameters): CipherSuite {
  const { aes } = crypto
  const zero = new Uint8Array(16)
  const mac = (key: Uint8Array, data: Uint8Array): Uint8Array => aes.cmac(key, data).slice(0, 8)
  return {
    ...parameters,
    encrypt: (key, counter, data) => aes.encryptCbc(key, aes.encryptBlock(key, counter), data),
    decrypt: (key, counter, data) => aes.decryptCbc(key, aes.encryptBlock(key, counter), data),
    encryptPlain: (key, data) => aes.encryptCbc(key, zero, data),
    decryptPlain: (key, data) => aes.decryptCbc(key, zero, data),
    mac,
    macAny: mac,
  }
}

async function tripleDesSuite(crypto: CryptoPort): Promise<CipherSuite> {
  const des = await crypto.tripleDes()
  const zero = new Uint8Array(8)
  const encryptPlain = (key: Uint8Array, data: Uint8Array): Uint8Array => des.encryptCbc(key, zero, data)
  const decryptPlain = (key: Uint8Array, data: Uint8Array): Uint8Array => des.decryptCbc(key, zero, data)
  return {
    ...cipherParameters['3DES'],
    encrypt: (key, _counter, data) => encryptPlain(key, data),
    decrypt: (key, _counter, data) => decryptPlain(key, data),
    encryptPlain,
    decryptPlain,
    mac: (key, data) => des.retailMac(key, data),
    macAny: (key, data) => des.retailMac(key, padIso9797Method2(data, 8)),
  }
}
