import type { CryptoPort, PrivateKeySpec, PublicKeySpec, RandomSource } from '@cccd/crypto'
import { Certificate, type Extension, Extensions, type Name, TBSCertificate, Validity, Version } from '@peculiar/asn1-x509'
import { signatureIdentifier } from '../asn1/algorithmIdentifier.js'
import { buffer, encode } from '../asn1/encode.js'
import { publicKeyInfo } from '../asn1/publicKeyInfo.js'
import type { AuthorityAddresses } from './AuthorityAddresses.js'
import { certificateExtensions } from './extensions.js'
import type { IssuingState } from './IssuingState.js'
import { curveForm, type KeyAlgorithm, signatureScheme } from './KeyAlgorithm.js'

export interface CertificateInput {
  readonly role: 'csca' | 'signer'
  readonly state: IssuingState
  readonly subject: Name
  readonly subjectKey: PublicKeySpec
  readonly subjectAlgorithm: KeyAlgorithm
  readonly subjectKeyIdentifier: Uint8Array
  readonly issuer: Name
  readonly issuerKey: PrivateKeySpec
  readonly issuerAlgorithm: KeyAlgorithm
  readonly issuerKeyIdentifier: Uint8Array
  readonly notBefore: Date
  readonly notAfter: Date
  readonly keyUsedUntil: Date
  readonly addresses?: AuthorityAddresses | undefined
}

/** The key identifier of a key: SHA-1 of its bits (RFC 5280, 4.2.1.2, method 1). */
export function keyIdentifierOf(key: PublicKeySpec, algorithm: KeyAlgorithm, crypto: CryptoPort): Uint8Array {
  const info = publicKeyInfo(key, curveForm(algorithm))
  return crypto.hash('sha1', new Uint8Array(info.subjectPublicKey))
}

function serialNumber(random: RandomSource): ArrayBuffer {
  const bytes = random(16)
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x40
  return buffer(bytes)
}

/** A signed certificate of the Doc 9303-12 profile in DER. */
export async function issueCertificate(input: CertificateInput, context: SigningContext): Promise<Uint8Array> {
  const extensions = certificateExtensions({
    role: input.role,
    state: input.state,
    subjectKeyIdentifier: input.subjectKeyIdentifier,
    authorityKeyIdentifier: input.issuerKeyIdentifier,
    keyUsedFrom: input.notBefore,
    keyUsedUntil: input.keyUsedUntil,
    addresses: input.addresses,
  })
  return signCertificate({ ...input, extensions }, context)
}

export interface SigningContext {
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

/** What every certificate has, whatever its profile. */
export interface SignCertificateInput
  extends Pick<
    CertificateInput,
    'subject' | 'subjectKey' | 'subjectAlgorithm' | 'issuer' | 'issuerKey' | 'issuerAlgorithm' | 'notBefore' | 'notAfter'
  > {
  readonly extensions: readonly Extension[]
}

/** A signed X.509 v3 certificate in DER. */
export async function signCertificate(input: SignCertificateInput, { crypto, random }: SigningContext): Promise<Uint8Array> {
  const scheme = signatureScheme(input.issuerAlgorithm)
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialNumber(random),
    signature: signatureIdentifier(scheme),
    issuer: input.issuer,
    validity: new Validity({ notBefore: input.notBefore, notAfter: input.notAfter }),
    subject: input.subject,
    subjectPublicKeyInfo: publicKeyInfo(input.subjectKey, curveForm(input.subjectAlgorithm)),
    extensions: new Extensions([...input.extensions]),
  })
  const key = await crypto.importPrivateKey(input.issuerKey)
  const signature = await key.sign(scheme, encode(tbsCertificate), random)
  return encode(
    new Certificate({ tbsCertificate, signatureAlgorithm: signatureIdentifier(scheme), signatureValue: buffer(signature) }),
  )
}
