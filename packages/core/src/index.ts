export { advise, type Language, type Messages } from './advice.js'
export { decodeBase64, encodeBase64, encodeBase64Url } from './base64.js'
export {
  assertBytes,
  bigIntToBytes,
  bytesToBigInt,
  compareBytes,
  concatBytes,
  copyBytes,
  decodeHex,
  encodeHex,
  equalBytes,
  wipe,
} from './bytes.js'
export { type Check, type CheckData, type CheckStatus, checkOf, checkStatuses } from './checks.js'
export { ByteCursor } from './cursor.js'
export { CccdError, type CccdErrorOptions, type ErrorParams, ForeignError, isCccdError } from './errors/CccdError.js'
export { CoreError, type CoreErrorCode, coreErrorCodes } from './errors/CoreError.js'
export type { Finding, FindingSeverity, ParseOutcome } from './findings.js'
export { decodeJson, encodeJson, type PlainData } from './json.js'
export { markPersonal, redact } from './redaction.js'
export { DerCursor } from './tlv/DerCursor.js'
export {
  decodeOid,
  encodeOid,
  integerBytes,
  readBitString,
  readBoolean,
  readInteger,
  readOctetString,
  readOid,
  readSmallInteger,
  readString,
  readTime,
} from './tlv/der.js'
export { encodeLength, encodeTag, encodeTlv } from './tlv/encodeTlv.js'
export { expectTag, type ParseTlvOptions, parseTlv, parseTlvSequence } from './tlv/parseTlv.js'
export { TlvNode, type TlvRules } from './tlv/TlvNode.js'
export { decodeLatin1, decodeUtf8, encodeUtf8 } from './utf8.js'
export { visibleText } from './visibleText.js'
