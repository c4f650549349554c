import { compareBytes, encodeTlv } from '@cccd/core'
import { type CryptoPort, type PrivateKeySpec, publicKeyOf, type RandomSource } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import { deviationListOids, masterListOid } from '@cccd/pki'
import { hashIdentifier } from '../asn1/algorithmIdentifier.js'
import { integer, objectIdentifier, sequence, set } from '../asn1/der.js'
import { ldsSecurityObject } from '../asn1/ldsSecurityObject.js'
import type { DemoAuthority } from '../issuer/DemoIssuer.js'
import { generateKey } from '../issuer/generateKey.js'
import { keyIdentifierOf } from '../issuer/issueCertificate.js'
import type { KeyAlgorithm } from '../issuer/KeyAlgorithm.js'
import type { MatrixContext } from './CertificateDraft.js'
import { indefiniteLength } from './indefiniteLength.js'
import { isMatrixCell, type MatrixCell } from './MatrixCell.js'
import { MatrixWorkshop } from './MatrixWorkshop.js'

export type MatrixKeyRole = 'former' | 'csca' | 'signer' | 'master-list-signer' | 'deviation-list-signer' | 'other'

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
  readonly deviationListSigner: DemoAuthority
  /** That DG2 of what `signer` signed has a wrong hash, signed by `deviationListSigner`. */
  readonly deviationList: Uint8Array
  readonly revocationList: Uint8Array
  /** EF.SOD by `signer`. */
  readonly securityObject: Uint8Array
}

const names = {
  csca: 'DEMO CSCA Matrix',
  signer: 'DEMO Document Signer',
  list: 'DEMO Master List Signer',
  deviations: 'DEMO Deviation List Signer',
  between: 'DEMO Sub-CA',
}
const ldsSecurityObjectOid = '2.23.136.1.1.1'

/**
 * An issuer with any key and signature algorithm, any way of writing and one defect in one place, of the matrix
 * `algorithm × encoding × defect × place`. {@link matrixDefects} says the verdict that each defect must lead to; without one everything passes.
 *
 * @throws RangeError for a cell that cannot be, such as a wrong salt without PSS
 * @example
 * const issuer = await matrixIssuer({ algorithm: { type: 'rsa', bits: 2048, hash: 'sha256', padding: 'pss' }, defect: 'wrong-salt', random, at })
 */
export async function matrixIssuer(options: MatrixIssuerOptions): Promise<MatrixIssuer> {
  const { algorithm, encoding, defect, place, at, random, crypto = defaultCrypto() } = options
  if (!isMatrixCell(options)) throw new RangeError('no such cell: the defect is of another algorithm or place')
  const cell: MatrixCell = { algorithm, ...(encoding && { encoding }), ...(defect && { defect }), ...(place && { place }) }
  const keyOf = options.keys ?? ((_, wanted) => generateKey(wanted, random))
  const key = (role: MatrixKeyRole): Promise<PrivateKeySpec> => keyOf(role, algorithm)
  const context: MatrixContext = { algorithm, crypto, random, otherKey: () => key('other') }
  const workshop = new MatrixWorkshop(cell, at, context)

  const formerCa = { subject: names.csca, key: await key('former') }
  const ca = { subject: names.csca, key: await key('csca') }
  const between = { subject: names.between, key: formerCa.key }
  const intermediate = defect === 'intermediate-authority'
  const former = await workshop.certificate('former', { role: 'csca', ...formerCa, issuer: formerCa })
  const csca = await workshop.certificate('csca', { role: 'csca', ...ca, issuer: ca })
  const link = await workshop.certificate('link', {
    role: 'csca',
    ...(intermediate ? { ...between, issuer: ca } : { ...ca, issuer: formerCa }),
  })
  const signer = await workshop.certificate('signer', {
    role: 'signer',
    subject: names.signer,
    key: await key('signer'),
    issuer: intermediate ? between : ca,
  })
  const listSigner = async (role: 'master-list-signer' | 'deviation-list-signer', subject: string) =>
    workshop.certificate(role, { role, subject, key: await key(role), issuer: ca })
  const masterListSigner = await listSigner('master-list-signer', names.list)
  const deviationListSigner = await listSigner('deviation-list-signer', names.deviations)

  const { hash } = algorithm
  const groups = options.dataGroups ?? new Map([[1, Uint8Array.of(0x61, 0x01, 0x00)]])
  const hashes = [...groups].sort(([a], [b]) => a - b).map(([number, file]) => ({ number, hash: crypto.hash(hash, file) }))
  const lds = ldsSecurityObject({ version: 0, algorithm: hashIdentifier(hash), hashes })
  const sod = await workshop.message(signer, ldsSecurityObjectOid, lds, 'security-object')
  const revoked = defect !== 'revoked' ? [] : [place === 'csca' ? csca.serialNumber : signer.serialNumber]
  return {
    cell,
    former,
    csca,
    link: link.certificate,
    signer,
    masterListSigner,
    // CscaMasterList ::= SEQUENCE { version INTEGER { v0(0) }, certList SET OF Certificate } (Doc 9303-12, 9.2)
    masterList: await workshop.message(
      masterListSigner,
      masterListOid,
      sequence(integer(0), set(...[csca.certificate, former.certificate].sort(compareBytes))),
      'master-list',
    ),
    deviationListSigner,
    deviationList: await workshop.message(
      deviationListSigner,
      deviationListOids.content,
      deviations(keyIdentifierOf(publicKeyOf(signer.privateKey), algorithm, crypto)),
      'deviation-list',
    ),
    revocationList: await workshop.revocationList(ca, revoked),
    securityObject: encodeTlv(0x77, encoding === 'indefinite-length' ? indefiniteLength(sod) : sod),
  }
}

/** DeviationList ::= SEQUENCE { version, digestAlgorithm OPTIONAL, deviations SET OF SEQUENCE { documents, descriptions } } (Doc 9303-12, 10.2) */
function deviations(keyIdentifier: Uint8Array): Uint8Array {
  const wrongHash = sequence(objectIdentifier('2.23.136.1.1.7.2.2'), encodeTlv(0xa0, integer(2)))
  return sequence(integer(0), set(sequence(sequence(encodeTlv(0x82, keyIdentifier)), set(wrongHash))))
}
