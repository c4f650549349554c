import type { Certificate } from '../certificate/Certificate.js'
import { sameIdentifier } from '../certificate/extensions.js'
import type { CertificateRole } from './ProfileCode.js'

/** What a certificate looks like: list signers by their purpose, authorities by basicConstraints, links by an issuer or a key that is not their own. */
export function certificateRole(certificate: Certificate): CertificateRole {
  const { extendedKeyUsage = [], isCa, selfIssued, keyIdentifier, authorityKeyIdentifier } = certificate
  if (extendedKeyUsage.includes('2.23.136.1.1.3')) return 'master-list-signer'
  if (extendedKeyUsage.includes('2.23.136.1.1.8')) return 'deviation-list-signer'
  if (!isCa) return 'document-signer'
  const ownKey = authorityKeyIdentifier === undefined || sameIdentifier(keyIdentifier, authorityKeyIdentifier)
  return selfIssued && ownKey ? 'csca' : 'csca-link'
}
