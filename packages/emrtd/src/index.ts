export type {
  AccessCandidate,
  AccessPassword,
  CardAccessNumber,
  MrzPassword,
  PasswordName,
  PinPassword,
  PrintedAccess,
  PukPassword,
} from './access/AccessCandidate.js'
export { accessFromCan } from './access/accessFromCan.js'
export { accessFromMrz, type MrzAccessFields } from './access/accessFromMrz.js'
export { accessFromPin } from './access/accessFromPin.js'
export { accessFromPuk } from './access/accessFromPuk.js'
export { accessFromQr, type QrAccessFields } from './access/accessFromQr.js'
export type { ProtocolContext } from './access/ProtocolContext.js'
export { vietnameseCardAccess } from './access/vietnameseCardAccess.js'
export { type ActiveAuthenticationOptions, activeAuthentication } from './authentication/activeAuthentication.js'
export { type ChipAuthenticationOptions, chipAuthentication } from './authentication/chipAuthentication.js'
export { type ChipAuthenticationChoice, chooseChipAuthentication } from './authentication/chooseChipAuthentication.js'
export type { SessionKeys } from './channel/SessionKeys.js'
export { type SecureChannel, secureMessaging } from './channel/secureMessaging.js'
export { EmrtdError, type EmrtdErrorCode, emrtdErrorCodes } from './errors.js'
export { type CipherParameters, cipherParameters } from './kdf/cipherParameters.js'
export { deriveKey, keyPurpose } from './kdf/deriveKey.js'
export { type MrzKeyFields, mrzInformation } from './kdf/mrzInformation.js'
export type { Dg13Field, Dg13Value } from './lds/dg13Value.js'
export { dataGroupName, dataGroupNumber, type FileEntry, type FileName, fileNames, files, isFileName } from './lds/fileNames.js'
export { type ImageType, imageTypeOf } from './lds/imageType.js'
export { type CommonData, parseCom, tryParseCom } from './lds/parseCom.js'
export { type ParseDg1Options, parseDg1, tryParseDg1 } from './lds/parseDg1.js'
export { parseDg13, tryParseDg13, type VietnameseIdentityData } from './lds/parseDg13.js'
export { parseDg14, type SecurityOptions, tryParseDg14 } from './lds/parseDg14.js'
export { type ActiveAuthenticationKey, parseDg15, tryParseDg15 } from './lds/parseDg15.js'
export {
  type DataGroupHash,
  parseSecurityObject,
  type SecurityObject,
  type SecurityObjectProblem,
  tryParseSecurityObject,
} from './lds/parseSecurityObject.js'
export {
  type ActiveAuthenticationInfo,
  type ChipAuthenticationInfo,
  type ChipAuthenticationPublicKeyInfo,
  type KeyAgreement,
  type PaceDomainParameterInfo,
  type PaceInfo,
  type PaceMapping,
  parseSecurityInfos,
  type SecurityInfo,
  type SessionCipher,
  type TerminalAuthenticationInfo,
  type UnknownSecurityInfo,
} from './lds/securityInfos.js'
export type { ChipAuthenticationMapping } from './pace/ChipAuthenticationMapping.js'
export { type PaceOptions, type PaceResult, pace } from './pace/pace.js'
export { type PaceExclusion, paceExclusion } from './pace/paceExclusion.js'
export { type GroupName, type PaceParameters, paceParameters } from './pace/paceParameters.js'
export { type PaceOffer, rankPaceInfos } from './pace/rankPaceInfos.js'
export { authenticateActively } from './read/authenticateActively.js'
export { authenticateChip, proveChipAuthentication } from './read/authenticateChip.js'
export { blockLength } from './read/blockLength.js'
export type { ChipLimits, ReadLimits } from './read/ChipLimits.js'
export type { CardAccess, ChipAuthenticationState, ChipSession } from './read/ChipSession.js'
export { finishReading } from './read/finishReading.js'
export { openChip } from './read/openChip.js'
export { createPartialReading, type PartialFile, type PartialReading } from './read/PartialReading.js'
export { parseTraceContext } from './read/parseTraceContext.js'
export type {
  ActiveAuthenticationChallenge,
  ChallengeContext,
  ReadChipOptions,
  ReadProgress,
  ReadStep,
} from './read/ReadChipOptions.js'
export { readChip } from './read/readChip.js'
export { readFile } from './read/readFile.js'
export { type TracedOptions, traceContext } from './read/traceContext.js'
export type {
  AccessRecord,
  ActiveAuthenticationTranscript,
  ChipAuthenticationTranscript,
  ChipReading,
  FileStatus,
  MasterFileName,
  RefusedAccess,
  StepTiming,
} from './reading/ChipReading.js'
export { decodeReading } from './reading/decodeReading.js'
export { encodeReading } from './reading/encodeReading.js'
export { type ReadingFromFilesOptions, readingFromFiles } from './reading/readingFromFiles.js'
export { readingFromVietnameseUpload, type VietnameseUpload } from './reading/readingFromVietnameseUpload.js'
export type { ExpectedHolder, QrClaims } from './verify/documentClaims.js'
export type { IssuerServiceAnswer } from './verify/onlineConfirmation.js'
export { type RequireVerifiedOptions, requireVerified } from './verify/requireVerified.js'
export type { RevocationUsed } from './verify/revocationUsed.js'
export {
  type CheckId,
  checkIds,
  type FieldSource,
  type IdentityField,
  type IdentityFields,
  type IdentityValue,
  type IdentityValues,
  type IssuerConfirmation,
  type ReportSummary,
  type VerificationReport,
} from './verify/VerificationReport.js'
export {
  type ActiveAuthenticationInput,
  type ActiveAuthenticationVerdict,
  verifyActiveAuthentication,
} from './verify/verifyActiveAuthentication.js'
export { type Expectations, type VerifyReadingOptions, verifyReading } from './verify/verifyReading.js'
export { version } from './version.js'
