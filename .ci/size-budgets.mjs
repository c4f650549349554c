// What an application downloads for an entry: the first load, and what is loaded when it is needed. Sizes compressed with gzip.

/** What may be loaded later, by a module in it. A chunk that none of these names fails the gate. */
export const laterParts = {
  'portable crypto': { module: /crypto\/dist\/defaultCrypto\.js$/, limit: '36 kB' },
  '3DES and BAC': { module: /node-forge\/lib\/|emrtd\/dist\/bac-/, limit: '15 kB' },
}

/** Strings that betray what must not be in a first load. */
export const forbidden = [
  /x509/i,
  /node-forge|forge\./,
  /reflect-metadata|Reflect\.(define|get)Metadata/,
  /peculiar/i,
  /asn1-schema/i,
  // parseFaceBlock: a verifier takes the image and nothing else of a face.
  /opisthocranion/,
]

/** @type {readonly { name: string, code: string, limit: string, later?: readonly (keyof typeof laterParts)[] }[]} */
export const budgets = [
  { name: '@cccd/mrz', code: "export * from '@cccd/mrz'", limit: '4 kB' },
  { name: '@cccd/qr parseQr', code: "export { parseQr } from '@cccd/qr'", limit: '8 kB' },
  {
    name: '@cccd/emrtd verifyReading',
    code: "export { verifyReading } from '@cccd/emrtd'",
    limit: '40 kB',
    later: ['portable crypto', '3DES and BAC'],
  },
  {
    name: '@cccd/emrtd readChip + verifyReading',
    code: "export { readChip, verifyReading } from '@cccd/emrtd'",
    limit: '55 kB',
    later: ['portable crypto', '3DES and BAC'],
  },
  { name: '@cccd/image/png', code: "export * from '@cccd/image/png'", limit: '8 kB' },
  { name: '@cccd/image/jpeg', code: "export * from '@cccd/image/jpeg'", limit: '10 kB' },
  { name: '@cccd/image/jpeg2000', code: "export * from '@cccd/image/jpeg2000'", limit: '40 kB' },
]
