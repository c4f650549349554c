export { EmrtdError, type EmrtdErrorCode, emrtdErrorCodes } from './errors.js'
export { dataGroupName, dataGroupNumber, type FileEntry, type FileName, fileNames, files, isFileName } from './lds/fileNames.js'
export {
  type ActiveAuthenticationInfo,
  type ChipAuthenticationInfo,
  type ChipAuthenticationPublicKeyInfo,
  type KeyAgreement,
  type PaceInfo,
  type PaceMapping,
  parseSecurityInfos,
  type SecurityInfo,
  type SessionCipher,
  type TerminalAuthenticationInfo,
  type UnknownSecurityInfo,
} from './lds/securityInfos.js'
export type {
  AccessRecord,
  ActiveAuthenticationTranscript,
  ChipAuthenticationTranscript,
  ChipReading,
  FileStatus,
  RefusedAccess,
  StepTiming,
} from './reading/ChipReading.js'
