import type { PrivateKeySpec } from '@cccd/crypto'
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
  readonly csca: DemoAuthority
  readonly signer: DemoAuthority
  /** Link certificates, oldest first: each a newer country CA key signed by the one before. */
  readonly links: readonly Uint8Array[]
}
