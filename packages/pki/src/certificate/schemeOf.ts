import type { SignatureScheme } from '@cccd/crypto'
import { signatureSchemeOf } from '../algorithms/signatureSchemeOf.js'
import { PkiError } from '../errors.js'
import type { Certificate } from './Certificate.js'

/** How a certificate is signed, or undefined when this SDK cannot compute it. */
export function schemeOf(certificate: Certificate): SignatureScheme | undefined {
  try {
    return signatureSchemeOf(certificate.signatureAlgorithm)
  } catch (error) {
    if (error instanceof PkiError) return undefined
    throw error
  }
}
