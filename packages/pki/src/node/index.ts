export { type LoadedTrustMaterial, loadTrustMaterial } from './loadTrustMaterial.js'
export { readPinFile, updatePinFile } from './updatePinFile.js'
