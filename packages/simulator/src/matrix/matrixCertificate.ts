import { encodeTlv, encodeUtf8 } from '@cccd/core'
import {
  type CryptoPort,
  type PrivateKeySpec,
  type PublicKeySpec,
  publicKeyOf,
  type RandomSource,
  type SignatureScheme,
} from '@cccd/crypto'
import { demoExtensionOid } from '@cccd/pki'
import { signatureIdentifier } from '../asn1/algorithmIdentifier.js'
import { bitString, extension, generalizedTime, integer, objectIdentifier, octetString, sequence, time } from '../asn1/der.js'
import { encode } from '../asn1/encode.js'
import { publicKeyInfo } from '../asn1/publicKeyInfo.js'
import { keyIdentifierOf } from '../issuer/issueCertificate.js'
import { curveForm, type KeyAlgorithm, signatureScheme } from '../issuer/KeyAlgorithm.js'
import { forgeForExponent3 } from './forgeForExponent3.js'
import type { MatrixCell, MatrixDefect, MatrixEncoding } from './MatrixCell.js'

export interface MatrixContext extends MatrixCell {
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

export type MatrixRole = 'csca' | 'signer' | 'master-list-signer'

export interface MatrixCertificateInput {
  readonly role: MatrixRole
  readonly subject: string
  readonly country: string
  readonly key: PrivateKeySpec
  readonly issuer: {
    readonly subject: string
    readonly country: string
    readonly key: PrivateKeySpec
    /** The key whose identifier is stated, when it is not the one that signs. */
    readonly claimedKey?: PrivateKeySpec
  }
  readonly notBefore: Date
  readonly notAfter: Date
  /** Of the signature; absent: a good one. */
  readonly defect?: MatrixDefect | undefined
}

/** A certificate of the Doc 9303-12, 7.1 profile, written and broken as a cell of the matrix says. */
export async function matrixCertificate(input: MatrixCertificateInput, context: MatrixContext): Promise<Uint8Array> {
  const { algorithm, encoding, crypto, random } = context
  const { defect, issuer } = input
  const scheme = signatureScheme(algorithm)
  const stated = statedAlgorithm(scheme, encoding)
  const subjectKey = publicKeyOf(input.key)
  const date = encoding === 'generalized-time' ? generalizedTime : time
  const tbs = sequence(
    encodeTlv(0xa0, integer(2)),
    serialNumber(encoding, random),
    defect === 'algorithm-differs' ? statedAlgorithm({ ...scheme, hash: otherHash(scheme) }, undefined) : stated,
    matrixName(issuer.subject, issuer.country, encoding),
    sequence(date(input.notBefore), date(input.notAfter)),
    matrixName(input.subject, input.country, encoding),
    encode(publicKeyInfo(subjectKey, curveForm(algorithm))),
    encodeTlv(0xa3, sequence(...extensionsOf(input, subjectKey, publicKeyOf(issuer.claimedKey ?? issuer.key), context))),
  )
  const signature = await signatureOver(tbs, { key: issuer.key, scheme, defect, algorithm, crypto, random })
  return sequence(tbs, stated, bitString(signature))
}

/** AlgorithmIdentifier of a signature; ECDSA with the NULL that RFC 5758 forbids and some write. */
export function statedAlgorithm(scheme: SignatureScheme, encoding: MatrixEncoding | undefined): Uint8Array {
  const identifier = signatureIdentifier(scheme)
  if (encoding !== 'null-parameters' || scheme.type !== 'ecdsa') return encode(identifier)
  return sequence(objectIdentifier(identifier.algorithm), encodeTlv(0x05))
}

const otherHash = ({ hash }: SignatureScheme): 'sha256' | 'sha384' => (hash === 'sha256' ? 'sha384' : 'sha256')

interface SignatureInput extends Pick<MatrixContext, 'algorithm' | 'crypto' | 'random'> {
  readonly key: PrivateKeySpec
  readonly scheme: SignatureScheme
  readonly defect: MatrixDefect | undefined
}

async function signatureOver(tbs: Uint8Array, input: SignatureInput): Promise<Uint8Array> {
  const { key, scheme, defect, algorithm, crypto, random } = input
  if (defect === 'forged-for-exponent-3' && algorithm.type === 'rsa')
    return forgeForExponent3(crypto.hash('sha256', tbs), algorithm.bits / 8)
  const imported = await crypto.importPrivateKey(key)
  if (defect === 'other-hash') return imported.sign({ ...scheme, hash: otherHash(scheme) }, tbs, random)
  if (defect === 'wrong-salt' && scheme.type === 'rsa-pss')
    return imported.sign({ ...scheme, saltLength: scheme.saltLength === 0 ? 1 : scheme.saltLength - 1 }, tbs, random)
  const signature = (await imported.sign(scheme, tbs, random)).slice()
  if (defect === 'broken-signature') signature[signature.length - 1] = (signature[signature.length - 1] as number) ^ 1
  return signature
}

function serialNumber(encoding: MatrixEncoding | undefined, random: RandomSource): Uint8Array {
  const bytes = random(encoding === 'long-serial-number' ? 30 : 16)
  bytes[0] = encoding === 'negative-serial-number' ? 0x91 : 0x41
  return encodeTlv(0x02, bytes)
}

const stringTags: Readonly<Partial<Record<MatrixEncoding, number>>> = { 'printable-names': 0x13, 'teletex-names': 0x14 }

/** A Name of country, organisation and common name. */
export function matrixName(commonName: string, country: string, encoding: MatrixEncoding | undefined): Uint8Array {
  const tag = (encoding !== undefined && stringTags[encoding]) || 0x0c
  const text = encoding === 'lower-case-country' ? country.toLowerCase() : country
  const attribute = (type: string, stringTag: number, value: string): Uint8Array =>
    encodeTlv(0x31, sequence(objectIdentifier(type), encodeTlv(stringTag, encodeUtf8(value))))
  return sequence(
    attribute('2.5.4.6', 0x13, text),
    attribute('2.5.4.10', tag, 'DEMO Matrix'),
    attribute('2.5.4.3', tag, commonName),
  )
}

/** Bits of KeyUsage, the count of unused ones first. */
const usages = {
  certificates: Uint8Array.of(1, 0x06),
  lists: Uint8Array.of(1, 0x02),
  signatures: Uint8Array.of(7, 0x80),
} as const

function extensionsOf(
  { role, defect }: MatrixCertificateInput,
  subjectKey: PublicKeySpec,
  issuerKey: PublicKeySpec,
  { algorithm, encoding, crypto }: MatrixContext,
): Uint8Array[] {
  const critical = (id: string, value: Uint8Array): Uint8Array =>
    sequence(objectIdentifier(id), encodeTlv(0x01, Uint8Array.of(0xff)), octetString(value))
  const identifier = (key: PublicKeySpec, of: KeyAlgorithm): Uint8Array => keyIdentifierOf(key, of, crypto)
  const ca = role === 'csca'
  const usage = !ca ? usages.signatures : defect === 'csca-key-usage' ? usages.lists : usages.certificates
  // What keeps the path length of a country CA would be taken for a link to a new name, as a tenth of the links of public lists are.
  const pathLength = defect === 'intermediate-authority' ? [] : [integer(0)]
  const basic = defect === 'csca-is-no-ca' ? sequence() : sequence(encodeTlv(0x01, Uint8Array.of(0xff)), ...pathLength)
  return [
    ...(encoding === 'no-key-identifiers'
      ? []
      : [
          extension('2.5.29.35', sequence(encodeTlv(0x80, identifier(issuerKey, algorithm)))),
          extension('2.5.29.14', octetString(identifier(subjectKey, algorithm))),
        ]),
    critical('2.5.29.15', encodeTlv(0x03, usage)),
    ...(ca ? [critical('2.5.29.19', basic)] : []),
    ...(role === 'master-list-signer' ? [critical('2.5.29.37', sequence(objectIdentifier('2.23.136.1.1.3')))] : []),
    ...(defect === 'unknown-critical-extension' ? [critical('1.3.6.1.4.1.99999.1', encodeTlv(0x05))] : []),
    critical(demoExtensionOid, encodeTlv(0x0c, encodeUtf8('DEMO'))),
  ]
}
