export { compileTrustStore, isCompiledTrustStore, type LoadTrustStoreOptions, loadTrustStore } from './compiledTrust.js'
export { addPinEvent, emptyPinFile, formatPinFile, type PinEvent, type PinFile, parsePinFile, pinsOf } from './pinFile.js'
export { type LdifEntry, type LdifValue, readLdif } from './readLdif.js'
export { readTrustFile, type TrustFile } from './readTrustFile.js'
export { type RecheckedSigner, type RecheckOptions, recheckSigners } from './recheckSigners.js'
export {
  type CensusInput,
  type CensusRow,
  createSignerCensus,
  type SignerCensus,
  type SignerCensusOptions,
} from './signerCensus.js'
export { sourceFreshness } from './sourceFreshness.js'
