import type { Finding } from '@cccd/core'
import { curveParameters, type HashAlgorithm, type PublicKeySpec } from '@cccd/crypto'
import type { Certificate } from './Certificate.js'
import { bitsOf } from './describeCertificate.js'
import { schemeOf } from './schemeOf.js'
import { supportedKey } from './supportedKey.js'

/** Curves and moduli below these sizes are flagged (Doc 9303-12, 4.4: at least 224 and 2048 bits). */
const minimumBits = { ec: 224, rsa: 2048 }

/** Findings about a key and the hashes of a signature that still verify but that nobody should rely on for long. */
export function weaknessesOf(
  field: string,
  key: PublicKeySpec | undefined,
  ...hashes: readonly (HashAlgorithm | undefined)[]
): Finding[] {
  const findings: Finding[] = []
  if (key !== undefined) {
    const bits = key.type === 'rsa' ? bitsOf(key.modulus) : curveParameters(key.curve).p.toString(2).length
    if (bits < minimumBits[key.type])
      findings.push({ code: 'weak-key', severity: 'warning', field, clause: 'Doc 9303-12, 4.4', data: { type: key.type, bits } })
  }
  if (hashes.includes('sha1'))
    findings.push({ code: 'weak-hash', severity: 'warning', field, clause: 'Doc 9303-12, 4.4', data: { hash: 'sha1' } })
  return findings
}

/** What is weak in a certificate: its key, and the hash under its signature. */
export function certificateWeaknesses(field: string, certificate: Certificate): Finding[] {
  return weaknessesOf(field, supportedKey(certificate), schemeOf(certificate)?.hash)
}
