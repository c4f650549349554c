import { expectTag, parseTlv, readOid, readSmallInteger, type TlvNode } from '@cccd/core'
import { EmrtdError } from '../errors.js'

/** How PACE maps the nonce: generic, integrated, or with chip authentication. */
export type PaceMapping = 'GM' | 'IM' | 'CAM'
export type KeyAgreement = 'ECDH' | 'DH'
/** Cipher of the session keys. */
export type SessionCipher = '3DES' | 'AES-128' | 'AES-192' | 'AES-256'

/** PACEInfo (Doc 9303-11, 9.2.1). */
export interface PaceInfo {
  readonly type: 'pace'
  readonly oid: string
  readonly mapping: PaceMapping
  readonly agreement: KeyAgreement
  readonly cipher: SessionCipher
  readonly version: number
  readonly parameterId?: number
  readonly raw: Uint8Array
}

/** PACEDomainParameterInfo (Doc 9303-11, 9.2.2): domain parameters that the chip names itself, written out. */
export interface PaceDomainParameterInfo {
  readonly type: 'pace-domain-parameters'
  readonly oid: string
  readonly mapping: PaceMapping
  readonly agreement: KeyAgreement
  /** DER AlgorithmIdentifier. */
  readonly domainParameter: Uint8Array
  readonly parameterId?: number
  readonly raw: Uint8Array
}

/** ChipAuthenticationInfo (Doc 9303-11, 9.2.5). */
export interface ChipAuthenticationInfo {
  readonly type: 'chip-authentication'
  readonly oid: string
  readonly agreement: KeyAgreement
  readonly cipher: SessionCipher
  readonly version: number
  readonly keyId?: number
  readonly raw: Uint8Array
}

/** ChipAuthenticationPublicKeyInfo (Doc 9303-11, 9.2.6). */
export interface ChipAuthenticationPublicKeyInfo {
  readonly type: 'chip-authentication-public-key'
  readonly oid: string
  readonly agreement: KeyAgreement
  /** DER SubjectPublicKeyInfo. */
  readonly publicKeyInfo: Uint8Array
  readonly keyId?: number
  readonly raw: Uint8Array
}

/** ActiveAuthenticationInfo (Doc 9303-11, 9.2.4): the signature algorithm of an elliptic-curve key. */
export interface ActiveAuthenticationInfo {
  readonly type: 'active-authentication'
  readonly oid: string
  readonly version: number
  readonly signatureAlgorithm: string
  readonly raw: Uint8Array
}

/** TerminalAuthenticationInfo (Doc 9303-11, 9.2.7). */
export interface TerminalAuthenticationInfo {
  readonly type: 'terminal-authentication'
  readonly oid: string
  readonly version: number
  readonly raw: Uint8Array
}

/** Anything else, kept as it stands. */
export interface UnknownSecurityInfo {
  readonly type: 'unknown'
  readonly oid: string
  readonly raw: Uint8Array
}

export type SecurityInfo =
  | PaceInfo
  | PaceDomainParameterInfo
  | ChipAuthenticationInfo
  | ChipAuthenticationPublicKeyInfo
  | ActiveAuthenticationInfo
  | TerminalAuthenticationInfo
  | UnknownSecurityInfo

const bsi = '0.4.0.127.0.7.2.2'
const ciphers: readonly SessionCipher[] = ['3DES', 'AES-128', 'AES-192', 'AES-256']

const paceArcs = [
  [1, 'DH', 'GM'],
  [2, 'ECDH', 'GM'],
  [3, 'DH', 'IM'],
  [4, 'ECDH', 'IM'],
  [6, 'ECDH', 'CAM'],
] as const
const agreementArcs = [
  [1, 'DH'],
  [2, 'ECDH'],
] as const

type Reader = (oid: string, required: TlvNode, optional: TlvNode | undefined, raw: Uint8Array) => SecurityInfo

function buildReaders(): ReadonlyMap<string, Reader> {
  const table = new Map<string, Reader>()
  const optionalInteger = <Key extends string>(key: Key, node: TlvNode | undefined): { [K in Key]?: number } =>
    node === undefined ? {} : ({ [key]: readSmallInteger(node) } as { [K in Key]: number })

  for (const [arc, agreement, mapping] of paceArcs) {
    table.set(`${bsi}.4.${arc}`, (oid, required, optional, raw) => ({
      type: 'pace-domain-parameters',
      oid,
      mapping,
      agreement,
      domainParameter: expectTag(required, 0x30).raw.slice(),
      ...optionalInteger('parameterId', optional),
      raw,
    }))
    for (const [index, cipher] of ciphers.entries()) {
      // Chip-authentication mapping exists with AES only (Doc 9303-11, 9.2.1).
      if (mapping === 'CAM' && cipher === '3DES') continue
      table.set(`${bsi}.4.${arc}.${index + 1}`, (oid, required, optional, raw) => ({
        type: 'pace',
        oid,
        mapping,
        agreement,
        cipher,
        version: readSmallInteger(required),
        ...optionalInteger('parameterId', optional),
        raw,
      }))
    }
  }
  for (const [arc, agreement] of agreementArcs) {
    for (const [index, cipher] of ciphers.entries())
      table.set(`${bsi}.3.${arc}.${index + 1}`, (oid, required, optional, raw) => ({
        type: 'chip-authentication',
        oid,
        agreement,
        cipher,
        version: readSmallInteger(required),
        ...optionalInteger('keyId', optional),
        raw,
      }))
    table.set(`${bsi}.1.${arc}`, (oid, required, optional, raw) => ({
      type: 'chip-authentication-public-key',
      oid,
      agreement,
      publicKeyInfo: expectTag(required, 0x30).raw.slice(),
      ...optionalInteger('keyId', optional),
      raw,
    }))
  }
  table.set(`${bsi}.2`, (oid, required, _optional, raw) => ({
    type: 'terminal-authentication',
    oid,
    version: readSmallInteger(required),
    raw,
  }))
  table.set('2.23.136.1.1.5', (oid, required, optional, raw) => ({
    type: 'active-authentication',
    oid,
    version: readSmallInteger(required),
    signatureAlgorithm: readOid(optional),
    raw,
  }))
  return table
}

const readers = /* @__PURE__ */ buildReaders()

/** Largest SecurityInfos accepted, in bytes. */
export const maxSecurityInfosLength = 65_536
const maxInfos = 128

/**
 * SecurityInfos ::= SET OF SecurityInfo, the content of EF.CardAccess, of DG14 inside its tag, and of EF.CardSecurity inside its
 * signature. Infos of unknown protocols come back as `unknown`; an info of a known protocol with other content than the standard
 * says does too, so one odd entry costs nothing else. The order of the SET is not enforced.
 *
 * @param options.allowTrailing leave bytes after the SET alone: EF.CardAccess is read by file length and some chips pad it
 * @throws EmrtdError `EMRTD_SECURITY_INFOS_MALFORMED`, `EMRTD_FILE_TOO_LARGE`
 * @example
 * parseSecurityInfos(cardAccess).filter((info) => info.type === 'pace')
 */
export function parseSecurityInfos(bytes: Uint8Array, options: { readonly allowTrailing?: boolean } = {}): SecurityInfo[] {
  if (bytes.length > maxSecurityInfosLength)
    throw new EmrtdError('EMRTD_FILE_TOO_LARGE', 'security infos are larger than allowed', { params: { length: bytes.length } })
  try {
    return securityInfosOf(parseTlv(bytes, { tag: 0x31, allowTrailing: options.allowTrailing ?? false }))
  } catch (cause) {
    if (cause instanceof EmrtdError) throw cause
    throw new EmrtdError('EMRTD_SECURITY_INFOS_MALFORMED', 'not a SET of SecurityInfo', { cause })
  }
}

function securityInfosOf(set: TlvNode): SecurityInfo[] {
  const children = set.children()
  if (children.length > maxInfos)
    throw new EmrtdError('EMRTD_SECURITY_INFOS_MALFORMED', 'too many security infos', { params: { count: children.length } })
  return children.map(readSecurityInfo)
}

function readSecurityInfo(node: TlvNode): SecurityInfo {
  const [protocol, required, optional, ...extra] = expectTag(node, 0x30).children()
  const oid = readOid(protocol)
  const raw = node.raw.slice()
  const reader = readers.get(oid)
  if (reader === undefined || required === undefined || extra.length > 0) return { type: 'unknown', oid, raw }
  try {
    return reader(oid, required, optional, raw)
  } catch {
    return { type: 'unknown', oid, raw }
  }
}
