import type { CurveName } from '@cccd/crypto'
import type { SessionCipher } from '@cccd/emrtd'

const bsi = '0.4.0.127.0.7.2.2'

/** PACE-ECDH-GM with its ciphers (Doc 9303-11, 9.2.3). */
export const paceOids: Readonly<Record<SessionCipher, string>> = {
  '3DES': `${bsi}.4.2.1`,
  'AES-128': `${bsi}.4.2.2`,
  'AES-192': `${bsi}.4.2.3`,
  'AES-256': `${bsi}.4.2.4`,
}

/** Chip Authentication with ECDH and its ciphers (Doc 9303-11, 9.2.7). */
export const chipAuthenticationOids: Readonly<Record<SessionCipher, string>> = {
  '3DES': `${bsi}.3.2.1`,
  'AES-128': `${bsi}.3.2.2`,
  'AES-192': `${bsi}.3.2.3`,
  'AES-256': `${bsi}.3.2.4`,
}

export const chipAuthenticationPublicKeyOid = `${bsi}.1.2`
export const terminalAuthenticationOid = `${bsi}.2`
export const activeAuthenticationOid = '2.23.136.1.1.5'

/** Standardised elliptic-curve domain parameters by number (Doc 9303-11, table 6). */
export const standardCurves: ReadonlyMap<number, CurveName> = /* @__PURE__ */ new Map<number, CurveName>([
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

/** One way of PACE that a chip offers. */
export interface PaceOffer {
  readonly cipher: SessionCipher
  /** Number of the standardised domain parameters. */
  readonly parameterId: number
}

/** Chip Authentication as a chip offers it. */
export interface ChipAuthenticationOffer {
  readonly cipher: SessionCipher
  readonly curve: CurveName
}
