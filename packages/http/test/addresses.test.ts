import { describe, expect, it } from 'vitest'
import { isPublicAddress } from '../src/index.js'
import { formatTarget, parseTarget } from '../src/target/Target.js'

describe('isPublicAddress', () => {
  it.each(['1.1.1.1', '203.162.0.11', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '2606:4700::1111', '2001:dc8::1'])(
    'takes %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )

  it.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:1.1.1.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '4000::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    'name.example',
    '',
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('parseTarget', () => {
  it('takes an address apart and puts it together', () => {
    expect(parseTarget('HTTP://CA.gov.vn.:8080/crl/VNM.crl?x=1#frag')).toEqual({
      scheme: 'http',
      host: 'ca.gov.vn',
      isAddress: false,
      port: 8080,
      path: '/crl/VNM.crl?x=1',
    })
    expect(parseTarget('https://[2606:4700:0:0::1111]')).toMatchObject({ host: '2606:4700::1111', isAddress: true, port: 443 })
    for (const url of ['https://[2606:4700::1111]/a', 'http://1.1.1.1:81/?q', 'https://a.b/c?d'])
      expect(formatTarget(parseTarget(url))).toBe(url)
  })

  it.each([
    ['ftp://ca.gov.vn/x', 'form'],
    ['//ca.gov.vn/x', 'form'],
    ['http://user@ca.gov.vn/', 'form'],
    ['http://ca.gov.vn@evil.example/', 'form'],
    ['http://ca.gov.vn\\@evil.example/', 'characters'],
    ['http://ca.gov.vn/ x', 'characters'],
    ['http://cả.vn/', 'characters'],
    ['http://ca.gov.vn/\r\nHost: evil', 'characters'],
    ['http:///x', 'form'],
    ['http://-a.example/', 'host'],
    ['http://a..example/', 'host'],
    ['http://ca.gov.vn:0/', 'port'],
    ['http://ca.gov.vn:99999/', 'port'],
    ['http://2130706433/', 'address'],
    ['http://0x7f000001/', 'address'],
    ['http://0x7f.1/', 'address'],
    ['http://127.1/', 'address'],
    ['http://0177.0.0.1/', 'address'],
    ['http://127.0.0.01/', 'address'],
    ['http://256.1.1.1/', 'address'],
    ['http://1.1.1.1.1/', 'address'],
    ['http://[::1%25eth0]/', 'form'],
    ['http://[1:2]/', 'address'],
    [`http://a.example/${'x'.repeat(2048)}`, 'length'],
  ])('refuses %s', (url, reason) => {
    expect(() => parseTarget(url)).toThrow(expect.objectContaining({ code: 'HTTP_URL', params: { reason } }))
  })
})
