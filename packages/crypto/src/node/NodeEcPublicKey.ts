import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { assertBytes, bigIntToBytes, concatBytes, decodeHex, encodeOid, encodeTlv } from '@cccd/core'
import { bitLength, byteLength } from '../curves/bits.js'
import { curveParameters } from '../curves/curveParameters.js'
import { assertUncompressed, badPoint } from '../ec/curvePoints.js'
import { plainSignature } from '../ec/ecdsaSignature.js'
import type { EcPublicKeySpec } from '../ec/PortableEcPublicKey.js'
import { keyMismatch } from '../keyMismatch.js'
import type { CurveName, HashAlgorithm, PublicKey, SignatureScheme } from '../port.js'
import { nodeHash, nodeHashName } from './nodeHashes.js'
import { answers, once } from './once.js'

const ecPublicKeyOid = encodeOid('1.2.840.10045.2.1')

/** SubjectPublicKeyInfo with the named curve (RFC 5480 2.1.1): explicit parameters cost OpenSSL ten times the import. */
function subjectPublicKeyInfo({ curve, point }: EcPublicKeySpec): Uint8Array {
  const algorithm = encodeTlv(0x30, encodeTlv(0x06, ecPublicKeyOid), encodeTlv(0x06, encodeOid(curveParameters(curve).oid)))
  return encodeTlv(0x30, algorithm, encodeTlv(0x03, Uint8Array.of(0), point))
}

function importKey(spec: EcPublicKeySpec): KeyObject {
  const key = Buffer.from(subjectPublicKeyInfo(spec))
  return createPublicKey({ key, format: 'der', type: 'spki' })
}

/** ECDSA verification by the runtime. */
export class NodeEcPublicKey implements PublicKey {
  readonly spec: EcPublicKeySpec
  readonly bits: number
  readonly #orderLength: number
  readonly #key: KeyObject
  readonly #portable: () => PublicKey

  /**
   * `portable` makes the key that answers for hashes which the runtime has not got.
   * @throws CryptoError `CRYPTO_BAD_POINT`
   */
  constructor(spec: EcPublicKeySpec, portable: () => PublicKey) {
    assertUncompressed(spec.curve, spec.point)
    const { p, n } = curveParameters(spec.curve)
    this.spec = { type: 'ec', curve: spec.curve, point: Uint8Array.from(spec.point) }
    this.bits = bitLength(p)
    this.#orderLength = byteLength(n)
    this.#portable = portable
    try {
      this.#key = importKey(spec)
    } catch (cause) {
      throw badPoint(spec.curve, cause)
    }
  }

  async verify(scheme: SignatureScheme, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
    if (scheme.type !== 'ecdsa') throw keyMismatch()
    assertBytes(message, 'message')
    assertBytes(signature, 'signature')
    const hash = nodeHashName(scheme.hash)
    if (hash === undefined) return this.#portable().verify(scheme, message, signature)
    const plain = plainSignature(signature, scheme.format, this.#orderLength)
    if (plain === undefined) return false
    try {
      return verify(hash, message, { key: this.#key, dsaEncoding: 'ieee-p1363' }, plain)
    } catch {
      return false
    }
  }

  async recover(): Promise<undefined> {
    return undefined
  }
}

/**
 * Whether the runtime verifies ECDSA on a curve. With private key 1 and nonce 1 a signature can be written down: the public key is
 * the generator, r its x, s = z + r.
 */
export const nodeHasEcdsa = once((curve: CurveName): boolean =>
  answers(() => {
    const { p, n, gx, gy } = curveParameters(curve)
    const hash: HashAlgorithm = 'sha256'
    const name = nodeHashName(hash)
    if (name === undefined) return false
    const [length, orderLength] = [byteLength(p), byteLength(n)]
    const point = concatBytes(Uint8Array.of(4), bigIntToBytes(gx, length), bigIntToBytes(gy, length))
    const message = decodeHex('616263')
    const digest = BigInt(`0x${Buffer.from(nodeHash(name, [message])).toString('hex')}`)
    const z = digest >> BigInt(Math.max(0, 256 - bitLength(n)))
    const r = gx % n
    const key = importKey({ type: 'ec', curve, point })
    const check = (s: bigint): boolean =>
      verify(
        name,
        message,
        { key, dsaEncoding: 'ieee-p1363' },
        concatBytes(bigIntToBytes(r, orderLength), bigIntToBytes(s, orderLength)),
      )
    return check((z + r) % n) && !check((z + r + 1n) % n)
  }),
)
