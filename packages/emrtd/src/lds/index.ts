export type { DataElement, DocumentName } from './dataElements.js'
export type {
  FaceAngle,
  FaceBlock,
  FaceCaptureDevice2D,
  FaceIdentityMetadata,
  FaceImageInformation,
  FaceLandmark,
  FacePadData,
  FaceRepresentation,
  RegistryId,
  ScoreBlock,
} from './face/FaceBlock.js'
export type { FaceImage, FaceStandard } from './face/FaceImage.js'
export { parseFaceBlock, tryParseFaceBlock } from './face/parseFaceBlock.js'
export {
  type FacePose,
  type FeaturePoint,
  parseFaceRecord,
  type RecordedFace,
  tryParseFaceRecord,
} from './face/parseFaceRecord.js'
export { type AtrInfo, type CardCapabilities, type CardServiceData, parseAtrInfo, tryParseAtrInfo } from './parseAtrInfo.js'
export { type BiometricTemplate, parseBiometricGroup, tryParseBiometricGroup } from './parseBiometricGroup.js'
export { type CardSecurity, parseCardSecurity, tryParseCardSecurity } from './parseCardSecurity.js'
export { type EncodedFaces, parseDg2, tryParseDg2 } from './parseDg2.js'
export { type AdditionalPersonalDetails, parseDg11, tryParseDg11 } from './parseDg11.js'
export { type AdditionalDocumentDetails, parseDg12, tryParseDg12 } from './parseDg12.js'
export { type PersonsToNotify, type PersonToNotify, parseDg16, tryParseDg16 } from './parseDg16.js'
export { type Directory, type DirectoryEntry, parseDirectory, tryParseDirectory } from './parseDirectory.js'
export {
  type DisplayedImage,
  type DisplayedImages,
  parseDisplayedImages,
  tryParseDisplayedImages,
} from './parseDisplayedImages.js'
export { type MachineFeatures, parseFeatures, tryParseFeatures } from './parseFeatures.js'
