import type { Certificate } from '../certificate/Certificate.js'
import { sameIdentifier } from '../certificate/extensions.js'
import { listPurposes } from '../certificate/listPurposes.js'
import type { CertificateRole } from './ProfileCode.js'

/** What a certificate looks like: list signers by their purpose, authorities by basicConstraints, links by an issuer or a key that is not their own. */
export function certificateRole(certificate: Certificate): CertificateRole {
  const { extendedKeyUsage = [], isCa, selfIssued, keyIdentifier, authorityKeyIdentifier } = certificate
  if (extendedKeyUsage.includes(listPurposes['master-list-signer'])) return 'master-list-signer'
  if (extendedKeyUsage.includes(listPurposes['deviation-list-signer'])) return 'deviation-list-signer'
  if (!isCa) return 'document-signer'
  const ownKey = authorityKeyIdentifier === undefined || sameIdentifier(keyIdentifier, authorityKeyIdentifier)
  return selfIssued && ownKey ? 'csca' : 'csca-link'
}
