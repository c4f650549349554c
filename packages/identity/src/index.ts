export { formatVietnameseDate, isCalendarDate, parseVietnameseDate } from './dates.js'
export { IdentityError, type IdentityErrorCode, identityErrorCodes } from './errors.js'
export { type ExpiryAge, type ExpiryCandidate, type ExpiryReason, expiryCandidates, type IdentityLaw } from './expiry.js'
export { compareNames, type NameAgreement } from './names/compareNames.js'
export { foldName } from './names/foldName.js'
export { mrzNameField } from './names/mrzNameField.js'
export { type MrzName, type MrzNameLength, toMrzName } from './names/toMrzName.js'
export { normaliseText } from './normaliseText.js'
export type { PersonalNumberContext } from './PersonalNumberContext.js'
export {
  type BirthPlace,
  cardAccessNumberOf,
  documentNumberOf,
  type PersonalNumber,
  type PersonalNumberFindingCode,
  parsePersonalNumber,
  personalNumberFindingCodes,
  personalNumberFindings,
  tryParsePersonalNumber,
} from './personalNumber.js'
export { personalNumberContradictions } from './personalNumberContradictions.js'
export { birthCountries, birthCountry, type Country } from './places/countries.js'
export { currentProvince, legacyProvince, type Province, provinces, successorProvince } from './places/provinces.js'
export { parsePreviousIdNumber } from './previousIdNumber.js'
export { formatSex, parseSex, type Sex } from './sex.js'
export { tidyAddress } from './tidyAddress.js'
export { yearOfBirthOf } from './yearOfBirthOf.js'
