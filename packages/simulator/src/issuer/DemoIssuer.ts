import type { PrivateKeySpec } from '@cccd/crypto'
import type { AuthorityAddresses } from './AuthorityAddresses.js'
import type { IssuingState } from './IssuingState.js'
import type { KeyAlgorithm } from './KeyAlgorithm.js'

/** A key with the certificate that names it. */
export interface DemoAuthority {
  /** DER. */
  readonly certificate: Uint8Array
  readonly privateKey: PrivateKeySpec
  readonly algorithm: KeyAlgorithm
}

/** Country signing CA and document signer of a state that does not exist. Plain data, private keys included. */
export interface DemoIssuer {
  /** When the document signer was made, ISO 8601. */
  readonly at: string
  readonly state: IssuingState
  /** What its certificates state; absent: a distribution point that leads nowhere. */
  readonly addresses?: AuthorityAddresses
  readonly csca: DemoAuthority
  readonly signer: DemoAuthority
  /** Link certificates, oldest first: each a newer country CA key signed by the one before. */
  readonly links: readonly Uint8Array[]
  /** Certificate of the country CA before the first link, where there are links: what a verifier knows who has not heard of the new key. */
  readonly formerCsca?: Uint8Array
}
