import { equalBytes, parseTlv, readBitString } from '@cccd/core'
import type { CryptoPort, HashAlgorithm } from '@cccd/crypto'
import { hashAlgorithmByOid } from '../algorithms/hashAlgorithmByOid.js'
import type { Certificate } from '../certificate/Certificate.js'
import { withCode } from '../errors.js'
import type { OcspCertificateId } from './OcspResponse.js'

/** The bits of the public key, without their header: what key identifiers and OCSP hash (RFC 6960 4.1.1). */
export function publicKeyBits(certificate: Certificate): Uint8Array {
  return withCode('PKI_BAD_PUBLIC_KEY', 'public key is malformed', () => {
    const [, key] = parseTlv(certificate.subjectPublicKeyInfo, { rules: 'der', tag: 0x30 }).children()
    return readBitString(key).bytes
  })
}

/** Hashes that name an issuer in an OCSP request. */
export function issuerHashes(
  issuer: Certificate,
  algorithm: HashAlgorithm,
  crypto: CryptoPort,
): { readonly name: Uint8Array; readonly key: Uint8Array } {
  return { name: crypto.hash(algorithm, issuer.subject.raw), key: crypto.hash(algorithm, publicKeyBits(issuer)) }
}

/** Whether an identifier means this certificate of this issuer: serial number, and both hashes. */
export function identifies(id: OcspCertificateId, certificate: Certificate, issuer: Certificate, crypto: CryptoPort): boolean {
  const algorithm = hashAlgorithmByOid(id.hashOid)
  if (algorithm === undefined || !equalBytes(id.serialNumber, certificate.serialNumber)) return false
  const { name, key } = issuerHashes(issuer, algorithm, crypto)
  return equalBytes(id.issuerNameHash, name) && equalBytes(id.issuerKeyHash, key)
}
