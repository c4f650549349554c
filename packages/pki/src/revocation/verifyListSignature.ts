import { equalBytes } from '@cccd/core'
import type { CryptoPort, PublicKey } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { type SignatureReason, verifySignature } from '../certificate/verifySignature.js'
import { importKey } from '../trust/KeyCache.js'
import type { RevocationList } from './RevocationList.js'

/** Why the signature on a list is not that of a certificate's key; undefined when it is. Whether that key may sign lists is another question. */
export async function verifyListSignature(
  list: RevocationList,
  signer: Certificate,
  crypto: CryptoPort,
  key: () => Promise<PublicKey> = () => importKey(signer, crypto),
): Promise<SignatureReason | undefined> {
  const { signatureAlgorithm: outer, tbsSignatureAlgorithm: inner } = list
  const none = new Uint8Array(0)
  // RFC 5280 5.1.1.2: else the unsigned half of the list would choose the algorithm.
  if (outer.oid !== inner.oid || !equalBytes(outer.parameters ?? none, inner.parameters ?? none)) return 'algorithm-differs'
  const { status, reason } = await verifySignature({ key, algorithm: outer, message: list.tbs, signature: list.signature })
  return status === 'passed' ? undefined : (reason ?? 'signature-wrong')
}
