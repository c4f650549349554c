import { encodeHex, parseTlv, type TlvNode } from '@cccd/core'
import { comparableValue, type DistinguishedName, readRelativeName } from '../certificate/DistinguishedName.js'
import type { GeneralName } from './GeneralName.js'

/**
 * A name as one string for each RelativeDistinguishedName, equal when RFC 5280 7.1 says that they are: case, string type and spaces do
 * not count, the order of the attributes inside one neither. Unlike text with separators, no value can imitate two.
 */
export function relativeNameKeys(name: DistinguishedName): readonly string[] {
  return parseTlv(name.raw).children().map(relativeNameKey)
}

export function relativeNameKey(node: TlvNode): string {
  const attributes = readRelativeName(node).map(({ oid, value }) =>
    JSON.stringify([oid, comparableValue(value.normalize('NFKC'))]),
  )
  return attributes.sort().join(',')
}

/** One string for a whole name. */
export function directoryNameKey(name: DistinguishedName): string {
  return relativeNameKeys(name).join(';')
}

/** One string for a general name, equal for equal names; undefined for forms that are not compared. */
export function generalNameKey(name: GeneralName): string | undefined {
  switch (name.type) {
    case 'directoryName':
      return `directory ${directoryNameKey(name.name)}`
    case 'uniformResourceIdentifier':
    case 'rfc822Name':
    case 'dNSName':
      return `${name.type} ${name.value}`
    case 'iPAddress':
      return `address ${encodeHex(name.bytes)}`
    case 'registeredID':
      return `oid ${name.oid}`
    default:
      return undefined
  }
}
