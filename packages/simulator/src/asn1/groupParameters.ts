import { bigIntToBytes, concatBytes, encodeOid, encodeTlv } from '@cccd/core'
import { type CurveName, type DhGroupName, dhGroupParameters } from '@cccd/crypto'
import { agreementOf, type GroupName } from '../lds/protocols.js'
import { encode } from './encode.js'
import { curveAlgorithm, publicKeyInfo } from './publicKeyInfo.js'

/** dhpublicnumber of X9.42 (RFC 3279, 2.3.3). */
const dhPublicNumber = '1.2.840.10046.2.1'

/** DER of a positive INTEGER. */
function positiveInteger(bytes: Uint8Array): Uint8Array {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const magnitude = bytes.subarray(start)
  return encodeTlv(0x02, (magnitude[0] as number) < 0x80 ? magnitude : concatBytes(Uint8Array.of(0), magnitude))
}

/** AlgorithmIdentifier with DomainParameters ::= SEQUENCE { p, g, q, … } written out. */
function dhAlgorithm(group: DhGroupName): Uint8Array {
  const { p, g, q } = dhGroupParameters(group)
  const length = Math.ceil(p.toString(16).length / 2)
  const integers = [p, g, q].map((value) => positiveInteger(bigIntToBytes(value, length)))
  return encodeTlv(0x30, encodeTlv(0x06, encodeOid(dhPublicNumber)), encodeTlv(0x30, ...integers))
}

/** AlgorithmIdentifier of a group with its parameters written out, as PACEDomainParameterInfo has it (Doc 9303-11, 9.2.2). */
export function domainParameters(group: GroupName): Uint8Array {
  return isCurve(group) ? encode(curveAlgorithm(group, 'explicit')) : dhAlgorithm(group as DhGroupName)
}

/** SubjectPublicKeyInfo of a key-agreement key, every parameter written out. */
export function keyAgreementKeyInfo(group: GroupName, element: Uint8Array): Uint8Array {
  if (isCurve(group)) return encode(publicKeyInfo({ type: 'ec', curve: group, point: element }, 'explicit'))
  const bits = concatBytes(Uint8Array.of(0), positiveInteger(element))
  return encodeTlv(0x30, dhAlgorithm(group as DhGroupName), encodeTlv(0x03, bits))
}

function isCurve(group: GroupName): group is CurveName {
  return agreementOf(group) === 'ECDH'
}
