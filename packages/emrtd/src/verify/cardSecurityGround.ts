import { CccdError } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { type TrustStore, verifyChain, verifySignedData } from '@cccd/pki'
import type { ProfilePolicy } from '@cccd/pki/profile'
import type { RevocationInput } from '@cccd/pki/revocation'
import { readCardSecurity } from '../lds/parseCardSecurity.js'
import type { SecurityInfo } from '../lds/securityInfos.js'

export interface CardSecurityGroundOptions {
  readonly trust: TrustStore
  readonly at: string
  readonly document: { readonly country: string; readonly type?: string } | undefined
  readonly revocation: RevocationInput | undefined
  readonly profile: ProfilePolicy | undefined
  readonly crypto: CryptoPort
}

/**
 * The infos of EF.CardSecurity when its signature passed and its signer is confirmed like the one of the security object: by the country
 * CA or by a pin (Doc 9303-11, 4.4.3.5). Undefined otherwise.
 */
export async function authenticCardSecurity(
  bytes: Uint8Array,
  options: CardSecurityGroundOptions,
): Promise<readonly SecurityInfo[] | undefined> {
  const { trust, at, document, revocation, profile, crypto } = options
  try {
    const { value, signedData } = readCardSecurity(bytes)
    const { status, signers } = await verifySignedData(signedData, { crypto, memory: trust.memory })
    const [signer] = signers
    if (status !== 'passed' || signer?.certificate === undefined) return undefined
    const { checks } = await verifyChain({
      signer: signer.certificate,
      trust,
      at,
      ...(signer.signingTime === undefined ? {} : { signingTime: signer.signingTime }),
      document,
      revocation,
      profile,
      crypto,
    })
    const statusOf = (id: string) => checks.find((check) => check.id === id)?.status
    const confirmed = statusOf('chain.csca') === 'passed' && statusOf('chain.validity-at-signing') !== 'failed'
    return confirmed || statusOf('signer.pinned') === 'passed' ? value.securityInfos : undefined
  } catch (error) {
    if (CccdError.is(error)) return undefined
    throw error
  }
}
