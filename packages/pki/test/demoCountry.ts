import { parseCertificate } from '@cccd/pki'
import { type CertificateRequest, issue, type TestKey, testKey } from './issuer.js'

/** A country that does everything right: CSCA and document signer of the invented state XU. */
export const country = { csca: 'C=XU, O=Utopia, CN=CSCA Utopia', signer: 'C=XU, O=Utopia, CN=Document Signer 1' }

export interface Country {
  readonly cscaKey: TestKey
  readonly signerKey: TestKey
  readonly csca: Uint8Array
  readonly signer: Uint8Array
}

export async function makeCountry(
  changes: { csca?: Partial<CertificateRequest>; signer?: Partial<CertificateRequest> } = {},
): Promise<Country> {
  const cscaKey = await testKey('csca')
  const signerKey = await testKey('signer')
  return {
    cscaKey,
    signerKey,
    csca: await issue({ subject: country.csca, key: cscaKey, ...changes.csca }),
    signer: await issue({
      subject: country.signer,
      key: signerKey,
      issuer: { subject: country.csca, key: cscaKey },
      ...changes.signer,
    }),
  }
}

export const at = '2026-01-01'
export const document = { country: 'XU', type: 'P' }
export const read = parseCertificate
