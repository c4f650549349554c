import { isCccdError } from '@cccd/core'
import type { HashAlgorithm, PublicKey, SignatureScheme } from '@cccd/crypto'
import type { AlgorithmIdentifier } from '../algorithms/AlgorithmIdentifier.js'
import { signatureSchemeOf } from '../algorithms/signatureSchemeOf.js'

/** Why a signature did not pass. Open: later versions may add some. */
export type SignatureReason = 'signature-wrong' | 'key-wrong' | 'algorithm-differs' | 'unsupported-algorithm'

export interface SignatureVerdict {
  readonly status: 'passed' | 'failed' | 'inconclusive'
  readonly reason?: SignatureReason
  readonly scheme?: SignatureScheme
}

export interface VerifySignatureOptions {
  /** Gives the signer's key; what it throws becomes the verdict. */
  readonly key: () => Promise<PublicKey>
  readonly algorithm: AlgorithmIdentifier
  /** The hash where the algorithm names none. */
  readonly digest?: HashAlgorithm
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

const unsupported: readonly string[] = ['PKI_UNSUPPORTED_ALGORITHM', 'PKI_UNKNOWN_CURVE', 'CRYPTO_UNSUPPORTED']

/**
 * Whether a signature is that of a message under a key: `unsupported-algorithm` is what we cannot compute (`inconclusive`),
 * never mixed up with a wrong signature.
 */
export async function verifySignature(options: VerifySignatureOptions): Promise<SignatureVerdict> {
  const { algorithm, digest, message, signature } = options
  let scheme: SignatureScheme | undefined
  try {
    scheme = signatureSchemeOf(algorithm, digest === undefined ? {} : { digest })
    const key = await options.key()
    if (await key.verify(scheme, message, signature)) return { status: 'passed', scheme }
    return { status: 'failed', reason: 'signature-wrong', scheme }
  } catch (error) {
    if (!isCccdError(error)) throw error
    if (unsupported.includes(error.code))
      return { status: 'inconclusive', reason: 'unsupported-algorithm', ...(scheme && { scheme }) }
    // An RSA signature under an EC key is no signature of that key; anything else is the key's fault.
    return {
      status: 'failed',
      reason: error.code === 'CRYPTO_KEY_MISMATCH' ? 'signature-wrong' : 'key-wrong',
      ...(scheme && { scheme }),
    }
  }
}
