export * from './common.js'
export { loadCrypto } from './loadCrypto.node.js'
