export { type AuthorityAccess, authorityAccessOf } from './authorityAccessOf.js'
export type { NameConstraints } from './pathExtensions.js'
export type { PathReason } from './pathReasons.js'
export { type PathRequirements, type PathVerdict, type ValidatePathOptions, validatePath } from './validatePath.js'
export {
  type CertificatePathResult,
  type VerifyCertificatePathOptions,
  verifyCertificatePath,
} from './verifyCertificatePath.js'
