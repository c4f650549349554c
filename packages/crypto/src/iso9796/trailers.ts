import type { HashAlgorithm } from '../port.js'

/** Trailer fields of ISO/IEC 9796-2 with the hash identifiers of ISO/IEC 10118; BC names none, Doc 9303-11 6.1.2.2 says SHA-1. */
export const iso9796Trailers = {
  BC: 'sha1',
  '33CC': 'sha1',
  '34CC': 'sha256',
  '35CC': 'sha512',
  '36CC': 'sha384',
  '38CC': 'sha224',
} as const satisfies Readonly<Record<string, HashAlgorithm>>

export type Iso9796Trailer = keyof typeof iso9796Trailers
