import { type Check, encodeHex } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import type { RevocationPolicy } from '../revocation/RevocationInput.js'
import type { RevocationVerdict } from '../revocation/RevocationVerdict.js'
import type { TrustStore } from '../trust/TrustStore.js'
import type { ChainProfile } from './chainProfile.js'
import type { ChainCheckId } from './chainReasons.js'
import type { FoundChain } from './findChain.js'

/** `chain.csca` as the search for a chain found it. */
export function cscaCheck(found: FoundChain, signer: Certificate, trust: TrustStore): Check<ChainCheckId> {
  const { status, reason, anchor, links, matched } = found
  const base = { id: 'chain.csca', status, ...(reason && { reason }) } as const
  if (anchor === undefined) {
    const anchorsWithThisName = trust.anchorsNamed(signer.issuer).length
    return anchorsWithThisName === 0 ? base : { ...base, data: { anchorsWithThisName } }
  }
  const { keyIdentifier, subject } = anchor.certificate
  return {
    ...base,
    data: {
      anchor: subject.text,
      ...(keyIdentifier && { keyIdentifier: encodeHex(keyIdentifier) }),
      ...(anchor.sources.length > 0 && { sources: anchor.sources }),
      links: links.length + found.above.length,
      ...(matched && { matched }),
    },
  }
}

/** The same check with what is known of revocation. */
export function withRevocation(
  check: Check<ChainCheckId>,
  revocation: RevocationVerdict | undefined,
  policy: RevocationPolicy | undefined,
): Check<ChainCheckId> {
  if (revocation === undefined) return check
  const { status, reason, source, revokedAt, code, thisUpdate } = revocation
  const data = {
    ...check.data,
    revocation: status,
    ...(reason && { revocationReason: reason }),
    ...(source && { revocationSource: source }),
    ...(thisUpdate !== undefined && { revocationDataOf: thisUpdate }),
    ...(revokedAt !== undefined && { revokedAt }),
    ...(code && { revocationCode: code }),
  }
  if (status === 'revoked') return { ...check, status: 'failed', reason: 'revoked', data }
  if (status === 'unknown' && policy === 'require')
    return { ...check, status: 'inconclusive', reason: 'revocation-unknown', data }
  return { ...check, data }
}

/** `chain.csca` with the profile: what passed fails for a fatal finding; what did not keeps its own reason. */
export function withProfile(check: Check<ChainCheckId>, profile: ChainProfile | undefined): Check<ChainCheckId> {
  if (profile === undefined || profile.fatal.length === 0 || check.status === 'failed') return check
  if (check.status === 'inconclusive' && check.data?.anchor === undefined) return check
  return { ...check, status: 'failed', reason: 'profile', data: { ...check.data, profile: profile.fatal } }
}
