export { certificateRole } from './certificateRole.js'
export {
  type CheckCertificateProfileOptions,
  checkCertificateProfile,
  type ProfileResult,
} from './checkCertificateProfile.js'
export {
  type CertificateRole,
  certificateRoles,
  defaultProfilePolicy,
  type ProfileCode,
  type ProfileFinding,
  type ProfilePolicy,
  strictProfilePolicy,
} from './ProfileCode.js'
