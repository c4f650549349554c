import { parseTlv } from '@cccd/core'
import type { GeneralName } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { readDistinguishedName } from '../src/certificate/DistinguishedName.js'
import { withinSubtree } from '../src/names/withinSubtree.js'
import { name } from './issuer.js'

const dns = (value: string): GeneralName => ({ type: 'dNSName', value })
const mail = (value: string): GeneralName => ({ type: 'rfc822Name', value })
const uri = (value: string): GeneralName => ({ type: 'uniformResourceIdentifier', value })
const ip = (...bytes: number[]): GeneralName => ({ type: 'iPAddress', bytes: Uint8Array.from(bytes) })
const directory = (text: string, stringTag = 0x0c): GeneralName => ({
  type: 'directoryName',
  name: readDistinguishedName(parseTlv(name(text, stringTag))),
})

describe('name constraints, RFC 5280 4.2.1.10', () => {
  it.each<[string, GeneralName, GeneralName, string]>([
    ['a host in a domain', dns('host.example.vn'), dns('example.vn'), 'inside'],
    ['the domain itself', dns('EXAMPLE.vn'), dns('example.VN'), 'inside'],
    ['a domain with the same end', dns('badexample.vn'), dns('example.vn'), 'outside'],
    ['the domain itself, base with a dot', dns('example.vn'), dns('.example.vn'), 'outside'],
    ['a wildcard in the domain', dns('*.example.vn'), dns('example.vn'), 'inside'],
    ['no host', dns('example.vn\u0000.evil.vn'), dns('evil.vn'), 'malformed'],
    ['an empty host', dns(''), dns('example.vn'), 'malformed'],
    ['a mailbox at the host', mail('an@example.vn'), mail('example.vn'), 'inside'],
    ['a mailbox at a host below', mail('an@mail.example.vn'), mail('example.vn'), 'outside'],
    ['a mailbox at a host below, base with a dot', mail('an@mail.example.vn'), mail('.example.vn'), 'inside'],
    ['that mailbox', mail('an@Example.vn'), mail('an@example.vn'), 'inside'],
    ['another case before the @', mail('An@example.vn'), mail('an@example.vn'), 'outside'],
    ['no mailbox', mail('example.vn'), mail('example.vn'), 'malformed'],
    ['a URI at the host', uri('https://example.vn:443/path?a@b.evil.vn'), uri('example.vn'), 'inside'],
    ['a URI with the host as user', uri('https://example.vn@evil.vn/'), uri('example.vn'), 'outside'],
    ['a URI at a host below, base with a dot', uri('ldap://a.b.example.vn'), uri('.example.vn'), 'inside'],
    ['a URI at an address', uri('https://10.0.0.1/'), uri('example.vn'), 'malformed'],
    ['a URI without a host', uri('urn:example'), uri('example.vn'), 'malformed'],
    ['an address in the net', ip(10, 1, 2, 3), ip(10, 1, 0, 0, 255, 255, 0, 0), 'inside'],
    ['an address beside the net', ip(10, 2, 2, 3), ip(10, 1, 0, 0, 255, 255, 0, 0), 'outside'],
    ['an address of the other kind', ip(...new Array<number>(16).fill(0)), ip(0, 0, 0, 0, 0, 0, 0, 0), 'outside'],
    ['half an address', ip(10, 1), ip(10, 1, 0, 0, 255, 255, 0, 0), 'malformed'],
    ['a name below', directory('C=XU, O=Utopia, CN=a'), directory('C=XU, O=UTOPIA', 0x13), 'inside'],
    ['a name beside', directory('C=XU, O=Utopia 2, CN=a'), directory('C=XU, O=Utopia'), 'outside'],
    ['a shorter name', directory('C=XU'), directory('C=XU, O=Utopia'), 'outside'],
  ])('%s', (_, value, base, match) => {
    expect(withinSubtree(value, base, 'permitted')).toBe(match)
  })

  it('excludes a wildcard that stands for an excluded host', () => {
    expect(withinSubtree(dns('*.example.vn'), dns('secret.example.vn'), 'excluded')).toBe('inside')
    expect(withinSubtree(dns('*.example.vn'), dns('secret.example.vn'), 'permitted')).toBe('outside')
    expect(withinSubtree(dns('*.example.vn'), dns('other.vn'), 'excluded')).toBe('outside')
  })

  it('does not take a value with separators in it for two attributes', () => {
    const one = directory('C=XU, O=Utopia","CN=x')
    expect(withinSubtree(one, directory('C=XU, O=Utopia'), 'permitted')).toBe('outside')
  })
})
