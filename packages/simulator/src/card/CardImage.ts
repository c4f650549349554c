import type { HashAlgorithm, Iso9796Trailer, PrivateKeySpec } from '@cccd/crypto'
import type { FileName, SessionCipher } from '@cccd/emrtd'
import type { Citizen } from '../citizen/Citizen.js'
import type { DemoIssuer } from '../issuer/DemoIssuer.js'
import type { SecurityObjectForm } from '../issuer/SecurityObjectForm.js'
import type { GroupName, PaceOffer } from '../lds/protocols.js'
import type { CardProfileName } from '../profiles/CardProfileName.js'
import type { QuirkId } from '../profiles/QuirkId.js'

/** How the chip signs a challenge: RSA by ISO/IEC 9796-2 scheme 1 with a trailer, EC as plain r‖s, or in DER as Portugal has it. */
export type ActiveAuthenticationMethod =
  | { readonly type: 'rsa'; readonly trailer: Iso9796Trailer }
  | { readonly type: 'ecdsa'; readonly hash: HashAlgorithm; readonly format?: 'plain' | 'der' }

/** A static key with which the chip agrees session keys, or proves itself while PACE maps its nonce. */
export interface ChipKey {
  readonly use: 'chip-authentication' | 'mapping'
  readonly group: GroupName
  readonly keyId?: number
  /** Of the session that follows; with PACE it is the one of PACE. */
  readonly cipher?: SessionCipher
  /** No ChipAuthenticationInfo goes with the key: French passports had it so. */
  readonly listedAlone?: boolean
  /** Point or number. */
  readonly publicKey: Uint8Array
  /** Of a clone: none. */
  readonly secret?: Uint8Array
}

/**
 * Everything that a software card is: files, secrets, what it offers, whose it is and who issued it. Plain data, of a person and an issuer
 * who do not exist; private keys included.
 */
export interface CardImage {
  readonly version: 2
  /** Of what kind of card it is; with {@link quirks} it decides how the chip behaves. */
  readonly profile: CardProfileName
  readonly quirks: readonly QuirkId[]
  readonly files: Readonly<Partial<Record<FileName, Uint8Array>>>
  /** Files that exist and that no reader here may read (fingerprints, behind Terminal Authentication). */
  readonly denied: readonly FileName[]
  readonly citizen: Citizen
  /** Three lines of thirty (TD1), two of 36 (TD2) or of 44 (TD3). */
  readonly mrz: readonly [string, string, ...string[]]
  /** Text of the QR code; empty where the document has none. */
  readonly qr: string
  /** Card access number, six digits. */
  readonly can: string
  /** Six digits, where the chip has one. */
  readonly pin?: string
  /** Ten digits, where the chip has one. */
  readonly puk?: string
  readonly pace: readonly PaceOffer[]
  readonly chipKeys: readonly ChipKey[]
  readonly activeAuthentication?: ActiveAuthenticationMethod
  /** Of a clone: none. */
  readonly privateKeys: { readonly activeAuthentication?: PrivateKeySpec }
  /** When the security object was signed, ISO 8601. */
  readonly signedAt: string
  /** How the issuer writes security objects. */
  readonly securityObject: SecurityObjectForm
  readonly issuer: DemoIssuer
}
