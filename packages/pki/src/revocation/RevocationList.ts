import type { AlgorithmIdentifier } from '../algorithms/AlgorithmIdentifier.js'
import type { DistinguishedName } from '../certificate/DistinguishedName.js'
import type { IssuingDistributionPoint } from './distributionPoints.js'
import type { RevocationCode } from './RevocationVerdict.js'

/** A certificate that a list has revoked. */
export interface RevokedEntry {
  readonly revokedAt: string
  readonly code?: RevocationCode
}

/**
 * A certificate revocation list (RFC 5280 5) over its original bytes: nothing in it has been verified. Entries stay bytes and are looked
 * through when one is asked for: a list of a million takes no memory of its own.
 */
export interface RevocationList {
  readonly raw: Uint8Array
  /** The signed bytes (TBSCertList). */
  readonly tbs: Uint8Array
  readonly signature: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly tbsSignatureAlgorithm: AlgorithmIdentifier
  readonly issuer: DistinguishedName
  readonly thisUpdate: string
  readonly nextUpdate?: string
  readonly authorityKeyIdentifier?: Uint8Array
  readonly number?: bigint
  /** Of a delta list: the number of the complete list that it builds upon. */
  readonly baseNumber?: bigint
  readonly distributionPoint?: IssuingDistributionPoint
  /** Critical extensions of the list or of any entry that this package does not process: the list decides nothing (RFC 5280 5.2, 5.3). */
  readonly unknownCritical: readonly string[]
  readonly size: number
  /** The entry of a certificate, by its serial number and, in an indirect list, its issuer. */
  find(serialNumber: Uint8Array, issuer: DistinguishedName): RevokedEntry | undefined
}
