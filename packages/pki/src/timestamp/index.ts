export { type EncodeTimestampRequestOptions, encodeTimestampRequest } from './encodeTimestampRequest.js'
export { parseTimestampRequest, type TimestampRequest } from './parseTimestampRequest.js'
export {
  parseTimestampResponse,
  type TimestampFailure,
  type TimestampResponse,
  type TimestampStatus,
} from './parseTimestampResponse.js'
export { parseTimestampToken, tryParseTimestampToken } from './parseTimestampToken.js'
export type { MessageImprint, TimestampInfo, TimestampToken } from './TimestampToken.js'
export {
  type TimestampReason,
  type TimestampResult,
  type VerifyTimestampTokenOptions,
  verifyTimestampToken,
} from './verifyTimestampToken.js'
