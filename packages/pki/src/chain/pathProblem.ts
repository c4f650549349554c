import type { Certificate } from '../certificate/Certificate.js'
import { sameName } from '../certificate/DistinguishedName.js'
import { demoExtensionOid, extensionOids } from '../certificate/extensions.js'
import { listPurposes } from '../certificate/listPurposes.js'
import type { CertificateRole } from '../profile/ProfileCode.js'
import { type AnchorScope, scopesCover } from '../trust/anchorScope.js'
import type { ChainReason } from './chainReasons.js'
import { countryCode } from './countries.js'

/** The document whose signer is verified, as its MRZ names it. */
export interface ChainDocument {
  /** Issuing state: the MRZ's code (`VNM`, `D`) or the two letters of certificates. */
  readonly country?: string
  /** Document code of the MRZ: `P`, `ID`, `I`, `AC`, … */
  readonly type?: string
}

/** anyExtendedKeyUsage (RFC 5280 4.2.1.12). */
const anyPurpose = '2.5.29.37.0'

const understood: ReadonlySet<string> = /* @__PURE__ */ new Set(Object.values(extensionOids))

export interface PathLimits {
  readonly scopes: readonly AnchorScope[]
  readonly document: ChainDocument
  readonly allowDemo: boolean
  /** How many of the authorities, the nearest to the signer, are links that nobody but the path vouches for. */
  readonly links: number
  readonly role: CertificateRole
}

/**
 * What forbids a path although its signatures are right: the signer first, then links and the CSCA that vouches for them.
 * Undefined when nothing does.
 */
export function pathProblem(
  [signer, ...authorities]: readonly [Certificate, ...Certificate[]],
  { scopes, document, allowDemo, links, role }: PathLimits,
): ChainReason | undefined {
  const path = [signer, ...authorities]
  if (!allowDemo && path.some(isDemo)) return 'demo-certificate'
  if (path.some(hasUnknownCriticalExtension)) return 'critical-extension'
  if (!authorities.every(maySignCertificates)) return 'not-a-ca'
  if (links > 0 && exceedsLength(authorities, links)) return 'path-too-long'
  if (!countriesAgree(path, document.country)) return 'country-differs'
  const otherUse = usageProblem(signer, role)
  if (otherUse !== undefined) return otherUse
  const unlisted = documentTypeProblem(signer, document.type)
  // What the signer itself may not sign is more than what the anchor is not known to vouch for.
  if (unlisted === 'document-type') return unlisted
  return scopesCover(scopes, document.type) ? unlisted : 'anchor-scope'
}

/** Doc 9303-12, 7.1, documentTypeList: what the signer may sign, as MRZ codes; one letter stands for every code that begins with it. */
export function documentTypeProblem({ documentTypes }: Certificate, type: string | undefined): ChainReason | undefined {
  if (documentTypes === undefined) return undefined
  if (type === undefined) return 'anchor-scope'
  const code = type.replace(/<+$/, '').toUpperCase()
  const covered = documentTypes.some((listed) => {
    const known = listed.replace(/<+$/, '').toUpperCase()
    return known === code || (known.length === 1 && code.startsWith(known))
  })
  return covered ? undefined : 'document-type'
}

export function isDemo(certificate: Certificate): boolean {
  return certificate.extensions.some(({ oid }) => oid === demoExtensionOid)
}

/** RFC 5280 4.2: a critical extension that is not understood refuses the certificate. */
export function hasUnknownCriticalExtension(certificate: Certificate): boolean {
  return certificate.extensions.some(({ oid, critical }) => critical && !understood.has(oid) && oid !== demoExtensionOid)
}

/** Doc 9303-12, 7.1: basicConstraints with cA, and keyCertSign where a key usage is given. */
export function maySignCertificates({ isCa, keyUsage }: Certificate): boolean {
  return isCa && (keyUsage === undefined || keyUsage.includes('keyCertSign'))
}

/**
 * Whether a certificate is for something else than what it is used as: RFC 5280 4.2.1.3 and 4.2.1.12 with Doc 9303-12, 7.1, Table 6. Who signs
 * documents has no extended key usage, who signs lists has that of the list. A key of the country CA's servers or of its master list must not make
 * documents.
 */
export function usageProblem(
  certificate: Certificate,
  role: CertificateRole,
): 'key-usage' | 'extended-key-usage' | 'not-a-ca' | undefined {
  if (role === 'csca' || role === 'csca-link') return maySignCertificates(certificate) ? undefined : 'not-a-ca'
  if (!maySignData(certificate)) return 'key-usage'
  const { extendedKeyUsage: purposes } = certificate
  if (role === 'document-signer') return (purposes?.includes(anyPurpose) ?? true) ? undefined : 'extended-key-usage'
  return purposes?.includes(listPurposes[role]) === true ? undefined : 'extended-key-usage'
}

/** Doc 9303-12, 7.1, Table 6: who signs data has digitalSignature, where a key usage is given. */
export function maySignData({ keyUsage }: Certificate): boolean {
  return keyUsage === undefined || keyUsage.includes('digitalSignature')
}

/**
 * RFC 5280 4.2.1.9 with Doc 9303-12, 7.1.1.5: a link is the country CA itself with another key or name. Any other authority below the CSCA is an
 * intermediate one, of which the eMRTD PKI has none (pathLenConstraint 0).
 */
function exceedsLength(authorities: readonly Certificate[], links: number): boolean {
  let below = 0
  return authorities.some((authority, position) => {
    if (below > (authority.pathLength ?? below)) return true
    if (position < links && !isLink(authority)) below++
    return false
  })
}

/** What keeps the name, says that it changes it, or has the path length of a country CA: a tenth of the links of public lists say nothing. */
function isLink(certificate: Certificate): boolean {
  return keepsOrChangesName(certificate) || certificate.pathLength === 0
}

/** Whether a link is as Doc 9303-12, 7.1.1.5 wants it. */
export function keepsOrChangesName(certificate: Certificate): boolean {
  return (
    sameName(certificate.issuer, certificate.subject) ||
    certificate.extensions.some(({ oid }) => oid === extensionOids.nameChange)
  )
}

/** Doc 9303-12, 7.1.1: signer, links, CSCA and document are of one country. A name without a country agrees with none. */
export function countriesAgree(path: readonly Certificate[], documentCountry: string | undefined): boolean {
  const codes = path.map(({ country }) => (country === undefined ? undefined : countryCode(country)))
  if (documentCountry !== undefined) codes.push(countryCode(documentCountry))
  return codes.every((code) => code === codes[0]) && (documentCountry === undefined || codes[0] !== undefined)
}
