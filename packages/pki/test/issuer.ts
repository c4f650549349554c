import { bigIntToBytes, concatBytes, encodeOid, encodeTlv, encodeUtf8 } from '@cccd/core'
import {
  type CryptoPort,
  type CurveName,
  type CurveParameters,
  curveParameters,
  type PrivateKeySpec,
  type PublicKeySpec,
  publicKeyOf,
  type RandomSource,
  type SignatureScheme,
} from '@cccd/crypto'
import { defaultCrypto, generateKeyPair } from '@cccd/crypto/default'

// A small issuer for tests only: it can make what no honest issuer would.

/** Bytes that look random and are the same in every run. */
export function fixedRandom(seed: string, crypto: CryptoPort = defaultCrypto()): RandomSource {
  let counter = 0
  return (length) => {
    const blocks: Uint8Array[] = []
    for (let have = 0; have < length; have += 32) blocks.push(crypto.hash('sha256', encodeUtf8(`${seed} ${counter++}`)))
    return concatBytes(...blocks).subarray(0, length)
  }
}

export const sequence = (...parts: Uint8Array[]): Uint8Array => encodeTlv(0x30, ...parts)
export const set = (...parts: Uint8Array[]): Uint8Array => encodeTlv(0x31, ...parts)
export const oid = (dotted: string): Uint8Array => encodeTlv(0x06, encodeOid(dotted))
export const octets = (...bytes: Uint8Array[]): Uint8Array => encodeTlv(0x04, ...bytes)
export const bits = (bytes: Uint8Array): Uint8Array => encodeTlv(0x03, Uint8Array.of(0), bytes)
const none = new Uint8Array(0)

export function integer(value: bigint | number | Uint8Array): Uint8Array {
  const hex = value instanceof Uint8Array ? undefined : BigInt(value).toString(16)
  const bytes = value instanceof Uint8Array ? value : bigIntToBytes(BigInt(value), Math.ceil((hex as string).length / 2))
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const minimal = bytes.subarray(start)
  return encodeTlv(0x02, (minimal[0] ?? 0) >= 0x80 ? concatBytes(Uint8Array.of(0), minimal) : minimal)
}

/** A time as UTCTime, which every certificate of the lists has. */
export const utcTime = (iso: string): Uint8Array => encodeTlv(0x17, encodeUtf8(`${iso.replace(/[-T:]/g, '').slice(2, 14)}Z`))

const attributeTypes: Record<string, string> = { C: '2.5.4.6', O: '2.5.4.10', OU: '2.5.4.11', CN: '2.5.4.3' }

/** A Name from `C=XX, CN=…`; the string type is a choice because names are compared across them. */
export function name(text: string, stringTag = 0x0c): Uint8Array {
  return sequence(
    ...text.split(', ').map((part) => {
      const [type = '', value = ''] = part.split('=')
      return set(sequence(oid(attributeTypes[type] as string), encodeTlv(type === 'C' ? 0x13 : stringTag, encodeUtf8(value))))
    }),
  )
}

export function explicitParameters(curve: CurveParameters, length: number, generator?: Uint8Array): Uint8Array {
  const element = (value: bigint): Uint8Array => bigIntToBytes(value, length)
  return sequence(
    integer(1),
    sequence(oid('1.2.840.10045.1.1'), integer(curve.p)),
    sequence(octets(element(curve.a)), octets(element(curve.b))),
    octets(generator ?? concatBytes(Uint8Array.of(4), element(curve.gx), element(curve.gy))),
    integer(curve.n),
    integer(curve.h),
  )
}

export function explicitOf(curve: CurveName): Uint8Array {
  const parameters = curveParameters(curve)
  return explicitParameters(parameters, Math.ceil(parameters.p.toString(16).length / 2))
}

/** A SubjectPublicKeyInfo; EC keys with explicit parameters unless others are given. */
export function publicKeyInfo(key: PublicKeySpec, parameters?: Uint8Array): Uint8Array {
  if (key.type === 'rsa')
    return sequence(
      sequence(oid('1.2.840.113549.1.1.1'), parameters ?? encodeTlv(0x05)),
      bits(sequence(integer(key.modulus), integer(key.exponent))),
    )
  return sequence(sequence(oid('1.2.840.10045.2.1'), parameters ?? explicitOf(key.curve)), bits(key.point))
}

const schemeOids: Record<string, string> = {
  'ecdsa sha1': '1.2.840.10045.4.1',
  'ecdsa sha256': '1.2.840.10045.4.3.2',
  'ecdsa sha384': '1.2.840.10045.4.3.3',
  'ecdsa sha512': '1.2.840.10045.4.3.4',
  'rsa-pkcs1 sha1': '1.2.840.113549.1.1.5',
  'rsa-pkcs1 sha256': '1.2.840.113549.1.1.11',
}

export function algorithmOf(scheme: SignatureScheme): Uint8Array {
  return sequence(oid(schemeOids[`${scheme.type} ${scheme.hash}`] as string))
}

export interface TestKey {
  readonly spec: PrivateKeySpec
  readonly publicKey: PublicKeySpec
  readonly identifier: Uint8Array
}

export async function testKey(
  seed: string,
  request: { curve: CurveName } | { bits: number } = { curve: 'P-256' },
): Promise<TestKey> {
  const random = fixedRandom(seed)
  const spec = await generateKeyPair('curve' in request ? { type: 'ec', ...request } : { type: 'rsa', ...request }, random)
  const publicKey = publicKeyOf(spec)
  return { spec, publicKey, identifier: defaultCrypto().hash('sha1', publicKeyInfo(publicKey)) }
}

export function extension(id: string, value: Uint8Array, critical = false): Uint8Array {
  return sequence(oid(id), ...(critical ? [encodeTlv(0x01, Uint8Array.of(0xff))] : []), octets(value))
}

export interface CertificateRequest {
  readonly subject: string
  readonly key: TestKey
  /** Who signs: a name and a key, which need not belong together. Absent: the subject itself. */
  readonly issuer?: { readonly subject: string; readonly key: TestKey }
  readonly serialNumber?: Uint8Array
  readonly notBefore?: string
  readonly notAfter?: string
  readonly ca?: boolean
  /** pathLenConstraint of a CA; default 0, as Doc 9303-12 wants. */
  readonly pathLength?: number | 'none'
  /** Content of the keyUsage BIT STRING, the count of unused bits first. */
  readonly keyUsage?: Uint8Array | 'none'
  readonly keyIdentifier?: Uint8Array | 'none'
  readonly authorityKeyIdentifier?: Uint8Array | 'none'
  readonly extensions?: readonly Uint8Array[]
  readonly publicKeyInfo?: Uint8Array
  readonly scheme?: SignatureScheme
  readonly algorithm?: Uint8Array
  readonly innerAlgorithm?: Uint8Array
  readonly issuerName?: Uint8Array
}

export const defaultScheme = (key: TestKey): SignatureScheme =>
  key.spec.type === 'rsa' ? { type: 'rsa-pkcs1', hash: 'sha256' } : { type: 'ecdsa', hash: 'sha256', format: 'der' }

export async function sign(key: TestKey, scheme: SignatureScheme, message: Uint8Array): Promise<Uint8Array> {
  const imported = await defaultCrypto().importPrivateKey(key.spec)
  return imported.sign(scheme, message, fixedRandom('signature'))
}

/** A certificate with everything as Doc 9303-12 wants it, except for what the request says. */
export async function issue(request: CertificateRequest): Promise<Uint8Array> {
  const issuer = request.issuer ?? request
  const scheme = request.scheme ?? defaultScheme(issuer.key)
  const ca = request.ca ?? request.issuer === undefined
  const keyIdentifier = request.keyIdentifier ?? request.key.identifier
  const authority = request.authorityKeyIdentifier ?? issuer.key.identifier
  const algorithm = request.algorithm ?? algorithmOf(scheme)
  const usage = request.keyUsage ?? (ca ? Uint8Array.of(1, 0x06) : Uint8Array.of(7, 0x80))
  const pathLength = request.pathLength === 'none' ? [] : [integer(request.pathLength ?? 0)]
  const extensions = [
    ...(usage === 'none' ? [] : [extension('2.5.29.15', encodeTlv(0x03, usage), true)]),
    ...(ca ? [extension('2.5.29.19', sequence(encodeTlv(0x01, Uint8Array.of(0xff)), ...pathLength), true)] : []),
    ...(keyIdentifier === 'none' ? [] : [extension('2.5.29.14', octets(keyIdentifier))]),
    ...(authority === 'none' ? [] : [extension('2.5.29.35', sequence(encodeTlv(0x80, authority)))]),
    ...(request.extensions ?? []),
  ]
  const tbs = sequence(
    encodeTlv(0xa0, integer(2)),
    encodeTlv(0x02, request.serialNumber ?? Uint8Array.of(0x11)),
    request.innerAlgorithm ?? algorithm,
    request.issuerName ?? name(issuer.subject),
    sequence(utcTime(request.notBefore ?? '2020-01-01T00:00:00Z'), utcTime(request.notAfter ?? '2035-01-01T00:00:00Z')),
    name(request.subject),
    request.publicKeyInfo ?? publicKeyInfo(request.key.publicKey),
    encodeTlv(0xa3, sequence(...extensions)),
  )
  return sequence(tbs, algorithm, bits(await sign(issuer.key, scheme, tbs)))
}

const attribute = (type: string, ...values: Uint8Array[]): Uint8Array => sequence(oid(type), set(...values))

export const contentType = (type: string): Uint8Array => attribute('1.2.840.113549.1.9.3', oid(type))
export const messageDigest = (content: Uint8Array): Uint8Array =>
  attribute('1.2.840.113549.1.9.4', octets(defaultCrypto().hash('sha256', content)))
export const signingTime = (iso: string): Uint8Array => attribute('1.2.840.113549.1.9.5', utcTime(iso))

export const ldsSecurityObject = '2.23.136.1.1.1'
const digestSha256 = sequence(oid('2.16.840.1.101.3.4.2.1'))

export interface SignerRequest {
  readonly key: TestKey
  readonly identifier: Uint8Array
  /** Attributes as they are sent; undefined: none at all. */
  readonly attributes?: readonly Uint8Array[]
  /** Attributes as they are signed, when they differ from those sent. */
  readonly signedAttributes?: readonly Uint8Array[]
  readonly scheme?: SignatureScheme
  readonly digestAlgorithm?: Uint8Array
}

export async function signerInfo(request: SignerRequest, content: Uint8Array): Promise<Uint8Array> {
  const scheme = request.scheme ?? defaultScheme(request.key)
  const { attributes } = request
  const message = attributes === undefined ? content : set(...(request.signedAttributes ?? attributes))
  return sequence(
    integer(1),
    request.identifier,
    request.digestAlgorithm ?? digestSha256,
    attributes === undefined ? none : encodeTlv(0xa0, ...attributes),
    algorithmOf(scheme),
    octets(await sign(request.key, scheme, message)),
  )
}

export const byIssuerAndSerial = (issuer: string, serialNumber = Uint8Array.of(0x11)): Uint8Array =>
  sequence(name(issuer), encodeTlv(0x02, serialNumber))
export const byKeyIdentifier = (key: TestKey): Uint8Array => encodeTlv(0x80, key.identifier)

export function signedData(
  content: Uint8Array,
  certificates: readonly Uint8Array[],
  signers: readonly Uint8Array[],
  type = ldsSecurityObject,
): Uint8Array {
  return sequence(
    oid('1.2.840.113549.1.7.2'),
    encodeTlv(
      0xa0,
      sequence(
        integer(3),
        set(digestSha256),
        sequence(oid(type), encodeTlv(0xa0, octets(content))),
        certificates.length === 0 ? none : encodeTlv(0xa0, ...certificates),
        set(...signers),
      ),
    ),
  )
}
