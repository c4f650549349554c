import type { HashAlgorithm } from '@cccd/crypto'

const hashes: ReadonlyMap<string, HashAlgorithm> = /* @__PURE__ */ new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.5', 'sha512/224'],
  ['2.16.840.1.101.3.4.2.6', 'sha512/256'],
  ['2.16.840.1.101.3.4.2.7', 'sha3-224'],
  ['2.16.840.1.101.3.4.2.8', 'sha3-256'],
  ['2.16.840.1.101.3.4.2.9', 'sha3-384'],
  ['2.16.840.1.101.3.4.2.10', 'sha3-512'],
])

/**
 * The hash with an object identifier, or undefined for one that this SDK does not compute (MD5, RIPEMD, …).
 * @example hashAlgorithmByOid('2.16.840.1.101.3.4.2.1') // 'sha256'
 */
export function hashAlgorithmByOid(oid: string): HashAlgorithm | undefined {
  return hashes.get(oid)
}

/** The object identifier of a hash. */
export function hashOidOf(algorithm: HashAlgorithm): string {
  for (const [oid, known] of hashes) if (known === algorithm) return oid
  throw new TypeError('hash has no object identifier')
}
