export type { AlgorithmIdentifier } from './algorithms/AlgorithmIdentifier.js'
export { hashAlgorithmByOid } from './algorithms/hashAlgorithmByOid.js'
export { signatureSchemeOf } from './algorithms/signatureSchemeOf.js'
export { Certificate } from './certificate/Certificate.js'
export { certificateFingerprint } from './certificate/certificateFingerprint.js'
export type { DistinguishedName, NameAttribute } from './certificate/DistinguishedName.js'
export { type CertificateInfo, describeCertificate, type PublicKeyInfo } from './certificate/describeCertificate.js'
export { parseEcDomainParameters } from './certificate/ecDomainParameters.js'
export {
  demoExtensionOid,
  type Extension,
  extensionOids,
  type KeyUsage,
  keyUsages,
  type PrivateKeyUsagePeriod,
} from './certificate/extensions.js'
export { parseCertificate, tryParseCertificate } from './certificate/parseCertificate.js'
export { parsePublicKeyInfo } from './certificate/parsePublicKeyInfo.js'
export { verifyCertificateSignature } from './certificate/verifyCertificateSignature.js'
export {
  type SignatureReason,
  type SignatureVerdict,
  type VerifySignatureOptions,
  verifySignature,
} from './certificate/verifySignature.js'
export { certificateWeaknesses, weaknessesOf } from './certificate/weaknessesOf.js'
export type { ChainCheckId, ChainReason, PinReason, ValidityReason } from './chain/chainReasons.js'
export { countryCode } from './chain/countries.js'
export type { ChainDocument } from './chain/pathProblem.js'
export { type ChainResult, type VerifyChainOptions, verifyChain } from './chain/verifyChain.js'
export { parseSignedData, tryParseSignedData } from './cms/parseSignedData.js'
export type { Attribute, SignedData, SignerIdentifier, SignerInfo } from './cms/SignedData.js'
export {
  type SignedDataResult,
  type SignerReason,
  type SignerResult,
  type SignerStatus,
  type VerifySignedDataOptions,
  verifySignedData,
} from './cms/verifySignedData.js'
export {
  type Deviation,
  type DeviationDescription,
  type DeviationDocuments,
  type DeviationList,
  type DeviationSigner,
  type DeviationType,
  deviationListOids,
} from './deviation/DeviationList.js'
export {
  type DeviatingDocument,
  type DeviationMatch,
  type MatchDeviationsOptions,
  matchDeviations,
} from './deviation/matchDeviations.js'
export { parseDeviationList } from './deviation/parseDeviationList.js'
export {
  type DeviationListReason,
  type DeviationListResult,
  type VerifyDeviationListOptions,
  verifyDeviationList,
} from './deviation/verifyDeviationList.js'
export { PkiError, type PkiErrorCode, pkiErrorCodes } from './errors.js'
export type { GeneralName, GeneralNameType } from './names/GeneralName.js'
export { type AnchorScope, type DocumentKind, documentKind } from './trust/anchorScope.js'
export type { AnchorStanding } from './trust/anchorStanding.js'
export type { CertificateMemory } from './trust/CertificateMemory.js'
export {
  type AnchorInput,
  type CertificateInput,
  type CreateTrustStoreOptions,
  createTrustStore,
  type KeptMaterial,
  type MasterListInput,
  type TrustMaterial,
} from './trust/createTrustStore.js'
export { inspectTrustMaterial, type TrustInspection } from './trust/inspectTrustMaterial.js'
export { type MasterList, masterListOid, parseMasterList } from './trust/parseMasterList.js'
export { type PemBlock, parsePem } from './trust/parsePem.js'
export type { Pin, PinInput } from './trust/pins.js'
export type { StoredCertificate } from './trust/StoredCertificate.js'
export type { SourceFreshness } from './trust/sourceFreshness.js'
export type { TrustAnchor } from './trust/TrustAnchor.js'
export type { TrustSource } from './trust/TrustSource.js'
export type { TrustStore } from './trust/TrustStore.js'
export type { TrustCounts } from './trust/TrustTally.js'
export {
  type MasterListReason,
  type MasterListResult,
  type VerifyMasterListOptions,
  verifyMasterList,
} from './trust/verifyMasterList.js'
