import { decodeLatin1, expectTag, readOid, type TlvNode } from '@cccd/core'
import { type DistinguishedName, readDistinguishedName } from '../certificate/DistinguishedName.js'
import { PkiError } from '../errors.js'

/** `GeneralName ::= CHOICE { … }` (RFC 5280 4.2.1.6). Of the forms that nobody compares only the type is kept. */
export type GeneralName =
  | { readonly type: 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier'; readonly value: string }
  | { readonly type: 'directoryName'; readonly name: DistinguishedName }
  | { readonly type: 'iPAddress'; readonly bytes: Uint8Array }
  | { readonly type: 'registeredID'; readonly oid: string }
  | { readonly type: 'otherName' | 'x400Address' | 'ediPartyName' }

export type GeneralNameType = GeneralName['type']

/** Real certificates name a dozen; CDN certificates about a hundred. */
const maxNames = 1024

/** @throws CoreError for another structure, PkiError `PKI_BAD_CERTIFICATE` for an unknown choice */
export function readGeneralName(node: TlvNode): GeneralName {
  switch (node.tag) {
    case 0xa0:
      return { type: 'otherName' }
    case 0x81:
      return { type: 'rfc822Name', value: decodeLatin1(node.value) }
    case 0x82:
      return { type: 'dNSName', value: decodeLatin1(node.value) }
    case 0xa3:
      return { type: 'x400Address' }
    case 0xa4:
      return { type: 'directoryName', name: readDistinguishedName(expectTag(node.children()[0], 0x30)) }
    case 0xa5:
      return { type: 'ediPartyName' }
    case 0x86:
      return { type: 'uniformResourceIdentifier', value: decodeLatin1(node.value) }
    case 0x87:
      return { type: 'iPAddress', bytes: node.value }
    case 0x88:
      return { type: 'registeredID', oid: readOid(node, 0x88) }
    default:
      throw new PkiError('PKI_BAD_CERTIFICATE', 'name is of no known form')
  }
}

/** The names inside `GeneralNames ::= SEQUENCE OF GeneralName`, whatever its tag. */
export function readGeneralNames(node: TlvNode): readonly GeneralName[] {
  const names = node.children()
  if (names.length > maxNames) throw new PkiError('PKI_BAD_CERTIFICATE', 'too many names')
  return names.map(readGeneralName)
}
