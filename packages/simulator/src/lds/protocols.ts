import type { CurveName, DhGroupName } from '@cccd/crypto'
import type { KeyAgreement, PaceMapping, SessionCipher } from '@cccd/emrtd'

const bsi = '0.4.0.127.0.7.2.2'
const ciphers: readonly SessionCipher[] = ['3DES', 'AES-128', 'AES-192', 'AES-256']

/** What keys are agreed in: a curve, or a group modulo a prime. */
export type GroupName = CurveName | DhGroupName

/** Standardised domain parameters by number (Doc 9303-11, table 6). */
export const standardGroups: ReadonlyMap<number, GroupName> = /* @__PURE__ */ new Map<number, GroupName>([
  [0, 'rfc5114-1024-160'],
  [1, 'rfc5114-2048-224'],
  [2, 'rfc5114-2048-256'],
  [8, 'P-192'],
  [9, 'brainpoolP192r1'],
  [10, 'P-224'],
  [11, 'brainpoolP224r1'],
  [12, 'P-256'],
  [13, 'brainpoolP256r1'],
  [14, 'brainpoolP320r1'],
  [15, 'P-384'],
  [16, 'brainpoolP384r1'],
  [17, 'brainpoolP512r1'],
  [18, 'P-521'],
])

/** How keys are agreed in a group. */
export function agreementOf(group: GroupName): KeyAgreement {
  return group.startsWith('rfc5114') ? 'DH' : 'ECDH'
}

/** One way of PACE that a chip offers. */
export interface PaceOffer {
  readonly cipher: SessionCipher
  /** Number of the standardised domain parameters. */
  readonly parameterId: number
  /** Default: generic mapping. */
  readonly mapping?: PaceMapping
  /** Writes the parameters out (PACEDomainParameterInfo) under this number of the chip's own, instead of naming the standard ones. */
  readonly explicitId?: number
}

/** Chip Authentication as a chip offers it: a key, and the cipher of the session that it leads to. */
export interface ChipAuthenticationOffer {
  readonly cipher: SessionCipher
  readonly group: GroupName
  /** Told apart by it where there are several. */
  readonly keyId?: number
  /** False: DG14 lists the key alone, as French passports did; it then means 3DES (default true). */
  readonly info?: boolean
}

const paceArcs: Readonly<Record<KeyAgreement, Readonly<Partial<Record<PaceMapping, number>>>>> = {
  DH: { GM: 1, IM: 3 },
  ECDH: { GM: 2, IM: 4, CAM: 6 },
}

/** Mapping and group of PACE without its cipher: id-PACE-ECDH-GM and the like (Doc 9303-11, 9.2.2). */
export function paceDomainOid({ parameterId, mapping = 'GM' }: PaceOffer): string | undefined {
  const group = standardGroups.get(parameterId)
  const arc = group && paceArcs[agreementOf(group)][mapping]
  return arc === undefined ? undefined : `${bsi}.4.${arc}`
}

/** Object identifier of a PACE protocol (Doc 9303-11, 9.2.1); none where the standard has no such protocol. */
export function paceOid(offer: PaceOffer): string | undefined {
  const domain = paceDomainOid(offer)
  // Chip-authentication mapping exists with AES only.
  if (domain === undefined || (offer.mapping === 'CAM' && offer.cipher === '3DES')) return undefined
  return `${domain}.${ciphers.indexOf(offer.cipher) + 1}`
}

/** Object identifier of Chip Authentication (Doc 9303-11, 9.2.5). */
export function chipAuthenticationOid(agreement: KeyAgreement, cipher: SessionCipher): string {
  return `${bsi}.3.${agreement === 'DH' ? 1 : 2}.${ciphers.indexOf(cipher) + 1}`
}

/** Object identifier of a chip authentication public key: id-PK-DH, id-PK-ECDH (Doc 9303-11, 9.2.6). */
export function chipKeyOid(agreement: KeyAgreement): string {
  return `${bsi}.1.${agreement === 'DH' ? 1 : 2}`
}

export const terminalAuthenticationOid = `${bsi}.2`
export const activeAuthenticationOid = '2.23.136.1.1.5'
/** id-SecurityObject of EF.CardSecurity (Doc 9303-11, 9.2.11). */
export const cardSecurityOid = '0.4.0.127.0.7.3.2.1'
