import { isCccdError } from '@cccd/core'
import {
  type CryptoPort,
  type HashAlgorithm,
  loadCrypto,
  type PublicKey,
  type PublicKeySpec,
  recoverIso9796_2,
} from '@cccd/crypto'
import { signatureSchemeOf } from '@cccd/pki'

export interface ActiveAuthenticationInput {
  /** The key of DG15. */
  readonly publicKey: PublicKeySpec
  /** The eight bytes that the verifier made. */
  readonly challenge: Uint8Array
  readonly response: Uint8Array
  /** Object identifier in DG14's ActiveAuthenticationInfo; elliptic-curve keys need it. */
  readonly signatureAlgorithm?: string
  readonly crypto?: CryptoPort
}

/** Whether a signature is the key's over the challenge, and how it was made. */
export interface ActiveAuthenticationVerdict {
  readonly status: 'passed' | 'failed' | 'inconclusive'
  readonly reason?: 'signature-wrong' | 'key-wrong' | 'unsupported-algorithm'
  readonly algorithm?: string
  readonly hash?: HashAlgorithm
  /** Hexadecimal trailer field of ISO/IEC 9796-2. */
  readonly trailer?: string
  /** Form of an ECDSA signature: Doc 9303 says plain, some cards send DER. */
  readonly format?: 'plain' | 'der'
  readonly keyBits?: number
}

const unsupported = { status: 'inconclusive', reason: 'unsupported-algorithm' } as const
/** Hash identifiers of ISO/IEC 10118-3 that no backend computes: RIPEMD-160, RIPEMD-128, Whirlpool. Any other is no trailer of a chip. */
const foreignHashes: readonly number[] = [0x31, 0x32, 0x37]
const wrong = { status: 'failed', reason: 'signature-wrong' } as const

/**
 * Verifies the answer of Active Authentication (Doc 9303-11, 6.1): RSA with ISO/IEC 9796-2 scheme 1, or ECDSA. It proves that the chip
 * holds the private key; whether the key is the document's is for the hash of DG15 to say.
 */
export async function verifyActiveAuthentication(input: ActiveAuthenticationInput): Promise<ActiveAuthenticationVerdict> {
  const crypto = input.crypto ?? (await loadCrypto())
  try {
    const key = await crypto.importPublicKey(input.publicKey)
    return input.publicKey.type === 'rsa' ? await verifyRsa(key, input, crypto) : await verifyEcdsa(key, input, crypto)
  } catch (error) {
    if (!isCccdError(error)) throw error
    if (error.code === 'CRYPTO_UNSUPPORTED' || error.code === 'PKI_UNSUPPORTED_ALGORITHM') return unsupported
    return { status: 'failed', reason: 'key-wrong' }
  }
}

/** Doc 9303-11, 6.1.2.2. A signer of n - s is not accepted: Doc 9303 has only F^d mod n. */
async function verifyRsa(
  key: PublicKey,
  input: ActiveAuthenticationInput,
  crypto: CryptoPort,
): Promise<ActiveAuthenticationVerdict> {
  const details = { algorithm: 'rsa-iso9796-2', keyBits: key.bits }
  const recovered = await key.recover(input.response)
  if (recovered === undefined) return { ...wrong, ...details }
  const outcome = recoverIso9796_2(recovered, input.challenge, { crypto })
  if (outcome.status === 'malformed') {
    const foreign = outcome.reason === 'unsupported-hash' && foreignHashes.includes(recovered[recovered.length - 2] ?? 0)
    return { ...(foreign ? unsupported : wrong), ...details }
  }
  const { hash, trailer } = outcome
  return { ...(outcome.digestMatches ? { status: 'passed' } : wrong), ...details, hash, trailer }
}

/**
 * Doc 9303-11, 6.1.2.3: plain r | s, the hash by DG14. A DER signature of the same key and hash proves as much; some national cards
 * send one. A chip that names no algorithm gets the hash that fits its curve.
 */
async function verifyEcdsa(
  key: PublicKey,
  input: ActiveAuthenticationInput,
  crypto: CryptoPort,
): Promise<ActiveAuthenticationVerdict> {
  const { signatureAlgorithm, challenge, response, publicKey } = input
  const scheme = signatureAlgorithm === undefined ? undefined : signatureSchemeOf({ oid: signatureAlgorithm })
  if (publicKey.type !== 'ec' || (scheme !== undefined && scheme.type !== 'ecdsa')) return unsupported
  const hash = scheme?.hash ?? (key.bits <= 256 ? 'sha256' : key.bits <= 384 ? 'sha384' : 'sha512')
  const { orderLength } = crypto.curve(publicKey.curve)
  const formats = response.length === 2 * orderLength ? (['plain', 'der'] as const) : (['der'] as const)
  const details = { algorithm: 'ecdsa', hash, keyBits: key.bits }
  for (const format of formats)
    if (await key.verify({ type: 'ecdsa', hash, format }, challenge, response)) return { status: 'passed', ...details, format }
  return { ...wrong, ...details }
}
