import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { pem } from './support/pem.js'

it.each([
  ['short of', 47],
  ['exactly', 48],
  ['just over', 49],
  ['exactly two', 96],
])('PEM of %s a line of base64 is read by OpenSSL, byte for byte', (_, length) => {
  const der = Uint8Array.from({ length }, (__, at) => (at === 0 ? 0x04 : at === 1 ? length - 2 : at))
  const text = pem(der)
  expect(text).not.toMatch(/\n\n/)
  const read = execFileSync('openssl', ['asn1parse', '-inform', 'PEM'], { input: text, encoding: 'utf8' })
  expect(read).toContain(
    `l=  ${length - 2} prim: OCTET STRING      [HEX DUMP]:${Buffer.from(der.subarray(2)).toString('hex').toUpperCase()}`,
  )
})
