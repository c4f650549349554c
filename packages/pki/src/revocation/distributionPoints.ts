import { expectTag, readBitString, readBoolean, type TlvNode } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import type { DistinguishedName } from '../certificate/DistinguishedName.js'
import { PkiError } from '../errors.js'
import { type GeneralName, readGeneralNames } from '../names/GeneralName.js'
import { directoryNameKey, generalNameKey, relativeNameKey, relativeNameKeys } from '../names/nameKeys.js'
import { extensionOf, pathExtensionOids } from '../path/pathExtensions.js'

/** A point's name: full names, or what is added to the name of the list's issuer. */
export type DistributionPointName =
  | { readonly type: 'full'; readonly names: readonly GeneralName[] }
  | { readonly type: 'relative'; readonly key: string }

/** Where a certificate says that its revocation is published. */
export interface DistributionPoint {
  readonly name?: DistributionPointName
  /** Bits of ReasonFlags; absent: all. */
  readonly reasons?: number
  /** Who issues the list, when it is not the certificate's issuer. */
  readonly crlIssuer?: readonly GeneralName[]
}

/** What a list says that it covers. */
export interface IssuingDistributionPoint {
  readonly raw: Uint8Array
  readonly name?: DistributionPointName
  readonly onlyUserCertificates: boolean
  readonly onlyAuthorityCertificates: boolean
  readonly onlyAttributeCertificates: boolean
  readonly indirect: boolean
  readonly reasons?: number
}

/** keyCompromise to aACompromise: bits 1 to 8 of ReasonFlags. */
export const allReasons = 0x1fe
const maxPoints = 64

/** cRLDistributionPoints of a certificate (RFC 5280 4.2.1.13). @throws PkiError `PKI_BAD_CERTIFICATE` */
export function distributionPointsOf(certificate: Certificate): readonly DistributionPoint[] {
  return extensionOf(certificate, pathExtensionOids.crlDistributionPoints, readPoints) ?? []
}

function readPoints(node: TlvNode): DistributionPoint[] {
  const points = node.children()
  if (points.length > maxPoints) throw new PkiError('PKI_BAD_CERTIFICATE', 'too many distribution points')
  return points.map((point) => {
    let out: DistributionPoint = {}
    for (const field of expectTag(point, 0x30).children())
      if (field.tag === 0xa0) out = { ...out, name: readPointName(field) }
      else if (field.tag === 0x81) out = { ...out, reasons: readReasons(field, 0x81) }
      else out = { ...out, crlIssuer: readGeneralNames(expectTag(field, 0xa2)) }
    return out
  })
}

/** `DistributionPointName ::= CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] RelativeDistinguishedName }` */
function readPointName(field: TlvNode): DistributionPointName {
  const [choice] = field.children()
  if (choice?.tag === 0xa0) return { type: 'full', names: readGeneralNames(choice) }
  return { type: 'relative', key: relativeNameKey(expectTag(choice, 0xa1)) }
}

function readReasons(node: TlvNode, tag: number): number {
  const { bytes } = readBitString(node, tag)
  let reasons = 0
  for (let bit = 0; bit < 9; bit++) if (((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) reasons |= 1 << bit
  return reasons
}

/**
 * IssuingDistributionPoint ::= SEQUENCE { distributionPoint [0] OPTIONAL, onlyContainsUserCerts [1], onlyContainsCACerts [2],
 *   onlySomeReasons [3] OPTIONAL, indirectCRL [4], onlyContainsAttributeCerts [5] } (RFC 5280 5.2.5)
 */
export function readIssuingDistributionPoint(node: TlvNode): IssuingDistributionPoint {
  let point: IssuingDistributionPoint = {
    raw: node.raw,
    onlyUserCertificates: false,
    onlyAuthorityCertificates: false,
    onlyAttributeCertificates: false,
    indirect: false,
  }
  for (const field of node.children())
    if (field.tag === 0xa0) point = { ...point, name: readPointName(field) }
    else if (field.tag === 0x81) point = { ...point, onlyUserCertificates: readBoolean(field, 0x81) }
    else if (field.tag === 0x82) point = { ...point, onlyAuthorityCertificates: readBoolean(field, 0x82) }
    else if (field.tag === 0x83) point = { ...point, reasons: readReasons(field, 0x83) }
    else if (field.tag === 0x84) point = { ...point, indirect: readBoolean(field, 0x84) }
    else point = { ...point, onlyAttributeCertificates: readBoolean(expectTag(field, 0x85), 0x85) }
  return point
}

/** Keys of a point's names, a relative one completed with the issuer of the list. */
export function pointNameKeys(name: DistributionPointName, issuer: DistinguishedName): readonly string[] {
  if (name.type === 'relative') return [`directory ${[...relativeNameKeys(issuer), name.key].join(';')}`]
  return name.names.map(generalNameKey).filter((key) => key !== undefined)
}

/** Whether a list's issuer is among the names of a point. */
export function namesIssuer(names: readonly GeneralName[], issuer: DistinguishedName): boolean {
  const key = directoryNameKey(issuer)
  return names.some((name) => name.type === 'directoryName' && directoryNameKey(name.name) === key)
}
