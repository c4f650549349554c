export { type NfcErrorCode, NfcSessionError, nfcErrorCodes } from './errors.js'
export type { NfcErrorClasses, NfcLibrary, NfcManagerPort } from './NfcLibrary.js'
export { type Show, type WithChipOptions, withChip } from './withChip.js'
