import type { Certificate } from '../certificate/Certificate.js'
import { attributeOf } from '../certificate/DistinguishedName.js'
import { PkiError } from '../errors.js'

/** Kinds of documents, told apart by the first letter of the MRZ document code (Doc 9303-3, -5). */
export type DocumentKind = 'passport' | 'identity-card' | 'visa'

/** What an anchor may vouch for. Without a scope: every document of its country. */
export interface AnchorScope {
  readonly documents: DocumentKind | readonly DocumentKind[]
}

/** The kind of a document by its code (`P`, `PV`, `ID`, `AC`, `V`, …), or undefined for another one. */
export function documentKind(code: string): DocumentKind | undefined {
  const first = code.charAt(0).toUpperCase()
  if (first === 'P') return 'passport'
  if (first === 'V') return 'visa'
  return first === 'I' || first === 'A' || first === 'C' ? 'identity-card' : undefined
}

/**
 * The scope that this package knows of by itself: the one public Vietnamese anchor, `CN=CSCA ePassport Vietnam`, signs for
 * passports. An identity card under it is not thereby genuine.
 */
export function builtInScope(certificate: Certificate): AnchorScope | undefined {
  const commonName = commonNameOf(certificate)?.trim().replace(/\s+/g, ' ').toLowerCase()
  return commonName === 'csca epassport vietnam' && certificate.country === 'VN' ? { documents: 'passport' } : undefined
}

/** A certificate whose name cannot be read vouches for nobody; it must not keep a store from being asked about others. */
function commonNameOf(certificate: Certificate): string | undefined {
  try {
    return attributeOf(certificate.subject, '2.5.4.3')
  } catch (error) {
    if (error instanceof PkiError) return undefined
    throw error
  }
}

/** Whether every scope of a path covers a document; a document of unknown kind is covered by no scope. */
export function scopesCover(scopes: readonly (AnchorScope | undefined)[], documentCode: string | undefined): boolean {
  const kind = documentCode === undefined ? undefined : documentKind(documentCode)
  return scopes.every((scope) => scope === undefined || (kind !== undefined && [scope.documents].flat().includes(kind)))
}
