import { equalBytes, parseTlv } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import { readDistinguishedName, sameName } from '../certificate/DistinguishedName.js'
import { sameIdentifier } from '../certificate/extensions.js'
import { PkiError } from '../errors.js'
import type { CertificateMemory } from '../trust/CertificateMemory.js'
import type { SignerIdentifier } from './SignedData.js'

/** Certificates with one identifier that are tried before the signer counts as not found. */
const maxCandidates = 8

/**
 * The certificates that a SignerIdentifier may mean. Serial numbers and key identifiers are compared byte by byte, issuer names
 * without regard to case and string type (GB). A certificate that cannot be read is none. Where none came with the signature, which may leave
 * them out (RFC 5652, 5.1), those at hand in the trust store are looked through.
 */
export function findSignerCertificates(
  identifier: SignerIdentifier,
  certificates: readonly Uint8Array[],
  memory: CertificateMemory,
): Certificate[] {
  const found: Certificate[] = []
  for (const raw of certificates) {
    const certificate = readable(raw, memory)
    if (certificate === undefined || found.includes(certificate)) continue
    if (matches(certificate, identifier)) found.push(certificate)
    if (found.length === maxCandidates) break
  }
  if (found.length > 0) return found
  return memory
    .candidates(identifier)
    .filter((certificate) => matches(certificate, identifier))
    .slice(0, maxCandidates)
}

function readable(raw: Uint8Array, memory: CertificateMemory): Certificate | undefined {
  try {
    return memory.recall(raw)
  } catch (error) {
    if (error instanceof PkiError) return undefined
    throw error
  }
}

function matches(certificate: Certificate, identifier: SignerIdentifier): boolean {
  try {
    if (identifier.type === 'key-identifier') return sameIdentifier(certificate.keyIdentifier, identifier.keyIdentifier)
    if (!equalBytes(certificate.serialNumber, identifier.serialNumber)) return false
    if (equalBytes(certificate.issuer.raw, identifier.issuer)) return true
    return sameName(certificate.issuer, readDistinguishedName(parseTlv(identifier.issuer)))
  } catch (error) {
    if (error instanceof PkiError) return false
    throw error
  }
}
