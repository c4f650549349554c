import { expectTag, readInteger, readOid, readSmallInteger, type TlvNode } from '@cccd/core'
import { type CryptoPort, matchDhGroup } from '@cccd/crypto'
import { parseEcDomainParameters } from '@cccd/pki'
import { type GroupName, paceParameters } from '../pace/paceParameters.js'

const standardizedDomainParameters = '0.4.0.127.0.7.1.2'
const ecPublicKey = '1.2.840.10045.2.1'
/** X9.42: p, g, q and more. */
const dhPublicNumber = '1.2.840.10046.2.1'
/** PKCS #3: p, g and perhaps the length of an exponent. */
const dhKeyAgreement = '1.2.840.113549.1.3.1'

/**
 * The group of an AlgorithmIdentifier: by number (TR-03110-3, A.2.1.1), a named curve, or parameters written out that are those of a known
 * group in every number. Others open the door to groups made to be broken, so they are none (CVE-2020-0601).
 *
 * @returns undefined for a group that is not known
 * @throws CccdError for bytes that are no domain parameters
 */
export function groupOfAlgorithm(algorithm: TlvNode | undefined, crypto: Pick<CryptoPort, 'dhGroup'>): GroupName | undefined {
  const [oidNode, parameters, more] = expectTag(algorithm, 0x30).children()
  if (more !== undefined || parameters === undefined) return undefined
  switch (readOid(oidNode)) {
    case standardizedDomainParameters:
      return paceParameters.get(readSmallInteger(parameters))?.group
    case ecPublicKey:
      return parseEcDomainParameters(parameters.raw)
    case dhPublicNumber: {
      const [p, g, q] = expectTag(parameters, 0x30).children()
      return matchDhGroup({ p: readInteger(p), g: readInteger(g), q: readInteger(q) }, crypto)
    }
    case dhKeyAgreement: {
      const [p, g] = expectTag(parameters, 0x30).children()
      return matchDhGroup({ p: readInteger(p), g: readInteger(g) }, crypto)
    }
    default:
      return undefined
  }
}
