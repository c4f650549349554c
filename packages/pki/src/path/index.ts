export { type AuthorityAccess, authorityAccessOf } from './authorityAccessOf.js'
export { type FetchedIssuers, type FetchIssuersOptions, fetchIssuers } from './issuers/fetchIssuers.js'
export type { IssuerMaterial, IssuerMiss, IssuerMissReason } from './issuers/IssuerMaterial.js'
export { parseIssuerCertificates } from './issuers/parseIssuerCertificates.js'
export type { NameConstraints } from './pathExtensions.js'
export type { PathReason } from './pathReasons.js'
export { type PathRequirements, type PathVerdict, type ValidatePathOptions, validatePath } from './validatePath.js'
export {
  type CertificatePathResult,
  type VerifyCertificatePathOptions,
  verifyCertificatePath,
} from './verifyCertificatePath.js'
