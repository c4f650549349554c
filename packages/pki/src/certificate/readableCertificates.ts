import { PkiError } from '../errors.js'
import { Certificate } from './Certificate.js'

/** The certificates among foreign bytes: what cannot be laid out is none. */
export function readableCertificates(certificates: readonly Uint8Array[]): Certificate[] {
  return certificates.flatMap((raw) => {
    try {
      return [new Certificate(raw)]
    } catch (error) {
      if (error instanceof PkiError) return []
      throw error
    }
  })
}
