import { isCccdError } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import { certificateRole } from './certificateRole.js'
import { checkExtensions } from './checkExtensions.js'
import { checkFields } from './checkFields.js'
import {
  type CertificateRole,
  defaultProfilePolicy,
  type ProfileCode,
  type ProfileFinding,
  type ProfilePolicy,
} from './ProfileCode.js'

/** How a certificate keeps to its profile. Plain data. */
export interface ProfileResult {
  readonly role: CertificateRole
  readonly findings: readonly ProfileFinding[]
  /** Codes among the findings that the policy calls fatal; none: the certificate may be used. */
  readonly fatal: readonly ProfileCode[]
}

export interface CheckCertificateProfileOptions {
  /** What the certificate is used as; default: what it looks like ({@link certificateRole}). */
  readonly role?: CertificateRole
  /** Default: `defaultProfilePolicy`, whose fatal findings are those that change who may do what. */
  readonly policy?: ProfilePolicy
}

/**
 * A certificate against the profile of Doc 9303-12, 7.1 for its role: fields (Table 5), extensions with presence and criticality (Table 6), names,
 * usages, algorithms. Its signature and its issuer are other questions ({@link verifyChain}). Nothing bad in a certificate throws.
 *
 * @example
 * const { findings, fatal } = checkCertificateProfile(parseCertificate(der), { role: 'document-signer' })
 * findings.map(({ code, clause }) => `${code} (${clause})`) // ['extension-missing (Doc 9303-12, 7.1, Table 6)']
 */
export function checkCertificateProfile(certificate: Certificate, options: CheckCertificateProfileOptions = {}): ProfileResult {
  const { policy = defaultProfilePolicy } = options
  const { role, findings } = read(certificate, options.role)
  const codes = new Set(findings.map(({ code }) => code))
  return { role, findings, fatal: [...codes].filter((code) => policy.fatal.includes(code)) }
}

function read(certificate: Certificate, given: CertificateRole | undefined): Pick<ProfileResult, 'role' | 'findings'> {
  try {
    const role = given ?? certificateRole(certificate)
    return { role, findings: [...checkFields(certificate), ...checkExtensions(certificate, role)] }
  } catch (error) {
    if (!isCccdError(error)) throw error
    const findings: ProfileFinding[] = [{ code: 'certificate-field-unreadable', severity: 'error', data: { error: error.code } }]
    return { role: given ?? 'document-signer', findings }
  }
}
