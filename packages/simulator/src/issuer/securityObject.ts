import { encodeTlv } from '@cccd/core'
import type { CryptoPort, RandomSource } from '@cccd/crypto'
import { hashIdentifier } from '../asn1/algorithmIdentifier.js'
import { ldsSecurityObject } from '../asn1/ldsSecurityObject.js'
import type { DemoAuthority } from './DemoIssuer.js'
import type { SecurityObjectForm } from './SecurityObjectForm.js'
import { signedData } from './signedData.js'

const ldsSecurityObjectOid = '2.23.136.1.1.1'
const idData = '1.2.840.113549.1.7.1'

export interface SecurityObjectInput extends SecurityObjectForm {
  readonly signer: DemoAuthority
  /** Data group files by number, as the chip holds them. */
  readonly dataGroups: ReadonlyMap<number, Uint8Array>
  /** ISO 8601. */
  readonly signingTime: string
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

/** EF.SOD (Doc 9303-10, 4.6.2): a CMS SignedData over the hashes of the data groups, inside tag 77. */
export async function securityObject(input: SecurityObjectInput): Promise<Uint8Array> {
  const { signer, signingTime, signatureAlgorithm, crypto, random } = input
  const hash = input.hash ?? 'sha256'
  const hashes = [...input.dataGroups]
    .sort(([a], [b]) => a - b)
    .map(([number, file]) => ({ number, hash: crypto.hash(hash, file) }))
  const content = ldsSecurityObject({ version: input.ldsVersion ?? 0, algorithm: hashIdentifier(hash), hashes })
  const contentType = input.contentType === 'id-data' ? idData : ldsSecurityObjectOid
  const form = signatureAlgorithm && { signatureAlgorithm }
  return encodeTlv(0x77, await signedData({ signer, contentType, content, ...form, signingTime, crypto, random }))
}
