import type { AlgorithmIdentifier } from '../algorithms/AlgorithmIdentifier.js'
import type { DistinguishedName } from '../certificate/DistinguishedName.js'
import type { Extension } from '../certificate/extensions.js'
import type { RevocationCode } from './RevocationVerdict.js'

/** `CertID` of RFC 6960 4.1.1: which certificate is meant. */
export interface OcspCertificateId {
  readonly hashOid: string
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  readonly serialNumber: Uint8Array
}

/** What a responder says of one certificate. */
export interface OcspSingleResponse {
  readonly id: OcspCertificateId
  readonly status: 'good' | 'revoked' | 'unknown'
  readonly revokedAt?: string
  readonly code?: RevocationCode
  readonly thisUpdate: string
  readonly nextUpdate?: string
  readonly extensions: readonly Extension[]
}

export type OcspResponderId =
  | { readonly type: 'name'; readonly name: DistinguishedName }
  | { readonly type: 'key'; readonly keyHash: Uint8Array }

/** An OCSP answer (RFC 6960 4.2) over its original bytes: nothing in it has been verified. Without `basic` it is a refusal. */
export interface OcspResponse {
  readonly raw: Uint8Array
  readonly responseStatus: OcspResponseStatus
  readonly basic?: BasicOcspResponse
}

export interface BasicOcspResponse {
  /** The signed bytes (ResponseData). */
  readonly tbs: Uint8Array
  readonly responder: OcspResponderId
  readonly producedAt: string
  readonly responses: readonly OcspSingleResponse[]
  readonly nonce?: Uint8Array
  /** Critical extensions that this package does not process: then the answer decides nothing. */
  readonly unknownCritical: readonly string[]
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  readonly certificates: readonly Uint8Array[]
}

/** By number; 4 is not used. */
export const ocspResponseStatuses = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  undefined,
  'sigRequired',
  'unauthorized',
] as const
export type OcspResponseStatus = Exclude<(typeof ocspResponseStatuses)[number], undefined>

export const ocspOids = {
  basic: '1.3.6.1.5.5.7.48.1.1',
  nonce: '1.3.6.1.5.5.7.48.1.2',
  noCheck: '1.3.6.1.5.5.7.48.1.5',
  signing: '1.3.6.1.5.5.7.3.9',
} as const
