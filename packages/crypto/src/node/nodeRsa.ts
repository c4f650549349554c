import { constants, createPrivateKey, createPublicKey, type KeyObject, privateEncrypt, publicEncrypt } from 'node:crypto'
import { bigIntToBytes, bytesToBigInt, concatBytes, encodeTlv } from '@cccd/core'
import { byteLength } from '../curves/bits.js'
import { modPow } from '../rsa/modPow.js'
import { portableRsaPrivateOperation, type RsaPrivateNumbers, type RsaPrivateOperation } from '../rsa/RsaPrivateKey.js'
import { portableRsaOperation, type RsaPublicOperation } from '../rsa/RsaPublicKey.js'
import type { Slices } from '../Slices.js'
import { probe } from './once.js'

function integer(value: bigint): Uint8Array {
  const bytes = bigIntToBytes(value, byteLength(value) || 1)
  return encodeTlv(0x02, (bytes[0] as number) < 0x80 ? bytes : concatBytes(Uint8Array.of(0), bytes))
}

/** RSAPublicKey of RFC 8017 A.1.1. */
function importPublic(n: bigint, e: bigint): KeyObject {
  return createPublicKey({ key: Buffer.from(encodeTlv(0x30, integer(n), integer(e))), format: 'der', type: 'pkcs1' })
}

const padding = constants.RSA_NO_PADDING

/** The public operation of the runtime; of the portable backend where the runtime refuses the key (sizes, policies). */
export function nodeRsaOperation(n: bigint, e: bigint, length: number, slices: Slices): RsaPublicOperation {
  const portable = portableRsaOperation(n, e, length, slices)
  if (!nodeHasRsa()) return portable
  let key: KeyObject
  try {
    key = importPublic(n, e)
  } catch {
    return portable
  }
  return async (signature) => {
    try {
      return new Uint8Array(publicEncrypt({ key, padding }, signature))
    } catch {
      return portable(signature)
    }
  }
}

/** The private operation of the runtime, or of the portable backend where the runtime refuses the key. */
export function nodeRsaPrivateOperation(numbers: RsaPrivateNumbers, slices: Slices): RsaPrivateOperation {
  const portable = portableRsaPrivateOperation(numbers, slices)
  if (!nodeHasRsa()) return portable
  const { n, e, d, p, q, dp, dq, qInverse } = numbers
  let key: KeyObject
  try {
    // RSAPrivateKey of RFC 8017 A.1.2.
    const der = encodeTlv(0x30, ...[0n, n, e, d, p, q, dp, dq, qInverse].map(integer))
    key = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs1' })
  } catch {
    return portable
  }
  return async (input) => {
    try {
      return new Uint8Array(privateEncrypt({ key, padding }, input))
    } catch {
      return portable(input)
    }
  }
}

/** Whether the runtime has the bare public operation: a number to the third power, beside BigInt. */
export const nodeHasRsa = probe(() => {
  const n = (1n << 1024n) - 105n
  const [e, length] = [3n, 128]
  const value = (1n << 1000n) + 12_345n
  const result = publicEncrypt({ key: importPublic(n, e), padding }, bigIntToBytes(value, length))
  return bytesToBigInt(new Uint8Array(result)) === modPow(value, e, n)
})
