export type { Attack, AttackContext } from './attacks/Attack.js'
export { type AttackName, attackNames, attacks, isAttackName } from './attacks/attacks.js'
export { answerOcsp, type OcspFault, type OcspInput, ocspFaults } from './authority/answerOcsp.js'
export {
  answerTimestamp,
  demoTimestampPolicy,
  type TimestampFault,
  type TimestampInput,
  timestampFaults,
} from './authority/answerTimestamp.js'
export { authorityAddresses } from './authority/authorityAddresses.js'
export { createServices, type DemoServices, type ServicesOptions } from './authority/createServices.js'
export {
  demoRevocationList,
  type ListFault,
  listFaults,
  type RevocationListInput,
  type Revoked,
} from './authority/demoRevocationList.js'
export { type IssuersFault, issuerCertificates, issuersFaults } from './authority/issuerCertificates.js'
export type { AuthorityContext } from './authority/signatureOver.js'
export { type ActiveAuthenticationKeyName, isActiveAuthenticationKeyName } from './card/activeAuthenticationKey.js'
export type { ActiveAuthenticationMethod, CardImage, ChipKey } from './card/CardImage.js'
export { cardImageFromFiles, cardImageToFiles } from './card/cardImageFiles.js'
export { decodeCardImage, encodeCardImage } from './card/cardImageJson.js'
export { type IssueCardOptions, issueCard } from './card/issueCard.js'
export { type PersonaliseOptions, personalise } from './card/personalise.js'
export { type SignCardOptions, signCard } from './card/signCard.js'
export type { ChipBehaviour } from './chip/ChipBehaviour.js'
export { type ChipTraits, standardTraits } from './chip/ChipTraits.js'
export { type VirtualCard, type VirtualCardOptions, virtualCard } from './chip/virtualCard.js'
export type { CardGeneration, Citizen } from './citizen/Citizen.js'
export { mrzInformation, mrzLines } from './citizen/mrzLines.js'
export { type QrImageOptions, qrImage } from './citizen/qrImage.js'
export { qrPayload } from './citizen/qrPayload.js'
export { type CitizenOptions, syntheticCitizen } from './citizen/syntheticCitizen.js'
export { syntheticTraveller, type TravellerOptions } from './citizen/syntheticTraveller.js'
export type { TravelDocument, TravelDocumentFormat } from './citizen/TravelDocument.js'
export { SimulatorError, type SimulatorErrorCode, simulatorErrorCodes } from './errors.js'
export type { AuthorityAddresses } from './issuer/AuthorityAddresses.js'
export { createIssuer, type IssuerOptions } from './issuer/createIssuer.js'
export type { DemoAuthority, DemoIssuer } from './issuer/DemoIssuer.js'
export type { IssuingState } from './issuer/IssuingState.js'
export type { KeyAlgorithm } from './issuer/KeyAlgorithm.js'
export { type RenewOptions, renewCountryCa } from './issuer/renewCountryCa.js'
export { type RenewSignerOptions, renewSigner } from './issuer/renewSigner.js'
export type { SecurityObjectForm } from './issuer/SecurityObjectForm.js'
export { type SecurityObjectInput, securityObject } from './issuer/securityObject.js'
export { type AtrInfoInput, atrInfo } from './lds/atrInfo.js'
export { cardSecurityInfos } from './lds/cardSecurityInfos.js'
export { type BiometricRecord, biometricGroup, dg2, type FaceStandard } from './lds/dg2.js'
export { type DetailsOptions, dg11, type PersonalDetailsInput, type WrittenName } from './lds/dg11.js'
export { type DocumentDetailsInput, dg12 } from './lds/dg12.js'
export { dg13 } from './lds/dg13.js'
export { dg16, type PersonToNotifyInput } from './lds/dg16.js'
export { type DirectoryEntryInput, directory } from './lds/directory.js'
export { dg5, dg7 } from './lds/displayedImages.js'
export { type FaceBlockInput, faceBlock } from './lds/faceBlock.js'
export { type FaceInput, type FeaturePointInput, faceRecord } from './lds/faceRecord.js'
export type { PortraitImage } from './lds/PortraitImage.js'
export { type PaceExclusion, paceExclusion } from './lds/paceExclusion.js'
export type { ChipAuthenticationOffer, GroupName, PaceOffer } from './lds/protocols.js'
export { type SimulatedClock, simulatedClock } from './link/simulatedClock.js'
export { type LinkModel, type LinkStatistics, type ModelledChannel, withLinkModel } from './link/withLinkModel.js'
export { isMatrixCell, type MatrixCell, verdictOfCell } from './matrix/MatrixCell.js'
export type { MatrixAlgorithms } from './matrix/matrixAlgorithms.js'
export {
  type MatrixCheck,
  type MatrixDefect,
  type MatrixDefectEntry,
  type MatrixPlace,
  type MatrixVerdict,
  matrixDefects,
} from './matrix/matrixDefects.js'
export { type MatrixEncoding, type MatrixEncodingEntry, matrixEncodings } from './matrix/matrixEncodings.js'
export { type MatrixIssuer, type MatrixIssuerOptions, type MatrixKeyRole, matrixIssuer } from './matrix/matrixIssuer.js'
export { drawPortrait, type PortraitOptions } from './portrait/drawPortrait.js'
export { jpegEncoder } from './portrait/jpegEncoder.js'
export type { PortraitEncoder } from './portrait/PortraitEncoder.js'
export type { CardPlan } from './profiles/CardPlan.js'
export type { CardProfile } from './profiles/CardProfile.js'
export { type CardProfileName, cardProfileNames, isCardProfileName } from './profiles/CardProfileName.js'
export { cardProfiles } from './profiles/cardProfiles.js'
export type { Quirk } from './profiles/Quirk.js'
export { isQuirkId, type QuirkId, type QuirkSwitches, quirkIds } from './profiles/QuirkId.js'
export { quirks } from './profiles/quirks.js'
export { seededRandom } from './random/seededRandom.js'
export { demoAnchors } from './scrub/demoContext.js'
export { type OpenedExchange, type OpenTraceOptions, openTrace } from './scrub/openTrace.js'
export { type ScrubOptions, type ScrubResult, scrub } from './scrub/scrub.js'
