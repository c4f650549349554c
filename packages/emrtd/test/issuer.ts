import { concatBytes, encodeOid, encodeTlv, encodeUtf8 } from '@cccd/core'
import {
  curveParameters,
  type HashAlgorithm,
  type PrivateKeySpec,
  type PublicKeySpec,
  publicKeyOf,
  type RandomSource,
} from '@cccd/crypto'
import { defaultCrypto, generateKeyPair } from '@cccd/crypto/default'

/** A small issuer of its own, so that a fault of the simulator and one of the verifier cannot cover each other. */

const crypto = defaultCrypto()
const der = encodeTlv
const seq = (...parts: Uint8Array[]): Uint8Array => der(0x30, ...parts)
const oid = (dotted: string): Uint8Array => der(0x06, encodeOid(dotted))
const integer = (value: number): Uint8Array =>
  der(0x02, value < 128 ? Uint8Array.of(value) : Uint8Array.of(value >> 8, value & 255))
const octets = (bytes: Uint8Array): Uint8Array => der(0x04, bytes)
const bits = (bytes: Uint8Array): Uint8Array => der(0x03, Uint8Array.of(0), bytes)
const ascii = (tag: number, text: string): Uint8Array => der(tag, encodeUtf8(text))
const unsigned = (bytes: Uint8Array): Uint8Array =>
  der(0x02, (bytes[0] ?? 0) >= 0x80 ? concatBytes(Uint8Array.of(0), bytes) : bytes)

export const hashOids: Partial<Record<HashAlgorithm, string>> = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
}
const ecdsaSha256 = seq(oid('1.2.840.10045.4.3.2'))

/** Random bytes that are the same in every run. */
export function seeded(seed: number): RandomSource {
  let state = seed >>> 0 || 1
  return (length) => {
    const out = new Uint8Array(length)
    for (let i = 0; i < length; i++) {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      state >>>= 0
      out[i] = state & 255
    }
    return out
  }
}

export function spki(key: PublicKeySpec): Uint8Array {
  if (key.type === 'rsa')
    return seq(seq(oid('1.2.840.113549.1.1.1'), der(0x05)), bits(seq(unsigned(key.modulus), unsigned(key.exponent))))
  return seq(seq(oid('1.2.840.10045.2.1'), oid(curveParameters(key.curve).oid)), bits(key.point))
}

const name = (country: string, common: string): Uint8Array =>
  seq(der(0x31, seq(oid('2.5.4.6'), ascii(0x13, country))), der(0x31, seq(oid('2.5.4.3'), ascii(0x0c, common))))

const extension = (dotted: string, critical: boolean, value: Uint8Array): Uint8Array =>
  seq(oid(dotted), ...(critical ? [der(0x01, Uint8Array.of(0xff))] : []), octets(value))

interface CertificateRequest {
  readonly subject: Uint8Array
  readonly issuer: Uint8Array
  readonly key: PublicKeySpec
  readonly issuerKey: PrivateKeySpec
  readonly serial: number
  readonly ca: boolean
  readonly notAfter?: string
}

const keyIdentifier = (key: PublicKeySpec): Uint8Array => crypto.hash('sha1', spki(key))

async function issue(request: CertificateRequest, random: RandomSource): Promise<Uint8Array> {
  const { subject, issuer, key, issuerKey, serial, ca, notAfter = '350101000000Z' } = request
  const extensions = [
    extension('2.5.29.35', false, seq(der(0x80, keyIdentifier(publicKeyOf(issuerKey))))),
    extension('2.5.29.14', false, octets(keyIdentifier(key))),
    ca
      ? extension('2.5.29.15', true, der(0x03, Uint8Array.of(1, 6)))
      : extension('2.5.29.15', true, der(0x03, Uint8Array.of(7, 128))),
    ...(ca ? [extension('2.5.29.19', true, seq(der(0x01, Uint8Array.of(0xff)), integer(0)))] : []),
  ]
  const tbs = seq(
    der(0xa0, integer(2)),
    integer(serial),
    ecdsaSha256,
    issuer,
    seq(ascii(0x17, '200101000000Z'), ascii(0x17, notAfter)),
    subject,
    spki(key),
    der(0xa3, seq(...extensions)),
  )
  return seq(tbs, ecdsaSha256, bits(await sign(issuerKey, tbs, random)))
}

async function sign(key: PrivateKeySpec, message: Uint8Array, random: RandomSource): Promise<Uint8Array> {
  return (await crypto.importPrivateKey(key)).sign({ type: 'ecdsa', hash: 'sha256', format: 'der' }, message, random)
}

export interface TestIssuer {
  readonly country: string
  readonly csca: Uint8Array
  readonly cscaKey: PrivateKeySpec
  readonly signer: Uint8Array
  readonly signerKey: PrivateKeySpec
}

/** A country CA and its document signer, P-256. Same seed, same issuer. */
export async function testIssuer(
  options: { seed?: number; country?: string; signerNotAfter?: string } = {},
): Promise<TestIssuer> {
  const { seed = 7, country = 'VN', signerNotAfter } = options
  const random = seeded(seed)
  const cscaKey = await generateKeyPair({ type: 'ec', curve: 'P-256' }, random)
  const signerKey = await generateKeyPair({ type: 'ec', curve: 'P-256' }, random)
  const cscaName = name(country, 'CSCA TEST')
  const csca = await issue(
    { subject: cscaName, issuer: cscaName, key: publicKeyOf(cscaKey), issuerKey: cscaKey, serial: 1, ca: true },
    random,
  )
  const signer = await issue(
    {
      subject: name(country, 'DS TEST'),
      issuer: cscaName,
      key: publicKeyOf(signerKey),
      issuerKey: cscaKey,
      serial: 2,
      ca: false,
      ...(signerNotAfter === undefined ? {} : { notAfter: signerNotAfter }),
    },
    random,
  )
  return { country, csca, cscaKey, signer, signerKey }
}

/** A revocation list of the country CA, in force in January 2026. The document signer has serial number 2. */
export async function makeRevocationList(issuer: TestIssuer, ...revoked: readonly number[]): Promise<Uint8Array> {
  const entries = revoked.map((serial) => seq(integer(serial), ascii(0x17, '251201000000Z')))
  const tbs = seq(
    integer(1),
    ecdsaSha256,
    name(issuer.country, 'CSCA TEST'),
    ascii(0x17, '260101000000Z'),
    ascii(0x17, '260201000000Z'),
    ...(entries.length === 0 ? [] : [seq(...entries)]),
  )
  return seq(tbs, ecdsaSha256, bits(await sign(issuer.cscaKey, tbs, seeded(98))))
}

export interface SodOptions {
  readonly hash?: HashAlgorithm
  readonly hashOid?: string
  /** Replaces the list made from the files. */
  readonly entries?: readonly (readonly [number, Uint8Array])[]
  readonly contentType?: string
  readonly version?: 0 | 1
  readonly signingTime?: string
  readonly signers?: 0 | 1 | 2
  readonly withoutCertificate?: boolean
}

/** EF.SOD over data groups by number. */
export async function makeSod(
  issuer: TestIssuer,
  groups: Readonly<Record<number, Uint8Array>>,
  options: SodOptions = {},
): Promise<Uint8Array> {
  const { hash = 'sha256', contentType = '2.23.136.1.1.1', version = 0, signingTime = '240101000000Z', signers = 1 } = options
  const entries =
    options.entries ?? Object.entries(groups).map(([number, bytes]) => [Number(number), crypto.hash(hash, bytes)] as const)
  const algorithm = seq(oid(options.hashOid ?? hashOids[hash] ?? ''), der(0x05))
  const content = seq(
    integer(version),
    algorithm,
    seq(...entries.map(([number, digest]) => seq(integer(number), octets(digest)))),
    ...(version === 1 ? [seq(ascii(0x13, '0108'), ascii(0x13, '040000'))] : []),
  )
  const attributes = concatBytes(
    seq(oid('1.2.840.113549.1.9.3'), der(0x31, oid(contentType))),
    seq(oid('1.2.840.113549.1.9.5'), der(0x31, ascii(0x17, signingTime))),
    seq(oid('1.2.840.113549.1.9.4'), der(0x31, octets(crypto.hash('sha256', content)))),
  )
  const signature = await sign(issuer.signerKey, der(0x31, attributes), seeded(99))
  const signerInfo = seq(
    integer(1),
    seq(name(issuer.country, 'CSCA TEST'), integer(2)),
    seq(oid(hashOids.sha256 ?? '')),
    der(0xa0, attributes),
    ecdsaSha256,
    octets(signature),
  )
  const signedData = seq(
    integer(3),
    der(0x31, seq(oid(hashOids.sha256 ?? ''))),
    seq(oid(contentType), der(0xa0, octets(content))),
    ...(options.withoutCertificate === true ? [] : [der(0xa0, issuer.signer)]),
    der(0x31, ...Array.from({ length: signers }, () => signerInfo)),
  )
  return der(0x77, seq(oid('1.2.840.113549.1.7.2'), der(0xa0, signedData)))
}

export const syntheticMrz = [
  'IDVNM0900001233001090000123<<4',
  '9008157M3008155VNM<<<<<<<<<<<0',
  'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<',
].join('')

export const makeDg1 = (mrz: string = syntheticMrz): Uint8Array => der(0x61, ascii(0x5f1f, mrz))
export const makeDg14 = (...infos: Uint8Array[]): Uint8Array => der(0x6e, der(0x31, ...infos))
export const makeDg15 = (key: PublicKeySpec): Uint8Array => der(0x6f, spki(key))

const utf8 = (text: string): Uint8Array => ascii(0x0c, text)
const printable = (text: string): Uint8Array => ascii(0x13, text)

/** Values of the synthetic citizen's DG13, as elements after the field number. */
export const syntheticFields: Readonly<Record<number, readonly Uint8Array[]>> = {
  1: [printable('001090000123')],
  2: [utf8('Nguyễn Văn Thử')],
  3: [printable('15/08/1990')],
  4: [utf8('Nam')],
  5: [utf8('Việt Nam')],
  6: [utf8('Kinh')],
  7: [utf8('Không')],
  8: [utf8('Xã Mẫu, Huyện Mẫu, Hà Nội')],
  9: [utf8('Số 1 Phố Mẫu, Phường Mẫu, Quận Mẫu, Hà Nội')],
  10: [utf8('Sẹo chấm C:1cm trên đuôi mày trái')],
  11: [printable('20/05/2021')],
  12: [utf8('15/08/2030')],
  13: [seq(utf8('Nguyễn Văn Cha')), seq(utf8('Trần Thị Mẹ'))],
  14: [],
  15: [printable('012345678')],
  16: [printable('0123456789ABCDEF')],
}

export function makeDg13(changes: Readonly<Record<number, readonly Uint8Array[] | undefined>> = {}, set = 0x31): Uint8Array {
  const fields = Object.entries({ ...syntheticFields, ...changes }).flatMap(([id, values]) =>
    values === undefined ? [] : [seq(integer(Number(id)), ...values)],
  )
  return der(0x6d, seq(integer(1), oid('1.0.10646.1.0.8'), der(set, ...fields)))
}

const formatAndVersion = Uint8Array.of(0x46, 0x41, 0x43, 0, 0x30, 0x31, 0x30, 0)

/** A face record of ISO/IEC 19794-5 around images. */
export function faceRecord(...images: readonly Uint8Array[]): Uint8Array {
  const number = (value: number, length: number): Uint8Array =>
    Uint8Array.from({ length }, (_, i) => (value >>> (8 * (length - 1 - i))) & 255)
  const faces = images.map((image) =>
    concatBytes(
      number(32 + image.length, 4),
      number(0, 2),
      new Uint8Array(14),
      Uint8Array.of(1, image[0] === 0xff && image[1] === 0xd8 ? 0 : 1),
      number(240, 2),
      number(320, 2),
      new Uint8Array(6),
      image,
    ),
  )
  const body = concatBytes(...faces)
  return concatBytes(formatAndVersion, number(14 + body.length, 4), number(images.length, 2), body)
}

export function makeDg2(...records: readonly Uint8Array[]): Uint8Array {
  const templates = records.map((record) => der(0x7f60, der(0xa1, der(0x81, Uint8Array.of(2))), der(0x5f2e, record)))
  return der(0x75, der(0x7f61, integer(records.length), ...templates))
}

export const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4)
export const jp2 = Uint8Array.of(0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a)
export const j2k = Uint8Array.of(0xff, 0x4f, 0xff, 0x51, 0, 47)

/** ChipAuthenticationPublicKeyInfo, ChipAuthenticationInfo, PACEInfo, ActiveAuthenticationInfo. */
export const infos = {
  chipKey: (key: PublicKeySpec, keyId?: number): Uint8Array =>
    seq(oid('0.4.0.127.0.7.2.2.1.2'), spki(key), ...(keyId === undefined ? [] : [integer(keyId)])),
  chipAuthentication: (suffix: number): Uint8Array => seq(oid(`0.4.0.127.0.7.2.2.3.2.${suffix}`), integer(1)),
  pace: (suffix: string, parameterId = 13): Uint8Array =>
    seq(oid(`0.4.0.127.0.7.2.2.4.${suffix}`), integer(2), integer(parameterId)),
  activeAuthentication: (algorithm: string): Uint8Array => seq(oid('2.23.136.1.1.5'), integer(1), oid(algorithm)),
}
export const cardAccessOf = (...entries: Uint8Array[]): Uint8Array => der(0x31, ...entries)
export { der, integer, octets, oid, printable, seq, utf8 }
