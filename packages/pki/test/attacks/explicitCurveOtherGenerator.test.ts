import { bigIntToBytes, checkOf, concatBytes } from '@cccd/core'
import { curveParameters } from '@cccd/crypto'
import { createTrustStore, parsePublicKeyInfo, verifyChain } from '@cccd/pki'
import { expect, it } from 'vitest'
import { at, document, makeCountry, read } from '../demoCountry.js'
import { explicitParameters, publicKeyInfo } from '../issuer.js'

const curve = curveParameters('P-256')
const point = (x: bigint, y: bigint): Uint8Array => concatBytes(Uint8Array.of(4), bigIntToBytes(x, 32), bigIntToBytes(y, 32))

it('a known curve with another generator is no known curve (CVE-2020-0601)', async () => {
  const { cscaKey, signer } = await makeCountry()
  // The attacker takes the genuine public point for his generator: then 1 is the private key of that public key.
  if (cscaKey.publicKey.type !== 'ec') throw new TypeError('key is EC')
  const parameters = explicitParameters(curve, 32, cscaKey.publicKey.point)
  const spki = publicKeyInfo(cscaKey.publicKey, parameters)
  expect(() => parsePublicKeyInfo(spki)).toThrow(expect.objectContaining({ code: 'PKI_UNKNOWN_CURVE' }))
  const fake = await makeCountry({ csca: { publicKeyInfo: spki } })
  const trust = await createTrustStore({ anchors: [{ certificate: fake.csca }] })
  expect(checkOf(await verifyChain({ signer: read(signer), trust, at, document }), 'chain.csca')).toMatchObject({
    status: 'inconclusive',
    reason: 'unsupported-algorithm',
  })
})

it.each([
  ['p', { p: curve.p + 2n }],
  ['a', { a: curve.a - 1n }],
  ['b', { b: curve.b - 1n }],
  ['n', { n: curve.n - 2n }],
  ['h', { h: 2n }],
])('a known curve with another %s is no known curve', async (_, change) => {
  const { cscaKey } = await makeCountry()
  const spki = publicKeyInfo(cscaKey.publicKey, explicitParameters({ ...curve, ...change }, 32))
  expect(() => parsePublicKeyInfo(spki)).toThrow(expect.objectContaining({ code: 'PKI_UNKNOWN_CURVE' }))
})

it('the right generator is known in both encodings', async () => {
  const { cscaKey } = await makeCountry()
  const compressed = concatBytes(Uint8Array.of(curve.gy % 2n === 0n ? 2 : 3), bigIntToBytes(curve.gx, 32))
  for (const generator of [point(curve.gx, curve.gy), compressed])
    expect(parsePublicKeyInfo(publicKeyInfo(cscaKey.publicKey, explicitParameters(curve, 32, generator)))).toEqual(
      cscaKey.publicKey,
    )
  const other = concatBytes(Uint8Array.of(curve.gy % 2n === 0n ? 3 : 2), bigIntToBytes(curve.gx, 32))
  const wrong = publicKeyInfo(cscaKey.publicKey, explicitParameters(curve, 32, other))
  expect(() => parsePublicKeyInfo(wrong)).toThrow(expect.objectContaining({ code: 'PKI_UNKNOWN_CURVE' }))
})
