import { bigIntToBytes, concatBytes } from '@cccd/core'
import { type CryptoPort, padIso9797Method2 } from '@cccd/crypto'
import type { SessionCipher } from '@cccd/emrtd'

/** The symmetric half of PACE, BAC and secure messaging for one cipher. */
export interface CipherSuite {
  readonly cipher: SessionCipher
  readonly blockLength: 8 | 16
  readonly keyLength: number
  /** Key derivation of Doc 9303-11, 9.7.1. */
  derive(secret: Uint8Array, counter: 1 | 2 | 3): Uint8Array
  encrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array
  decrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array
  /** Initialisation vector of a protected APDU (Doc 9303-11, 9.8.6.1). */
  iv(key: Uint8Array, counter: Uint8Array): Uint8Array
  /** Eight bytes over data of any length. */
  mac(key: Uint8Array, data: Uint8Array): Uint8Array
  /** Eight bytes over whole blocks, as secure messaging hands them over (Doc 9303-11, 9.8.6.2). */
  macBlocks(key: Uint8Array, data: Uint8Array): Uint8Array
}

const keyLengths: Readonly<Record<SessionCipher, number>> = { '3DES': 16, 'AES-128': 16, 'AES-192': 24, 'AES-256': 32 }

/** The suite of a cipher over a crypto port. */
export async function createCipherSuite(cipher: SessionCipher, crypto: CryptoPort): Promise<CipherSuite> {
  const length = keyLengths[cipher]
  const hash = length === 16 ? 'sha1' : 'sha256'
  const derive: CipherSuite['derive'] = (secret, counter) =>
    crypto.hash(hash, concatBytes(secret, bigIntToBytes(BigInt(counter), 4))).slice(0, length)
  if (cipher === '3DES') {
    const des = await crypto.tripleDes()
    return {
      cipher,
      blockLength: 8,
      keyLength: length,
      derive,
      encrypt: (key, iv, data) => des.encryptCbc(key, iv, data),
      decrypt: (key, iv, data) => des.decryptCbc(key, iv, data),
      iv: () => new Uint8Array(8),
      mac: (key, data) => des.retailMac(key, padIso9797Method2(data, 8)),
      macBlocks: (key, data) => des.retailMac(key, data),
    }
  }
  const { aes } = crypto
  const mac: CipherSuite['mac'] = (key, data) => aes.cmac(key, data).slice(0, 8)
  return {
    cipher,
    blockLength: 16,
    keyLength: length,
    derive,
    encrypt: (key, iv, data) => aes.encryptCbc(key, iv, data),
    decrypt: (key, iv, data) => aes.decryptCbc(key, iv, data),
    iv: (key, counter) => aes.encryptBlock(key, counter),
    mac,
    macBlocks: mac,
  }
}
