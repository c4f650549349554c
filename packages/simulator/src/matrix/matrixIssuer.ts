import { compareBytes, encodeTlv } from '@cccd/core'
import { type CryptoPort, type PrivateKeySpec, publicKeyOf, type RandomSource } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import { masterListOid, parseCertificate } from '@cccd/pki'
import { bitString, extension, integer, sequence, time } from '../asn1/der.js'
import { encode } from '../asn1/encode.js'
import { algorithmOf, signatureOver } from '../authority/signatureOver.js'
import type { DemoAuthority } from '../issuer/DemoIssuer.js'
import { generateKey } from '../issuer/generateKey.js'
import { keyIdentifierOf } from '../issuer/issueCertificate.js'
import type { KeyAlgorithm } from '../issuer/KeyAlgorithm.js'
import { securityObject } from '../issuer/securityObject.js'
import { shiftDate } from '../issuer/shiftDate.js'
import { signedData } from '../issuer/signedData.js'
import { indefiniteLength } from './indefiniteLength.js'
import { isMatrixCell, type MatrixCell } from './MatrixCell.js'
import { type MatrixCertificateInput, matrixCertificate, matrixName } from './matrixCertificate.js'

export type MatrixKeyRole = 'former' | 'csca' | 'signer' | 'master-list-signer' | 'other'

export interface MatrixIssuerOptions extends MatrixCell {
  readonly random: RandomSource
  /** The time for which verdicts are stated, ISO 8601. */
  readonly at: string
  readonly crypto?: CryptoPort
  /** Keys by role, for who makes many cells: RSA keys take long (default: new ones). */
  readonly keys?: (role: MatrixKeyRole, algorithm: KeyAlgorithm) => Promise<PrivateKeySpec>
  /** Data groups that the security object hashes (default: one of three bytes). */
  readonly dataGroups?: ReadonlyMap<number, Uint8Array>
}

/** An issuer of the matrix: everything that a country publishes, in DER. */
export interface MatrixIssuer {
  readonly cell: MatrixCell
  /** The country CA before `link`. */
  readonly former: DemoAuthority
  readonly csca: DemoAuthority
  /** The key of `csca` certified by `former`; with the defect `intermediate-authority` an authority between `csca` and `signer`. */
  readonly link: Uint8Array
  readonly signer: DemoAuthority
  readonly masterListSigner: DemoAuthority
  /** `csca` and `former`, signed by `masterListSigner`. */
  readonly masterList: Uint8Array
  readonly revocationList: Uint8Array
  /** EF.SOD by `signer`. */
  readonly securityObject: Uint8Array
}

const names = {
  csca: 'DEMO CSCA Matrix',
  signer: 'DEMO Document Signer',
  list: 'DEMO Master List Signer',
  between: 'DEMO Sub-CA',
}
const country = 'VN'

/**
 * An issuer with any key and signature algorithm, any way of writing and one defect, of the matrix `algorithm × encoding × defect`.
 * {@link matrixDefects} says the verdict that each defect must lead to; without one everything passes.
 *
 * @throws RangeError for a cell that cannot be, such as a wrong salt without PSS
 * @example
 * const issuer = await matrixIssuer({ algorithm: { type: 'rsa', bits: 2048, hash: 'sha256', padding: 'pss' }, defect: 'wrong-salt', random, at })
 */
export async function matrixIssuer(options: MatrixIssuerOptions): Promise<MatrixIssuer> {
  const { algorithm, encoding, defect, at, random, crypto = defaultCrypto() } = options
  if (!isMatrixCell(options)) throw new RangeError('no such cell: the defect is of another algorithm')
  const cell: MatrixCell = { algorithm, ...(encoding && { encoding }), ...(defect && { defect }) }
  const context = { ...cell, crypto, random }
  const keys = options.keys ?? ((_, wanted) => generateKey(wanted, random))
  const [former, own, signerKey, listKey] = [
    await keys('former', algorithm),
    await keys('csca', algorithm),
    await keys('signer', algorithm),
    await keys('master-list-signer', algorithm),
  ]
  const day = (years: number): Date => shiftDate(at, { years })
  const valid = { notBefore: day(-1), notAfter: day(5) }
  const period = (who: 'csca' | 'signer'): typeof valid => {
    if (defect === `expired-${who}`) return { notBefore: day(-3), notAfter: day(-1) }
    return defect === 'not-yet-valid-signer' && who === 'signer' ? { notBefore: day(1), notAfter: day(5) } : valid
  }
  const authority = { subject: names.csca, country, key: own }
  const make = (input: MatrixCertificateInput): Promise<Uint8Array> => matrixCertificate(input, context)
  const ca = { role: 'csca', subject: names.csca, country } as const
  const ofCsca = defect === 'csca-is-no-ca' || defect === 'csca-key-usage' ? defect : undefined
  const csca = await make({ ...ca, key: own, issuer: authority, ...period('csca'), defect: ofCsca })
  const formerCsca = await make({ ...ca, key: former, issuer: { ...ca, key: former }, ...valid })

  const between = defect === 'intermediate-authority'
  const betweenIssuer = { subject: names.between, country, key: former }
  const link = between
    ? await make({ ...ca, subject: names.between, key: former, issuer: authority, ...valid, defect })
    : await make({ ...ca, key: own, issuer: { ...ca, key: former }, ...valid })
  const signerIssuer = between
    ? betweenIssuer
    : defect === 'other-key'
      ? { ...authority, key: await keys('other', algorithm), claimedKey: own }
      : authority
  const signer = await make({
    role: 'signer',
    subject: names.signer,
    country: defect === 'other-country' ? 'XU' : country,
    key: signerKey,
    issuer: signerIssuer,
    ...period('signer'),
    defect,
  })
  const list = { role: 'master-list-signer', subject: names.list, country, key: listKey, issuer: authority, ...valid } as const
  const signerAuthority: DemoAuthority = { certificate: signer, privateKey: signerKey, algorithm }
  const sod = await securityObject({
    signer: signerAuthority,
    dataGroups: options.dataGroups ?? new Map([[1, Uint8Array.of(0x61, 0x01, 0x00)]]),
    signingTime: at,
    crypto,
    random,
  })
  const masterListSigner = { certificate: await make(list), privateKey: listKey, algorithm }
  return {
    cell,
    former: { certificate: formerCsca, privateKey: former, algorithm },
    csca: { certificate: csca, privateKey: own, algorithm },
    link,
    signer: signerAuthority,
    masterListSigner,
    // CscaMasterList ::= SEQUENCE { version INTEGER { v0(0) }, certList SET OF Certificate } (Doc 9303-12, 9.2)
    masterList: await signedData({
      signer: masterListSigner,
      contentType: masterListOid,
      content: sequence(integer(0), encodeTlv(0x31, ...[csca, formerCsca].sort(compareBytes))),
      signingTime: at,
      crypto,
      random,
    }),
    revocationList: await revocationList(signer, defect === 'list-of-other-key' ? await keys('other', algorithm) : own, {
      ...context,
      at,
      identifier: keyIdentifierOf(publicKeyOf(own), algorithm, crypto),
    }),
    securityObject: encoding === 'indefinite-length' ? indefiniteObject(sod) : sod,
  }
}

/** EF.SOD keeps its own length: the chip must know where the file ends. */
function indefiniteObject(sod: Uint8Array): Uint8Array {
  const header = (sod[1] as number) < 0x80 ? 2 : 2 + ((sod[1] as number) & 0x7f)
  return encodeTlv(0x77, indefiniteLength(sod.subarray(header)))
}

interface ListContext extends MatrixCell {
  readonly crypto: CryptoPort
  readonly random: RandomSource
  readonly at: string
  readonly identifier: Uint8Array
}

async function revocationList(signer: Uint8Array, privateKey: PrivateKeySpec, context: ListContext): Promise<Uint8Array> {
  const { algorithm, encoding, defect, crypto, random, at } = context
  const by: DemoAuthority = { certificate: signer, privateKey, algorithm }
  const entry = sequence(encodeTlv(0x02, parseCertificate(signer).serialNumber), time(shiftDate(at, { days: -2 })))
  const stated = encode(algorithmOf(by))
  const tbs = sequence(
    integer(1),
    stated,
    matrixName(names.csca, country, encoding),
    time(shiftDate(at, { days: -1 })),
    time(shiftDate(at, { days: 30 })),
    ...(defect === 'revoked' ? [sequence(entry)] : []),
    encodeTlv(
      0xa0,
      sequence(extension('2.5.29.35', sequence(encodeTlv(0x80, context.identifier))), extension('2.5.29.20', integer(1))),
    ),
  )
  return sequence(tbs, stated, bitString(await signatureOver(tbs, by, { crypto, random, broken: false })))
}
