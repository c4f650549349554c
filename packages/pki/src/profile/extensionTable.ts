import { demoExtensionOid } from '../certificate/extensions.js'
import { pathExtensionOids } from '../path/pathExtensions.js'
import { type CertificateRole, certificateRoles } from './ProfileCode.js'

/** Mandatory, optional, not to be used; critical or not. */
export type ExtensionRule = 'm/c' | 'm/nc' | 'o/nc' | 'o/c' | 'x'

export interface ExtensionEntry {
  readonly oid: string
  readonly name: string
  readonly rules: Readonly<Record<CertificateRole, ExtensionRule>>
}

/** A row of Doc 9303-12, Table 6: CSCA self-signed, CSCA link, document signer, list signers. */
function row(
  name: string,
  oid: string,
  csca: ExtensionRule,
  link: ExtensionRule,
  signer: ExtensionRule,
  list: ExtensionRule,
): ExtensionEntry {
  const rules = [csca, link, signer, list, list]
  return {
    oid,
    name,
    rules: Object.fromEntries(certificateRoles.map((role, place) => [role, rules[place]])) as ExtensionEntry['rules'],
  }
}

/** Doc 9303-12, 7.1, Table 6. */
export const extensionTable: readonly ExtensionEntry[] = /* @__PURE__ */ [
  /* @__PURE__ */ row('AuthorityKeyIdentifier', pathExtensionOids.authorityKeyIdentifier, 'o/nc', 'm/nc', 'm/nc', 'm/nc'),
  /* @__PURE__ */ row('SubjectKeyIdentifier', pathExtensionOids.subjectKeyIdentifier, 'm/nc', 'm/nc', 'o/nc', 'o/nc'),
  /* @__PURE__ */ row('KeyUsage', pathExtensionOids.keyUsage, 'm/c', 'm/c', 'm/c', 'm/c'),
  /* @__PURE__ */ row('PrivateKeyUsagePeriod', pathExtensionOids.privateKeyUsagePeriod, 'm/nc', 'm/nc', 'm/nc', 'o/nc'),
  /* @__PURE__ */ row('CertificatePolicies', pathExtensionOids.certificatePolicies, 'o/nc', 'o/nc', 'o/nc', 'o/nc'),
  /* @__PURE__ */ row('PolicyMappings', pathExtensionOids.policyMappings, 'x', 'x', 'x', 'x'),
  /* @__PURE__ */ row('SubjectAltName', pathExtensionOids.subjectAltName, 'm/nc', 'm/nc', 'm/nc', 'm/nc'),
  /* @__PURE__ */ row('IssuerAltName', pathExtensionOids.issuerAltName, 'm/nc', 'm/nc', 'm/nc', 'm/nc'),
  /* @__PURE__ */ row('SubjectDirectoryAttributes', '2.5.29.9', 'x', 'x', 'x', 'x'),
  /* @__PURE__ */ row('BasicConstraints', pathExtensionOids.basicConstraints, 'm/c', 'm/c', 'x', 'x'),
  /* @__PURE__ */ row('NameConstraints', pathExtensionOids.nameConstraints, 'x', 'x', 'x', 'x'),
  /* @__PURE__ */ row('PolicyConstraints', pathExtensionOids.policyConstraints, 'x', 'x', 'x', 'x'),
  /* @__PURE__ */ row('InhibitAnyPolicy', pathExtensionOids.inhibitAnyPolicy, 'x', 'x', 'x', 'x'),
  /* @__PURE__ */ row('ExtKeyUsage', pathExtensionOids.extendedKeyUsage, 'x', 'x', 'x', 'm/c'),
  /* @__PURE__ */ row('CRLDistributionPoints', pathExtensionOids.crlDistributionPoints, 'm/nc', 'm/nc', 'm/nc', 'm/nc'),
  /* @__PURE__ */ row('FreshestCRL', pathExtensionOids.freshestCrl, 'x', 'x', 'x', 'x'),
  /* @__PURE__ */ row('NameChange', pathExtensionOids.nameChange, 'o/nc', 'o/nc', 'x', 'x'),
  /* @__PURE__ */ row('DocumentType', pathExtensionOids.documentTypeList, 'x', 'x', 'm/nc', 'x'),
  /* @__PURE__ */ row('NetscapeCertificateType', '2.16.840.1.113730.1.1', 'x', 'x', 'x', 'x'),
  // What tells the certificates of the simulator from every other.
  /* @__PURE__ */ row('DEMO', demoExtensionOid, 'o/c', 'o/c', 'o/c', 'o/c'),
]
