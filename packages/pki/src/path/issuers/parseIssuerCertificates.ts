import { assertBytes } from '@cccd/core'
import type { Certificate } from '../../certificate/Certificate.js'
import { tryParseCertificate } from '../../certificate/parseCertificate.js'
import { readableCertificates } from '../../certificate/readableCertificates.js'
import { parseSignedData } from '../../cms/parseSignedData.js'
import { PkiError } from '../../errors.js'

const idData = '1.2.840.113549.1.7.1'

/**
 * What stands at a caIssuers address (RFC 5280 4.2.2.1): a certificate in DER, or a SignedData without content and signers that holds some
 * (certs-only, RFC 5751 3.2.2). Told apart by content: the clause forbids to rely on the media type. Certificates among them that cannot be
 * read are left out. Nobody vouches for any of them.
 *
 * @throws PkiError `PKI_BAD_SIGNED_DATA` for anything else
 * @example const [issuer] = parseIssuerCertificates(await readFile('ca.p7c'))
 */
export function parseIssuerCertificates(bytes: Uint8Array): Certificate[] {
  assertBytes(bytes, 'bytes')
  const single = tryParseCertificate(bytes)
  if (single.ok) return [single.value]
  const { eContentType, content, signers, certificates } = parseSignedData(bytes)
  const readable = readableCertificates(certificates)
  if (eContentType !== idData || content !== undefined || signers.length > 0 || readable.length === 0)
    throw new PkiError('PKI_BAD_SIGNED_DATA', 'neither a certificate nor certs-only SignedData')
  return readable
}
