import type { Finding } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import { certificateRole } from '../profile/certificateRole.js'
import { checkCertificateProfile } from '../profile/checkCertificateProfile.js'
import type { CertificateRole, ProfileCode, ProfilePolicy } from '../profile/ProfileCode.js'
import type { FoundChain } from './findChain.js'

export interface ChainProfile {
  readonly findings: readonly Finding[]
  readonly fatal: readonly ProfileCode[]
}

/** The profiles of the signer, the links and the CSCA of a chain. */
export function chainProfile(
  signer: Certificate,
  signerRole: CertificateRole,
  found: FoundChain,
  policy: ProfilePolicy,
): ChainProfile {
  const certificates: (readonly [string, Certificate, CertificateRole])[] = [
    ['signer', signer, signerRole],
    ...found.links.map(({ certificate }) => ['link', certificate, 'csca-link'] as const),
  ]
  if (found.anchor !== undefined) certificates.push(['csca', found.anchor.certificate, authorityRole(found.anchor.certificate)])
  const findings: Finding[] = []
  const fatal = new Set<ProfileCode>()
  for (const [certificate, subject, role] of certificates) {
    const result = checkCertificateProfile(subject, { role, policy })
    findings.push(
      ...result.findings.map((finding) => ({
        ...finding,
        field: certificate,
        data: { ...finding.data, ...(finding.field !== undefined && { part: finding.field }) },
      })),
    )
    for (const code of result.fatal) fatal.add(code)
  }
  return { findings, fatal: [...fatal] }
}

/** Whatever an anchor looks like, it is used as a country CA. */
export function authorityRole(anchor: Certificate): CertificateRole {
  return certificateRole(anchor) === 'csca-link' ? 'csca-link' : 'csca'
}
