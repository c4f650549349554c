import type { Certificate } from '../certificate/Certificate.js'
import { type KeyUsage, readAuthorityKeyIdentifier } from '../certificate/extensions.js'
import { listPurposes } from '../certificate/listPurposes.js'
import type { GeneralName } from '../names/GeneralName.js'
import { readGeneralNames } from '../names/GeneralName.js'
import { extensionOf, pathExtensionOids } from '../path/pathExtensions.js'
import { distributionPointsOf } from '../revocation/distributionPoints.js'
import { extensionTable } from './extensionTable.js'
import type { CertificateRole, ProfileFinding } from './ProfileCode.js'

const table6 = 'Doc 9303-12, 7.1, Table 6'

/** The extensions of a certificate against Doc 9303-12, Table 6 and 7.1.1.2 to 7.1.1.6. @throws PkiError for one that cannot be read */
export function checkExtensions(certificate: Certificate, role: CertificateRole): ProfileFinding[] {
  return [
    ...presence(certificate, role),
    ...keyIdentifiers(certificate),
    ...usage(certificate, role),
    ...period(certificate),
    ...alternativeNames(certificate),
    ...distribution(certificate),
    ...documentTypes(certificate),
  ]
}

function presence({ extensions }: Certificate, role: CertificateRole): ProfileFinding[] {
  const findings: ProfileFinding[] = []
  for (const { oid, name, rules } of extensionTable) {
    const rule = rules[role]
    const found = extensions.find((extension) => extension.oid === oid)
    const data = { extension: name }
    if (found === undefined) {
      if (rule.startsWith('m')) findings.push({ code: 'extension-missing', severity: 'warning', clause: table6, data })
    } else if (rule === 'x') findings.push({ code: 'extension-not-allowed', severity: 'warning', clause: table6, data })
    else if (found.critical !== rule.endsWith('/c'))
      findings.push({ code: 'extension-criticality', severity: 'warning', clause: table6, data })
  }
  const known = new Set(extensionTable.map(({ oid }) => oid))
  for (const { oid, critical } of extensions)
    if (critical && !known.has(oid))
      findings.push({ code: 'extension-unknown-critical', severity: 'error', clause: 'RFC 5280, 4.2', data: { oid } })
  return findings
}

/** RFC 5280 4.2.1.1: the authority key identifier holds the key identifier, which is what issuers are found by. */
function keyIdentifiers(certificate: Certificate): ProfileFinding[] {
  const authority = certificate.extensions.find(({ oid }) => oid === pathExtensionOids.authorityKeyIdentifier)
  if (authority === undefined || readAuthorityKeyIdentifier(authority.value) !== undefined) return []
  return [{ code: 'key-identifier', severity: 'warning', field: 'AuthorityKeyIdentifier', clause: table6 }]
}

const purposes: Readonly<Partial<Record<CertificateRole, string>>> = listPurposes

function usage(certificate: Certificate, role: CertificateRole): ProfileFinding[] {
  const { keyUsage, isCa, pathLength, extendedKeyUsage } = certificate
  const findings: ProfileFinding[] = []
  const authority = role === 'csca' || role === 'csca-link'
  const wanted: readonly KeyUsage[] = authority ? ['keyCertSign', 'cRLSign'] : ['digitalSignature']
  if (keyUsage !== undefined) {
    if (!wanted.every((each) => keyUsage.includes(each)))
      findings.push({ code: 'key-usage', severity: 'error', field: 'KeyUsage', clause: table6 })
    if (keyUsage.some((each) => !wanted.includes(each)))
      findings.push({ code: 'key-usage-more', severity: 'warning', field: 'KeyUsage', clause: table6 })
  }
  if (authority && !isCa) findings.push({ code: 'not-a-ca', severity: 'error', field: 'BasicConstraints', clause: table6 })
  if (authority && isCa && pathLength !== 0)
    findings.push({ code: 'path-length', severity: 'warning', field: 'BasicConstraints', clause: table6 })
  const purpose = purposes[role]
  if (purpose !== undefined && extendedKeyUsage?.includes(purpose) !== true)
    findings.push({ code: 'certificate-purpose', severity: 'error', field: 'ExtKeyUsage', clause: 'Doc 9303-12, 7.1.1.3' })
  return findings
}

/** At least one end, and the key used in no time in which the certificate is not valid. */
function period({ privateKeyUsagePeriod, notBefore, notAfter }: Certificate): ProfileFinding[] {
  if (privateKeyUsagePeriod === undefined) return []
  const { notBefore: from, notAfter: to } = privateKeyUsagePeriod
  const empty = from === undefined && to === undefined
  if (!empty && (from ?? notBefore) >= notBefore && (to ?? notAfter) <= notAfter && (from ?? '') <= (to ?? '9')) return []
  return [{ code: 'key-usage-period', severity: 'warning', field: 'PrivateKeyUsagePeriod', clause: table6 }]
}

const locality = '2.5.4.7'

/** Doc 9303-12, 7.1.1.2: a directory name with the three-letter code as localityName. */
function alternativeNames(certificate: Certificate): ProfileFinding[] {
  const fields = { SubjectAltName: pathExtensionOids.subjectAltName, IssuerAltName: pathExtensionOids.issuerAltName }
  return Object.entries(fields).flatMap(([field, oid]): ProfileFinding[] => {
    const names = extensionOf(certificate, oid, readGeneralNames)
    if (names === undefined || names.some(namesState)) return []
    return [{ code: 'alternative-name', severity: 'warning', field, clause: 'Doc 9303-12, 7.1.1.2' }]
  })
}

function namesState(name: GeneralName): boolean {
  if (name.type !== 'directoryName') return false
  return name.name.attributes.some(({ oid, value }) => oid === locality && /^[A-Z]{1,3}$/.test(value))
}

/** Doc 9303-12, 7.1.1.4: each point by ldap, http or https. */
function distribution(certificate: Certificate): ProfileFinding[] {
  const points = distributionPointsOf(certificate)
  const reachable = points.every(
    ({ name }) =>
      name?.type === 'full' &&
      name.names.every((each) => each.type === 'uniformResourceIdentifier' && /^(ldap|https?):\/\//i.test(each.value)),
  )
  return reachable
    ? []
    : [{ code: 'distribution-point', severity: 'warning', field: 'CRLDistributionPoints', clause: 'Doc 9303-12, 7.1.1.4' }]
}

/** Doc 9303-12, 7.1.1.6: one or two characters each. */
function documentTypes({ documentTypes: types }: Certificate): ProfileFinding[] {
  if (types === undefined || (types.length > 0 && types.every((type) => /^[A-Z0-9<]{1,2}$/.test(type)))) return []
  return [{ code: 'document-type', severity: 'warning', field: 'DocumentType', clause: 'Doc 9303-12, 7.1.1.6' }]
}
