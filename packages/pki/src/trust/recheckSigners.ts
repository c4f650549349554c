import { checkOf } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import { type CertificateInfo, describeCertificate } from '../certificate/describeCertificate.js'
import { fingerprintOf } from '../certificate/fingerprintOf.js'
import { verifyChain } from '../chain/verifyChain.js'
import type { TrustStore } from './TrustStore.js'

/** What the country CAs of today say of a document signer that was seen. Plain data. */
export interface RecheckedSigner {
  readonly fingerprint: string
  readonly signer: CertificateInfo
  /** `confirmed`: a country CA issued it. `contradicted`: it claims an issuer that is known, and that one's keys did not sign it. `open`: its issuer is not known. */
  readonly verdict: 'confirmed' | 'contradicted' | 'open'
  /** Reason of `chain.csca`, where it did not pass. */
  readonly reason?: string
  /** Whether the operator pinned it, and the pin is not withdrawn. */
  readonly pinned: boolean
}

export interface RecheckOptions {
  /** Signers that were seen, e.g. those of a census. */
  readonly signers: readonly Certificate[]
  /** Country CAs, and the pins that are to be held against them. */
  readonly trust: TrustStore
  /** Day or instant, ISO 8601. */
  readonly at: string
}

/**
 * Judges signers anew once a country CA is known (Doc 9303-11, 5.1). A pin that a CSCA contradicts is a signer that two operators believed in and
 * that the country did not issue: `pinned` and `contradicted`. A genuine signer under an older key of the same CSCA is `contradicted` until
 * that key or a link from it is in the store, too: hand over all CSCAs that the authority gives.
 *
 * @example
 * const wrong = (await recheckSigners({ signers, trust, at })).filter(({ pinned, verdict }) => pinned && verdict === 'contradicted')
 */
export async function recheckSigners({ signers, trust, at }: RecheckOptions): Promise<RecheckedSigner[]> {
  const rows: RecheckedSigner[] = []
  for (const signer of signers) {
    const [type] = signer.documentTypes ?? []
    const document = type === undefined ? {} : { type }
    const { status, reason, data } = checkOf(await verifyChain({ signer, trust, at, document }), 'chain.csca')
    const claimsKnown = reason === 'no-trust-anchor' && typeof data?.anchorsWithThisName === 'number'
    const pin = trust.findPin(signer)
    rows.push({
      fingerprint: fingerprintOf(signer.raw, trust.crypto),
      signer: describeCertificate(signer),
      verdict: status === 'passed' ? 'confirmed' : status === 'failed' || claimsKnown ? 'contradicted' : 'open',
      ...(status !== 'passed' && reason !== undefined && { reason: claimsKnown ? 'issuer-known-by-name' : reason }),
      pinned: pin !== undefined && !pin.withdrawn,
    })
  }
  return rows
}
