import type { PublicKeySpec } from '@cccd/crypto'
import { PkiError } from '../errors.js'
import type { Certificate } from './Certificate.js'

/** The key of a certificate, or undefined when this SDK cannot compute with it. */
export function supportedKey(certificate: Certificate): PublicKeySpec | undefined {
  try {
    return certificate.publicKey
  } catch (error) {
    if (error instanceof PkiError) return undefined
    throw error
  }
}
