export { type NodeCryptoOptions, nodeCrypto } from './nodeCrypto.js'
