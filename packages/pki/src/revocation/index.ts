export {
  type DistributionPoint,
  type DistributionPointName,
  distributionPointsOf,
  type IssuingDistributionPoint,
} from './distributionPoints.js'
export { type EncodeOcspRequestOptions, encodeOcspRequest } from './encodeOcspRequest.js'
export { type FetchedRevocation, type FetchRevocationOptions, fetchRevocation } from './fetch/fetchRevocation.js'
export {
  type CachedRevocation,
  RevocationCache,
  type RevocationCacheOptions,
  type RevocationStore,
} from './fetch/RevocationCache.js'
export type { RevocationMaterial, RevocationMiss, RevocationMissReason } from './fetch/RevocationMaterial.js'
export { revocationInput } from './fetch/revocationInput.js'
export type {
  BasicOcspResponse,
  OcspCertificateId,
  OcspResponderId,
  OcspResponse,
  OcspResponseStatus,
  OcspSingleResponse,
} from './OcspResponse.js'
export { type OcspRequest, parseOcspRequest } from './parseOcspRequest.js'
export { parseOcspResponse, tryParseOcspResponse } from './parseOcspResponse.js'
export { parseRevocationList, tryParseRevocationList } from './parseRevocationList.js'
export type { RevocationInput, RevocationPolicy } from './RevocationInput.js'
export type { RevocationList, RevokedEntry } from './RevocationList.js'
export type { RevocationCode, RevocationReason, RevocationVerdict } from './RevocationVerdict.js'
export { type VerifyOcspResponseOptions, verifyOcspResponse } from './verifyOcspResponse.js'
