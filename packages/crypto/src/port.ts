/** Hashes of Doc 9303-11/-12 and of the certificates that exist. */
export const hashAlgorithms = [
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'sha512/224',
  'sha512/256',
  'sha3-224',
  'sha3-256',
  'sha3-384',
  'sha3-512',
] as const
export type HashAlgorithm = (typeof hashAlgorithms)[number]

/** Standardised curves, by the name this SDK gives them everywhere. */
export const curveNames = [
  'P-192',
  'P-224',
  'P-256',
  'P-384',
  'P-521',
  'brainpoolP160r1',
  'brainpoolP192r1',
  'brainpoolP224r1',
  'brainpoolP256r1',
  'brainpoolP320r1',
  'brainpoolP384r1',
  'brainpoolP512r1',
] as const
export type CurveName = (typeof curveNames)[number]

/** Groups modulo a prime (RFC 5114 2.1 to 2.3), the standardised parameters 0, 1 and 2 of Doc 9303-11 9.5.1 in this order. */
export const dhGroupNames = ['rfc5114-1024-160', 'rfc5114-2048-224', 'rfc5114-2048-256'] as const
export type DhGroupName = (typeof dhGroupNames)[number]

/** Random bytes of a length. Injected wherever a protocol draws one; the default is `systemRandom`. */
export type RandomSource = (length: number) => Uint8Array

export interface IncrementalHash {
  update(data: Uint8Array): this
  /** Ends the computation. */
  digest(): Uint8Array
}

/** AES with 16, 24 or 32 byte keys. No padding anywhere: lengths are multiples of 16. */
export interface AesPort {
  encryptCbc(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array
  decryptCbc(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array
  /** One block, ECB. */
  encryptBlock(key: Uint8Array, block: Uint8Array): Uint8Array
  /** CMAC (NIST SP 800-38B) over any length, 16 bytes. */
  cmac(key: Uint8Array, data: Uint8Array): Uint8Array
}

/** DES (8-byte key) and two- or three-key 3DES (16, 24). No padding: lengths are multiples of 8. */
export interface TripleDesPort {
  encryptCbc(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array
  decryptCbc(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array
  /** ISO/IEC 9797-1 MAC algorithm 3 with DES, key of 16 bytes, data already padded (method 2), 8 bytes. */
  retailMac(key: Uint8Array, paddedData: Uint8Array): Uint8Array
}

/**
 * What PACE and Chip Authentication agree keys in: an elliptic curve, or a group modulo a prime. Elements are bytes as they stand on
 * the wire: uncompressed points (04 | x | y), or numbers with the length of the prime. Scalars are big-endian with the length of the order.
 */
export interface KeyAgreementGroup {
  readonly agreement: 'ECDH' | 'DH'
  readonly name: CurveName | DhGroupName
  /** Bytes of a coordinate, or of the prime. */
  readonly fieldLength: number
  /** Bytes of the order. */
  readonly orderLength: number
  readonly order: bigint
  /** A scalar in [1, n-1] by rejection sampling. */
  randomScalar(random: RandomSource): Uint8Array
  /** scalar × G, or g^scalar. */
  publicKey(scalar: Uint8Array): Promise<Uint8Array>
  /**
   * The x coordinate of scalar × element, or element^scalar: `fieldLength` bytes.
   * @throws CryptoError `CRYPTO_BAD_POINT` for an element that is not one of the group of the order (off the curve, outside of the
   * subgroup), has a wrong length, or is the neutral one
   */
  sharedSecret(scalar: Uint8Array, element: Uint8Array): Promise<Uint8Array>
  /** scalar × element or element^scalar as an element (base other than the generator: PACE's mapped generator). Throws as sharedSecret. */
  multiply(scalar: Uint8Array, element: Uint8Array): Promise<Uint8Array>
  /**
   * nonce × G + element or g^nonce × element, the generic mapping of Doc 9303-11 4.4.3.3.1; the nonce may be longer than the order.
   * Throws as sharedSecret, and for a mapping to the neutral element.
   */
  mapNonce(nonce: Uint8Array, element: Uint8Array): Promise<Uint8Array>
  /**
   * The integrated mapping of Doc 9303-11 4.4.3.3.2 after its pseudo-random function: the big-endian output R(s,t), which is reduced
   * modulo the prime here, to an element (point encoding of appendix B, or the (p-1)/q-th power).
   * @throws CryptoError `CRYPTO_UNSUPPORTED` for P-224, whose prime is 1 modulo 4; `CRYPTO_BAD_POINT` for a value that maps to nothing
   */
  mapPseudoRandom(value: Uint8Array): Promise<Uint8Array>
}

export interface CurvePort extends KeyAgreementGroup {
  readonly agreement: 'ECDH'
  readonly name: CurveName
}

export interface DhGroupPort extends KeyAgreementGroup {
  readonly agreement: 'DH'
  readonly name: DhGroupName
  readonly prime: bigint
  readonly generator: bigint
}

/** How a signature was made; resolved from AlgorithmIdentifiers by `@cccd/pki`. */
export type SignatureScheme =
  | { readonly type: 'rsa-pkcs1'; readonly hash: HashAlgorithm }
  | { readonly type: 'rsa-pss'; readonly hash: HashAlgorithm; readonly mgfHash: HashAlgorithm; readonly saltLength: number }
  | { readonly type: 'ecdsa'; readonly hash: HashAlgorithm; readonly format: 'der' | 'plain' }

export type PublicKeySpec =
  | { readonly type: 'rsa'; readonly modulus: Uint8Array; readonly exponent: Uint8Array }
  | { readonly type: 'ec'; readonly curve: CurveName; readonly point: Uint8Array }

export type PrivateKeySpec =
  | {
      readonly type: 'rsa'
      readonly modulus: Uint8Array
      readonly exponent: Uint8Array
      readonly privateExponent: Uint8Array
      readonly primes: readonly [Uint8Array, Uint8Array]
    }
  | { readonly type: 'ec'; readonly curve: CurveName; readonly scalar: Uint8Array; readonly point: Uint8Array }

/** An imported public key; import once, verify often. */
export interface PublicKey {
  readonly spec: PublicKeySpec
  /** Bits of the modulus or of the field. */
  readonly bits: number
  /**
   * Whether the signature is that of the message. Never throws for a wrong or malformed signature (false).
   * @throws CryptoError `CRYPTO_UNSUPPORTED` when no backend has the scheme, `CRYPTO_KEY_MISMATCH` when the scheme is for another kind of key
   */
  verify(scheme: SignatureScheme, message: Uint8Array, signature: Uint8Array): Promise<boolean>
  /** The RSA public operation, result with the modulus' length (ISO/IEC 9796-2 recovery). Undefined when signature >= modulus or the key is not RSA. */
  recover(signature: Uint8Array): Promise<Uint8Array | undefined>
}

/** A private key of a simulator, a signer or a test. */
export interface PrivateKey {
  readonly publicKey: PublicKeySpec
  sign(scheme: SignatureScheme, message: Uint8Array, random: RandomSource): Promise<Uint8Array>
  /** The RSA private operation on a number below the modulus. @throws CryptoError `CRYPTO_KEY_MISMATCH` for an EC key */
  rawRsa(input: Uint8Array): Promise<Uint8Array>
}

/**
 * Everything that protocols, chips and certificates need, whatever computes it. Public-key operations are asynchronous
 * and let the event loop run every few milliseconds; hashes and symmetric ciphers are synchronous.
 */
export interface CryptoPort {
  /** e.g. `node`, `portable`; what it is made of, primitive by primitive, stands in {@link backends}. */
  readonly name: string
  /** Which backend answers for a primitive, e.g. `{ 'curve:brainpoolP256r1': 'portable' }`. */
  readonly backends: Readonly<Record<string, string>>
  hash(algorithm: HashAlgorithm, ...data: readonly Uint8Array[]): Uint8Array
  createHash(algorithm: HashAlgorithm): IncrementalHash
  readonly aes: AesPort
  /** Loaded when a chip needs 3DES or BAC. */
  tripleDes(): Promise<TripleDesPort>
  /** @throws CryptoError `CRYPTO_UNSUPPORTED` */
  curve(name: CurveName): CurvePort
  /** @throws CryptoError `CRYPTO_UNSUPPORTED` */
  dhGroup(name: DhGroupName): DhGroupPort
  /** @throws CryptoError `CRYPTO_BAD_KEY`, `CRYPTO_BAD_POINT` */
  importPublicKey(spec: PublicKeySpec): Promise<PublicKey>
  /** @throws CryptoError `CRYPTO_BAD_KEY` */
  importPrivateKey(spec: PrivateKeySpec): Promise<PrivateKey>
}
