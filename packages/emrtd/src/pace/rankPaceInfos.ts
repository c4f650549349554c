import { CccdError, parseTlv } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { groupOfAlgorithm } from '../lds/domainParameters.js'
import type { PaceDomainParameterInfo, PaceInfo, SecurityInfo, SessionCipher } from '../lds/securityInfos.js'
import { paceExclusion } from './paceExclusion.js'
import { type PaceParameters, paceParameters, parametersOfGroup } from './paceParameters.js'

/** An offer of the chip that this SDK can take up. */
export interface PaceOffer {
  readonly info: PaceInfo
  readonly parameters: PaceParameters
  /** Written out by the chip, and equal to the standardised ones. */
  readonly explicit?: true
}

type DhGroups = Pick<CryptoPort, 'dhGroup'>

const cipherOrder: readonly SessionCipher[] = ['3DES', 'AES-128', 'AES-192', 'AES-256']

/** A chip lists a handful; a list of a hundred is somebody's experiment. */
const maxOffers = 16

/**
 * The PACE offers that can be taken up, best first. In this order: parameters that are not deprecated (0, 8, 9), the mapping (chip
 * authentication, which proves the chip on the way, then integrated and generic alike), the longer session key, elliptic curves, the
 * larger field, the chip's own order. What the standard excludes, parameters without number or standard, and parameters written out that are none
 * of the standardised groups are left out.
 *
 * @param infos SecurityInfos of EF.CardAccess, or of DG14; others than those of PACE are passed over
 * @param crypto the backend, which knows the groups that a chip may write out
 */
export function rankPaceInfos(infos: readonly SecurityInfo[], crypto: DhGroups): PaceOffer[] {
  const written = infos.filter((info) => info.type === 'pace-domain-parameters')
  const offers = infos.flatMap((info): PaceOffer[] => {
    if (info.type !== 'pace') return []
    const offer = offerOf(info, written, crypto)
    return offer === undefined ? [] : [offer]
  })
  return offers.sort((a, b) => difference(weight(b), weight(a))).slice(0, maxOffers)
}

function offerOf(info: PaceInfo, written: readonly PaceDomainParameterInfo[], crypto: DhGroups): PaceOffer | undefined {
  const standard = info.parameterId === undefined ? undefined : paceParameters.get(info.parameterId)
  // A number of the standard means what it means there: an unsigned file must not say that 13 is a weaker curve.
  const named = standard === undefined ? writtenFor(info, written) : undefined
  const parameters = named === undefined ? standard : writtenParameters(named, crypto)
  if (parameters === undefined || parameters.agreement !== info.agreement) return undefined
  if (paceExclusion(info, parameters.group) !== undefined) return undefined
  return { info, parameters, ...(named === undefined ? {} : { explicit: true }) }
}

/** Parameters of the chip's own carry its number; with one set only, the number may be missing on either side (9.2.2). */
function writtenFor(info: PaceInfo, written: readonly PaceDomainParameterInfo[]): PaceDomainParameterInfo | undefined {
  const own = written.filter(({ mapping, agreement }) => mapping === info.mapping && agreement === info.agreement)
  const [only, ...others] = own
  const unnumbered = others.length === 0 && (only?.parameterId === undefined || info.parameterId === undefined)
  return own.find(({ parameterId }) => parameterId === info.parameterId) ?? (unnumbered ? only : undefined)
}

function writtenParameters({ domainParameter }: PaceDomainParameterInfo, crypto: DhGroups): PaceParameters | undefined {
  try {
    const group = groupOfAlgorithm(parseTlv(domainParameter), crypto)
    return group === undefined ? undefined : parametersOfGroup(group)
  } catch (error) {
    if (CccdError.is(error)) return undefined
    throw error
  }
}

function weight({ info, parameters }: PaceOffer): readonly number[] {
  return [
    parameters.deprecated === true ? 0 : 1,
    info.mapping === 'CAM' ? 1 : 0,
    cipherOrder.indexOf(info.cipher),
    info.agreement === 'ECDH' ? 1 : 0,
    parameters.bits,
  ]
}

function difference(left: readonly number[], right: readonly number[]): number {
  return left.map((value, at) => value - (right[at] as number)).find((value) => value !== 0) ?? 0
}
