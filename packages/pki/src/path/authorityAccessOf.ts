import { expectTag, readOid } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import { readGeneralName } from '../names/GeneralName.js'
import { extensionOf, pathExtensionOids } from './pathExtensions.js'

/** Where a certificate says that its issuer is to be asked. Addresses are foreign data: whoever fetches them decides which may be. */
export interface AuthorityAccess {
  readonly ocsp: readonly string[]
  /** Where certificates of the issuer are. */
  readonly issuers: readonly string[]
}

const maxAccess = 64
const methods = { ocsp: '1.3.6.1.5.5.7.48.1', issuers: '1.3.6.1.5.5.7.48.2' } as const

/**
 * `AuthorityInfoAccessSyntax ::= SEQUENCE OF SEQUENCE { accessMethod, accessLocation GeneralName }` (RFC 5280 4.2.2.1); only addresses are given.
 * @throws PkiError `PKI_BAD_CERTIFICATE` when the extension is malformed
 * @example authorityAccessOf(certificate).ocsp // ['http://ocsp.ca.example']
 */
export function authorityAccessOf(certificate: Certificate): AuthorityAccess {
  const found = extensionOf(certificate, pathExtensionOids.authorityInformationAccess, (node) =>
    node
      .children()
      .slice(0, maxAccess)
      .map((description) => {
        const [method, location] = expectTag(description, 0x30).children()
        const name = location === undefined ? undefined : readGeneralName(location)
        return { method: readOid(method), uri: name?.type === 'uniformResourceIdentifier' ? name.value : undefined }
      }),
  )
  const by = (wanted: string): string[] =>
    (found ?? []).flatMap(({ method, uri }) => (method === wanted && uri !== undefined ? [uri] : []))
  return { ocsp: by(methods.ocsp), issuers: by(methods.issuers) }
}
