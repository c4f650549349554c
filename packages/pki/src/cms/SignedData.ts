import type { AlgorithmIdentifier } from '../algorithms/AlgorithmIdentifier.js'

/** `Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF ANY }`; values with tag and length. */
export interface Attribute {
  readonly oid: string
  readonly values: readonly Uint8Array[]
}

/** How a SignerInfo names its signer's certificate. */
export type SignerIdentifier =
  | { readonly type: 'issuer-and-serial'; readonly issuer: Uint8Array; readonly serialNumber: Uint8Array }
  | { readonly type: 'key-identifier'; readonly keyIdentifier: Uint8Array }

/** `SignerInfo` of RFC 5652 5.3. Byte strings are views of the original bytes. */
export interface SignerInfo {
  readonly version: number
  readonly identifier: SignerIdentifier
  readonly digestAlgorithm: AlgorithmIdentifier
  readonly signedAttributes?: {
    /** As sent, tag A0 included: what was signed is this with tag 31. */
    readonly raw: Uint8Array
    readonly attributes: readonly Attribute[]
  }
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  readonly unsignedAttributes?: readonly Attribute[]
}

/** CMS SignedData (RFC 5652 5.1) as data: nothing in it has been verified. */
export interface SignedData {
  readonly version: number
  readonly eContentType: string
  /** The octets of eContent; absent when the content is detached. */
  readonly content?: Uint8Array
  /** X.509 certificates as they stand there. */
  readonly certificates: readonly Uint8Array[]
  /** Revocation lists as they stand there. */
  readonly revocationLists: readonly Uint8Array[]
  /** Object identifiers that the container announces; each signer has its own. */
  readonly digestAlgorithms: readonly string[]
  readonly signers: readonly SignerInfo[]
}
