import type { CryptoPort, CurveName, DhGroupName, KeyAgreementGroup } from '@cccd/crypto'
import { agreementOf, type GroupName } from '../lds/protocols.js'

/** The group of a name, from the port. */
export function groupOf(crypto: CryptoPort, name: GroupName): KeyAgreementGroup {
  return agreementOf(name) === 'DH' ? crypto.dhGroup(name as DhGroupName) : crypto.curve(name as CurveName)
}
