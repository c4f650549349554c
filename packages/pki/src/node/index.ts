export { type LoadedTrustMaterial, loadTrustMaterial } from './loadTrustMaterial.js'
