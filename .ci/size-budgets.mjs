// What an application downloads for an entry: the first load, and what is loaded when it is needed. Sizes compressed with gzip.

/** What may be loaded later, by the module it begins with. A chunk that none of these names fails the gate. */
export const laterParts = {
  'portable crypto': { module: /crypto\/dist\/defaultCrypto\.js$/, limit: '30 kB' },
  '3DES and BAC': { module: /node-forge\/lib\/|emrtd\/dist\/bac\/bac\.js$/, limit: '15 kB' },
  'faces, details of foreign documents, mappings, online confirmation': {
    module: /emrtd\/dist\/later\.js$/,
    limit: '10 kB',
  },
  'revocation, certificate profile, signing-certificate attributes': { module: /pki\/dist\/later\.js$/, limit: '12 kB' },
}

/** Strings that betray a library which must not be in a first load. */
export const forbidden = [
  /x509/i,
  /node-forge|forge\./,
  /reflect-metadata|Reflect\.(define|get)Metadata/,
  /peculiar/i,
  /asn1-schema/i,
]

/** Modules that must not be in a first load: readers of whole face records, which a verifier needs nothing of but the image. */
export const forbiddenModules = [/lds\/face\/parseFace(Block|Record)/]

/** @type {readonly { name: string, code: string, limit: string }[]} */
export const budgets = [
  { name: '@cccd/mrz', code: "export * from '@cccd/mrz'", limit: '4 kB' },
  { name: '@cccd/qr parseQr', code: "export { parseQr } from '@cccd/qr'", limit: '8 kB' },
  { name: '@cccd/emrtd verifyReading', code: "export { verifyReading } from '@cccd/emrtd'", limit: '40 kB' },
  {
    name: '@cccd/emrtd readChip + verifyReading',
    code: "export { readChip, verifyReading } from '@cccd/emrtd'",
    limit: '55 kB',
  },
  { name: '@cccd/image/png', code: "export * from '@cccd/image/png'", limit: '8 kB' },
  { name: '@cccd/image/jpeg', code: "export * from '@cccd/image/jpeg'", limit: '12 kB' },
  { name: '@cccd/image/jpeg2000', code: "export * from '@cccd/image/jpeg2000'", limit: '20 kB' },
]
