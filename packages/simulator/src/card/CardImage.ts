import type { HashAlgorithm, Iso9796Trailer, PrivateKeySpec } from '@cccd/crypto'
import type { FileName } from '@cccd/emrtd'
import type { Citizen } from '../citizen/Citizen.js'
import type { DemoIssuer } from '../issuer/DemoIssuer.js'
import type { ChipAuthenticationOffer, PaceOffer } from '../lds/protocols.js'

/** How the chip signs a challenge: RSA by ISO/IEC 9796-2 scheme 1 with a trailer, EC as plain r‖s. */
export type ActiveAuthenticationMethod =
  | { readonly type: 'rsa'; readonly trailer: Iso9796Trailer }
  | { readonly type: 'ecdsa'; readonly hash: HashAlgorithm }

/**
 * Everything that a software card is: files, secrets, what it offers, whose it is and who issued it. Plain data, of a person and an issuer
 * who do not exist; private keys included.
 */
export interface CardImage {
  readonly version: 1
  readonly files: Readonly<Partial<Record<FileName, Uint8Array>>>
  /** Files that exist and that no reader here may read (fingerprints, behind Terminal Authentication). */
  readonly denied: readonly FileName[]
  readonly citizen: Citizen
  /** Three lines of thirty. */
  readonly mrz: readonly [string, string, string]
  /** Text of the QR code. */
  readonly qr: string
  /** Card access number, six digits. */
  readonly can: string
  readonly pace: readonly PaceOffer[]
  readonly chipAuthentication?: ChipAuthenticationOffer
  readonly activeAuthentication?: ActiveAuthenticationMethod
  /** Of a clone: none. */
  readonly privateKeys: {
    readonly activeAuthentication?: PrivateKeySpec
    readonly chipAuthentication?: PrivateKeySpec
  }
  /** When the security object was signed, ISO 8601. */
  readonly signedAt: string
  readonly issuer: DemoIssuer
}
