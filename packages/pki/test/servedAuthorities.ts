import { encodeTlv } from '@cccd/core'
import { type Certificate, parseCertificate } from '@cccd/pki'
import { type CertificateRequest, integer, issue, oid, sequence, set, type TestKey, testKey } from './issuer.js'
import { issuersAt } from './publishedCountry.js'

// A root, two authorities one under the other and an end entity; each but the root says where its issuer's certificate is.

export const urls = {
  root: 'http://pki.example/root.cer',
  middle: 'http://pki.example/middle.cer',
  low: 'http://pki.example/low.p7c',
}
export const names = { root: 'C=XU, CN=Root', middle: 'C=XU, CN=Middle', low: 'C=XU, CN=Low', end: 'C=XU, CN=End' }
const keys = {
  root: await testKey('served root'),
  middle: await testKey('served middle'),
  low: await testKey('served low'),
  end: await testKey('served end'),
}
export const otherKey = await testKey('served by somebody else')

export const certificateOf = async (request: CertificateRequest): Promise<Certificate> => parseCertificate(await issue(request))
const by = (who: keyof typeof keys): { subject: string; key: TestKey } => ({ subject: names[who], key: keys[who] })
const ca = { ca: true, pathLength: 'none' } as const

/** An end entity whose certificate states addresses. */
export const endAt = (...addresses: readonly string[]): Promise<Certificate> =>
  certificateOf({ ...by('end'), issuer: by('low'), extensions: [issuersAt(...addresses)] })
/** An authority directly above the end entity, whose certificate states addresses. */
export const lowAt = (...addresses: readonly string[]): Promise<Certificate> =>
  certificateOf({ ...by('low'), ...ca, issuer: by('middle'), extensions: [issuersAt(...addresses)] })

export const root = await certificateOf({ ...by('root'), ...ca })
export const middle = await certificateOf({ ...by('middle'), ...ca, issuer: by('root'), extensions: [issuersAt(urls.root)] })
export const low = await lowAt(urls.middle)
export const end = await endAt(urls.low)
/** The low authority as two others have it: under its own key from the middle one's impostor, and from itself. */
export const lowByStranger = await certificateOf({ ...by('low'), ...ca, issuer: { subject: names.middle, key: otherKey } })
export const lowByItself = await certificateOf({ ...by('low'), ...ca })
/** Cross-certificates: the middle authority as the low one has it. */
export const middleByLow = await certificateOf({ ...by('middle'), ...ca, issuer: by('low'), extensions: [issuersAt(urls.low)] })

/** SignedData that signs nothing and holds certificates (RFC 5751 3.2.2). */
export function certificatesOnly(
  certificates: readonly Uint8Array[],
  change: { readonly signers?: Uint8Array } = {},
): Uint8Array {
  const data = sequence(
    integer(1),
    set(),
    sequence(oid('1.2.840.113549.1.7.1')),
    encodeTlv(0xa0, ...certificates),
    change.signers ?? set(),
  )
  return sequence(oid('1.2.840.113549.1.7.2'), encodeTlv(0xa0, data))
}
