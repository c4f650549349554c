import { concatBytes } from '@cccd/core'
import { constantTimeEqual } from '../constantTimeEqual.js'
import { hashLength } from '../hash/hashLength.js'
import type { CryptoPort, HashAlgorithm, SignatureScheme } from '../port.js'

export type PssScheme = Extract<SignatureScheme, { type: 'rsa-pss' }>
type Hash = CryptoPort['hash']

/** MGF1 (RFC 8017 B.2.1). */
function maskGeneration(hash: Hash, algorithm: HashAlgorithm, seed: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length)
  const step = hashLength(algorithm)
  for (let counter = 0; counter * step < length; counter++) {
    const block = hash(algorithm, seed, Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter))
    out.set(block.subarray(0, Math.min(step, length - counter * step)), counter * step)
  }
  return out
}

function xorInto(target: Uint8Array, mask: Uint8Array): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) ^ (mask[i] as number)
}

/** EMSA-PSS-ENCODE (RFC 8017 9.1.1) in `emBits` bits, or undefined when they are too few. */
export function encodePss(
  hash: Hash,
  scheme: PssScheme,
  digest: Uint8Array,
  salt: Uint8Array,
  emBits: number,
): Uint8Array | undefined {
  const emLength = Math.ceil(emBits / 8)
  const maskedLength = emLength - digest.length - 1
  if (maskedLength < salt.length + 1) return undefined
  const h = hash(scheme.hash, new Uint8Array(8), digest, salt)
  const db = concatBytes(new Uint8Array(maskedLength - salt.length - 1), Uint8Array.of(0x01), salt)
  xorInto(db, maskGeneration(hash, scheme.mgfHash, h, maskedLength))
  db[0] = (db[0] as number) & (0xff >> (8 * emLength - emBits))
  return concatBytes(db, h, Uint8Array.of(0xbc))
}

/** EMSA-PSS-VERIFY (RFC 8017 9.1.2) with exactly the salt length of the scheme. */
export function verifyPss(hash: Hash, scheme: PssScheme, digest: Uint8Array, em: Uint8Array, emBits: number): boolean {
  if (!Number.isInteger(scheme.saltLength) || scheme.saltLength < 0) return false
  const emLength = Math.ceil(emBits / 8)
  const maskedLength = emLength - digest.length - 1
  if (em.length !== emLength || maskedLength < scheme.saltLength + 1 || em[emLength - 1] !== 0xbc) return false
  const unused = 8 * emLength - emBits
  const db = em.slice(0, maskedLength)
  if (((db[0] as number) & ~(0xff >> unused) & 0xff) !== 0) return false
  const h = em.subarray(maskedLength, emLength - 1)
  xorInto(db, maskGeneration(hash, scheme.mgfHash, h, maskedLength))
  db[0] = (db[0] as number) & (0xff >> unused)
  const saltStart = maskedLength - scheme.saltLength
  for (let i = 0; i < saltStart - 1; i++) if (db[i] !== 0) return false
  if (db[saltStart - 1] !== 0x01) return false
  return constantTimeEqual(hash(scheme.hash, new Uint8Array(8), digest, db.subarray(saltStart)), h)
}
