import { AsnPropTypes, OctetString } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import { buffer, encode } from './encode.js'
import { sequence } from './sequence.js'

/** DataGroupHash ::= SEQUENCE { dataGroupNumber INTEGER, dataGroupHashValue OCTET STRING } */
class DataGroupHash {
  dataGroupNumber = 0
  dataGroupHashValue = new OctetString()
}
sequence(DataGroupHash, { dataGroupNumber: AsnPropTypes.Integer, dataGroupHashValue: { type: OctetString } })

/** LDSVersionInfo ::= SEQUENCE { ldsVersion PrintableString, unicodeVersion PrintableString } */
class LdsVersionInfo {
  ldsVersion = '0108'
  unicodeVersion = '040000'
}
sequence(LdsVersionInfo, { ldsVersion: AsnPropTypes.PrintableString, unicodeVersion: AsnPropTypes.PrintableString })

/**
 * LDSSecurityObject ::= SEQUENCE { version INTEGER, hashAlgorithm, dataGroupHashValues SEQUENCE OF DataGroupHash,
 * ldsVersionInfo OPTIONAL -- if and only if version 1 } (Doc 9303-10, 4.6.2.3)
 */
class LdsSecurityObject {
  version = 0
  hashAlgorithm = new AlgorithmIdentifier()
  dataGroupHashValues: DataGroupHash[] = []
  ldsVersionInfo: LdsVersionInfo | undefined = undefined
}
sequence(LdsSecurityObject, {
  version: AsnPropTypes.Integer,
  hashAlgorithm: { type: AlgorithmIdentifier },
  dataGroupHashValues: { type: DataGroupHash, repeated: 'sequence' },
  ldsVersionInfo: { type: LdsVersionInfo, optional: true },
})

export interface LdsSecurityObjectInput {
  readonly version: 0 | 1
  readonly algorithm: AlgorithmIdentifier
  readonly hashes: readonly { readonly number: number; readonly hash: Uint8Array }[]
}

/** DER of an LDSSecurityObject. */
export function ldsSecurityObject({ version, algorithm, hashes }: LdsSecurityObjectInput): Uint8Array {
  const object = new LdsSecurityObject()
  object.version = version
  object.hashAlgorithm = algorithm
  object.dataGroupHashValues = hashes.map(({ number, hash }) => {
    const entry = new DataGroupHash()
    entry.dataGroupNumber = number
    entry.dataGroupHashValue = new OctetString(buffer(hash))
    return entry
  })
  if (version === 1) object.ldsVersionInfo = new LdsVersionInfo()
  return encode(object)
}
