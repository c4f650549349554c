export type { AccessCandidate, AccessPassword, CardAccessNumber, MrzPassword } from './access/AccessCandidate.js'
export { accessFromCan } from './access/accessFromCan.js'
export { accessFromMrz, type MrzAccessFields } from './access/accessFromMrz.js'
export { accessFromQr, type QrAccessFields } from './access/accessFromQr.js'
export type { ProtocolContext } from './access/ProtocolContext.js'
export { vietnameseCardAccess } from './access/vietnameseCardAccess.js'
export { type ActiveAuthenticationOptions, activeAuthentication } from './authentication/activeAuthentication.js'
export { type ChipAuthenticationOptions, chipAuthentication } from './authentication/chipAuthentication.js'
export { type ChipAuthenticationChoice, chooseChipAuthentication } from './authentication/chooseChipAuthentication.js'
export { type BacOptions, bac } from './bac/bac.js'
export type { SessionKeys } from './channel/SessionKeys.js'
export { type SecureChannel, secureMessaging } from './channel/secureMessaging.js'
export { EmrtdError, type EmrtdErrorCode, emrtdErrorCodes } from './errors.js'
export { type CipherParameters, cipherParameters } from './kdf/cipherParameters.js'
export { deriveKey, keyPurpose } from './kdf/deriveKey.js'
export { type MrzKeyFields, mrzInformation } from './kdf/mrzInformation.js'
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
export { type PaceOptions, pace } from './pace/pace.js'
export { type PaceParameters, paceParameters } from './pace/paceParameters.js'
export { type PaceOffer, rankPaceInfos } from './pace/rankPaceInfos.js'
export { authenticateActively } from './read/authenticateActively.js'
export { authenticateChip, proveChipAuthentication } from './read/authenticateChip.js'
export { blockLength } from './read/blockLength.js'
export type { CardAccess, ChipAuthenticationState, ChipSession, ReadLimits } from './read/ChipSession.js'
export { finishReading } from './read/finishReading.js'
export { openChip } from './read/openChip.js'
export { createPartialReading, type PartialFile, type PartialReading } from './read/PartialReading.js'
export type {
  ActiveAuthenticationChallenge,
  ChallengeContext,
  ReadChipOptions,
  ReadProgress,
  ReadStep,
} from './read/ReadChipOptions.js'
export { readChip } from './read/readChip.js'
export { readFile } from './read/readFile.js'
export type {
  AccessRecord,
  ActiveAuthenticationTranscript,
  ChipAuthenticationTranscript,
  ChipReading,
  FileStatus,
  RefusedAccess,
  StepTiming,
} from './reading/ChipReading.js'
