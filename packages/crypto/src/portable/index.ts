export { type PortableCryptoOptions, portableCrypto } from './portableCrypto.js'
