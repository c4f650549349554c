import { type CryptoPort, publicKeyOf, type RandomSource } from '@cccd/crypto'
import {
  AttributeTypeAndValue,
  AttributeValue,
  Certificate,
  Name,
  RelativeDistinguishedName,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509'
import { decode } from '../asn1/encode.js'
import type { AuthorityAddresses } from './AuthorityAddresses.js'
import type { DemoAuthority } from './DemoIssuer.js'
import { generateKey } from './generateKey.js'
import type { IssuingState } from './IssuingState.js'
import { issueCertificate, keyIdentifierOf } from './issueCertificate.js'
import type { KeyAlgorithm } from './KeyAlgorithm.js'
import { demoOrganisation, distinguishedName } from './names.js'
import { shiftDate } from './shiftDate.js'

export interface SignerOptions {
  readonly random: RandomSource
  readonly crypto: CryptoPort
  readonly state: IssuingState
  /** How the certificate writes the country. */
  readonly country: 'as-csca' | 'lower-case'
  readonly algorithm: KeyAlgorithm
  readonly notBefore: Date
  readonly notAfter: Date
  readonly addresses?: AuthorityAddresses | undefined
}

/** The key identifier that a certificate of this package states. */
export function statedKeyIdentifier(certificate: Certificate): Uint8Array {
  const found = certificate.tbsCertificate.extensions?.find(({ extnID }) => extnID === '2.5.29.14')
  if (found === undefined) throw new TypeError('certificate has no key identifier')
  return new Uint8Array(decode(new Uint8Array(found.extnValue.buffer), SubjectKeyIdentifier).buffer)
}

/** A document signer under a country CA, with a key that may sign for three months (Doc 9303-12, table 1). */
export async function issueSigner(csca: DemoAuthority, options: SignerOptions): Promise<DemoAuthority> {
  const { random, crypto, state, algorithm, notBefore, notAfter } = options
  const issuer = decode(csca.certificate, Certificate)
  const lower = options.country === 'lower-case'
  const privateKey = await generateKey(algorithm, random)
  const publicKey = publicKeyOf(privateKey)
  const certificate = await issueCertificate(
    {
      role: 'signer',
      state,
      subject: distinguishedName({
        C: lower ? state.alpha2.toLowerCase() : state.alpha2,
        O: demoOrganisation,
        CN: 'DEMO Document Signer',
      }),
      subjectKey: publicKey,
      subjectAlgorithm: algorithm,
      subjectKeyIdentifier: keyIdentifierOf(publicKey, algorithm, crypto),
      issuer: lower ? inLowerCase(issuer.tbsCertificate.subject) : issuer.tbsCertificate.subject,
      issuerKey: csca.privateKey,
      issuerAlgorithm: csca.algorithm,
      issuerKeyIdentifier: statedKeyIdentifier(issuer),
      notBefore,
      notAfter,
      keyUsedUntil: shiftDate(notBefore, { months: 3 }),
      addresses: options.addresses,
    },
    { crypto, random },
  )
  return { certificate, privateKey, algorithm }
}

/** The name of the country CA as the United Kingdom's signers write it: the country in small letters. */
function inLowerCase(name: Name): Name {
  const country = '2.5.4.6'
  return new Name(
    name.map(
      (set) =>
        new RelativeDistinguishedName(
          [...set].map(({ type, value }) =>
            type === country
              ? new AttributeTypeAndValue({
                  type,
                  value: new AttributeValue({ printableString: (value.printableString ?? '').toLowerCase() }),
                })
              : new AttributeTypeAndValue({ type, value }),
          ),
        ),
    ),
  )
}
