import { tryParseCertificate } from '../certificate/parseCertificate.js'
import { PkiError } from '../errors.js'
import { certificateRole } from '../profile/certificateRole.js'

/**
 * What a certificate of a file that nobody signed is taken for: a country CA that signs itself may be trusted on the operator's word; a link is the
 * word of the older key, and a document signer that of its country CA. What cannot be read is neither.
 */
export function certificateKind(raw: Uint8Array): 'anchors' | 'certificates' {
  const parsed = tryParseCertificate(raw)
  try {
    return parsed.ok && certificateRole(parsed.value) === 'csca' ? 'anchors' : 'certificates'
  } catch (error) {
    if (error instanceof PkiError) return 'certificates'
    throw error
  }
}
