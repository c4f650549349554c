import { equalBytes } from '@cccd/core'
import type { PublicKey } from '@cccd/crypto'
import type { AlgorithmIdentifier } from '../algorithms/AlgorithmIdentifier.js'
import type { Certificate } from './Certificate.js'
import { type SignatureVerdict, verifySignature } from './verifySignature.js'

/** Whether the signature on a certificate is that of a key. Nothing else about either certificate is judged here. */
export async function verifyCertificateSignature(
  certificate: Certificate,
  issuerKey: () => Promise<PublicKey>,
): Promise<SignatureVerdict> {
  const algorithm = certificate.signatureAlgorithm
  // RFC 5280 4.1.1.2: else the unsigned half of the certificate would choose the algorithm.
  if (!sameAlgorithm(algorithm, certificate.tbsSignatureAlgorithm)) return { status: 'failed', reason: 'algorithm-differs' }
  return verifySignature({ key: issuerKey, algorithm, message: certificate.tbs, signature: certificate.signature })
}

function sameAlgorithm(a: AlgorithmIdentifier, b: AlgorithmIdentifier): boolean {
  const none = new Uint8Array(0)
  return a.oid === b.oid && equalBytes(a.parameters ?? none, b.parameters ?? none)
}
