export { compileTrustStore, isCompiledTrustStore, type LoadTrustStoreOptions, loadTrustStore } from './compiledTrust.js'
export { type LdifEntry, type LdifValue, readLdif } from './readLdif.js'
export { readTrustFile, type TrustFile } from './readTrustFile.js'
