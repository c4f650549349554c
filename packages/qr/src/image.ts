export { type DecodeQrImageOptions, decodeQrImage, type QrImage } from './decodeQrImage.js'
export { javascriptDecoder } from './decoding/javascriptDecoder.js'
export type { QrDecoder, QrPixels } from './decoding/QrDecoder.js'
export type { QrVariant } from './decoding/variants.js'
