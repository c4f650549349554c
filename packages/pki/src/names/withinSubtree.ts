import type { DistinguishedName } from '../certificate/DistinguishedName.js'
import type { GeneralName } from './GeneralName.js'
import { relativeNameKeys } from './nameKeys.js'

/** What a name is to the base of a subtree. `malformed`: it cannot be told, so no constraint of its form is met. */
export type SubtreeMatch = 'inside' | 'outside' | 'malformed'

/** Longer ones are nobody's; each may be compared a hundred thousand times. */
const maxText = 4096
const isOverlong = (name: GeneralName): boolean => 'value' in name && name.value.length > maxText

/** A base is compared with many names, a name with many bases. */
const known = new WeakMap<DistinguishedName, readonly string[]>()

function keysOf(name: DistinguishedName): readonly string[] {
  const keys = known.get(name) ?? relativeNameKeys(name)
  known.set(name, keys)
  return keys
}

/**
 * Whether a name lies within the subtree that a base of the same form spans (RFC 5280 4.2.1.10). For `excluded` a wildcard host lies inside
 * already when one of the hosts that it stands for does.
 */
export function withinSubtree(name: GeneralName, base: GeneralName, use: 'permitted' | 'excluded'): SubtreeMatch {
  if (isOverlong(name) || isOverlong(base)) return 'malformed'
  if (name.type === 'directoryName' && base.type === 'directoryName') {
    const keys = keysOf(name.name)
    return inside(keysOf(base.name).every((key, place) => key === keys[place]))
  }
  if (name.type === 'iPAddress' && base.type === 'iPAddress') return addressMatch(name.bytes, base.bytes)
  if (name.type === 'dNSName' && base.type === 'dNSName') return hostTree(name.value, base.value, use)
  if (name.type === 'rfc822Name' && base.type === 'rfc822Name') return mailboxMatch(name.value, base.value)
  if (name.type === 'uniformResourceIdentifier' && base.type === 'uniformResourceIdentifier')
    return uriMatch(name.value, base.value)
  return 'malformed'
}

const inside = (yes: boolean): SubtreeMatch => (yes ? 'inside' : 'outside')

const hostForm = /^(\*\.)?([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/

/** The host in lower case, or undefined when it is none. */
function hostOf(text: string): string | undefined {
  const host = text.toLowerCase()
  return host.length <= 255 && hostForm.test(host) ? host : undefined
}

/** Any labels may be added on the left; a base with a leading dot, which exists, wants at least one. */
function hostTree(value: string, base: string, use: 'permitted' | 'excluded'): SubtreeMatch {
  const host = hostOf(value)
  if (host === undefined) return 'malformed'
  const tree = base.toLowerCase()
  if (tree === '') return 'inside'
  if (!host.startsWith('*.') || use === 'permitted') return inside(isBelow(host, tree) || host === tree)
  const domain = host.slice(2)
  const root = tree.replace(/^\./, '')
  return inside(domain === root || isBelow(domain, root) || isBelow(root, domain))
}

function isBelow(host: string, base: string): boolean {
  return host.endsWith(base.startsWith('.') ? base : `.${base}`)
}

/** A base is a mailbox, a host (all of its mailboxes), or with a leading dot a domain (all hosts in it). The part before @ counts with its case. */
function mailboxMatch(value: string, base: string): SubtreeMatch {
  const at = value.lastIndexOf('@')
  const host = hostOf(value.slice(at + 1))
  if (at < 1 || host === undefined) return 'malformed'
  if (base === '') return 'inside'
  const baseAt = base.lastIndexOf('@')
  if (baseAt >= 0) return inside(value.slice(0, at) === base.slice(0, baseAt) && host === base.slice(baseAt + 1).toLowerCase())
  return hostMatch(host, base)
}

/** A host is itself; a leading dot spans the hosts below. */
function hostMatch(host: string, base: string): SubtreeMatch {
  const tree = base.toLowerCase()
  return inside(tree.startsWith('.') ? host.endsWith(tree) : host === tree)
}

const uriForm = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#@:[\]]+)(?::\d*)?(?:[/?#]|$)/i
const onlyNumbers = /^[0-9.]+$/

/** Only the host of a URI is constrained; one without a host name breaks every constraint. */
function uriMatch(value: string, base: string): SubtreeMatch {
  const host = hostOf(uriForm.exec(value)?.[1] ?? '')
  if (host === undefined || onlyNumbers.test(host)) return 'malformed'
  return base === '' ? 'inside' : hostMatch(host, base)
}

/** A base is address and mask, 8 or 32 bytes. */
function addressMatch(address: Uint8Array, base: Uint8Array): SubtreeMatch {
  if (address.length !== 4 && address.length !== 16) return 'malformed'
  if (base.length !== 2 * address.length) return base.length === 8 || base.length === 32 ? 'outside' : 'malformed'
  for (let i = 0; i < address.length; i++) {
    const mask = base[address.length + i] as number
    if (((address[i] as number) & mask) !== ((base[i] as number) & mask)) return 'outside'
  }
  return 'inside'
}
