import { concatBytes, encodeUtf8 } from '@cccd/core'
import { createTrustStore } from '@cccd/pki'
import { readLdif } from '@cccd/pki/trust'
import { expect, it } from 'vitest'
import { makeCountry } from '../demoCountry.js'

const { csca } = await makeCountry()

/** The certificate with other bytes in its signature, but for the end by which certificates are told apart first. */
function sameEnd(index: number): Uint8Array {
  const copy = csca.slice()
  copy[copy.length - 12] = index & 0xff
  copy[copy.length - 13] = index >> 8
  return copy
}

it('thousands of certificates made to end alike are told apart without comparing each with all', async () => {
  const anchors = Array.from({ length: 8000 }, (_, index) => ({ certificate: sameEnd(index), source: 'once' }))
  const started = performance.now()
  const trust = await createTrustStore({ anchors: [...anchors, ...anchors.map((anchor) => ({ ...anchor, source: 'again' }))] })
  // Each with each would be 128 million comparisons of half a kilobyte.
  expect(performance.now() - started).toBeLessThan(5000)
  expect(trust.size).toBe(8000)
  for (const { sources } of trust.anchors) expect(sources).toEqual(['once', 'again'])
})

it('a value folded into lines of nothing is refused before its lines fill the memory', () => {
  const folds = new Uint8Array(2 * 1_000_001)
  for (let at = 0; at < folds.length; at += 2) folds.set([0x20, 0x0a], at)
  const file = concatBytes(encodeUtf8('dn: cn=a\ncn: b\n'), folds)
  expect(() => [...readLdif(file)]).toThrowError(expect.objectContaining({ code: 'PKI_BAD_LDIF' }))
})
