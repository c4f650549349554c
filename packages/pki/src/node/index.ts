export { type LoadedTrustMaterial, type LoadTrustMaterialOptions, loadTrustMaterial } from './loadTrustMaterial.js'
export { readPinFile, updatePinFile } from './updatePinFile.js'
