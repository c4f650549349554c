import type { Certificate } from '../certificate/Certificate.js'
import { demoExtensionOid, extensionOids } from '../certificate/extensions.js'
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

const understood: ReadonlySet<string> = /* @__PURE__ */ new Set(Object.values(extensionOids))

/**
 * What forbids a path although its signatures are right: the signer first, then links and the CSCA that vouches for them.
 * Undefined when nothing does.
 */
export function pathProblem(
  [signer, ...authorities]: readonly [Certificate, ...Certificate[]],
  scopes: readonly AnchorScope[],
  document: ChainDocument,
  allowDemo: boolean,
): ChainReason | undefined {
  const path = [signer, ...authorities]
  if (!allowDemo && path.some(isDemo)) return 'demo-certificate'
  if (path.some(hasUnknownCriticalExtension)) return 'critical-extension'
  if (!authorities.every(maySignCertificates)) return 'not-a-ca'
  if (!countriesAgree(path, document.country)) return 'country-differs'
  return scopesCover(scopes, document.type) ? undefined : 'anchor-scope'
}

export function isDemo(certificate: Certificate): boolean {
  return certificate.extensions.some(({ oid }) => oid === demoExtensionOid)
}

/** RFC 5280 4.2: a critical extension that is not understood refuses the certificate. */
export function hasUnknownCriticalExtension(certificate: Certificate): boolean {
  return certificate.extensions.some(({ oid, critical }) => critical && !understood.has(oid) && oid !== demoExtensionOid)
}

/** Doc 9303-12, 7.1: basicConstraints with cA, and keyCertSign where a key usage is given. */
function maySignCertificates({ isCa, keyUsage }: Certificate): boolean {
  return isCa && (keyUsage === undefined || keyUsage.includes('keyCertSign'))
}

/** Doc 9303-12, 7.1.1: signer, links, CSCA and document are of one country. A name without a country agrees with none. */
export function countriesAgree(path: readonly Certificate[], documentCountry: string | undefined): boolean {
  const codes = path.map(({ country }) => (country === undefined ? undefined : countryCode(country)))
  if (documentCountry !== undefined) codes.push(countryCode(documentCountry))
  return codes.every((code) => code === codes[0]) && (documentCountry === undefined || codes[0] !== undefined)
}
