import { bigIntToBytes, bytesToBigInt, checkOf, concatBytes, decodeHex } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { backends } from '../backends.js'
import { at, country, document, read } from '../demoCountry.js'
import { bits, issue, name, oid, publicKeyInfo, sequence, testKey } from '../issuer.js'

/** The smallest number whose cube is at least a number. */
function cubeRoot(number: bigint): bigint {
  let low = 0n
  let high = 1n << BigInt(Math.ceil(number.toString(2).length / 3) + 1)
  while (low < high) {
    const middle = (low + high) / 2n
    if (middle ** 3n < number) low = middle + 1n
    else high = middle
  }
  return low
}

const digestInfo = decodeHex('3031300d060960864801650304020105000420')
const length = 256
const key = await testKey('a CSCA with exponent 3', { bits: 2048 })
if (key.publicKey.type !== 'rsa') throw new Error('key is not RSA')
const { modulus } = key.publicKey
const exponentThree = publicKeyInfo({ type: 'rsa', modulus, exponent: Uint8Array.of(3) })

/** A block that begins as PKCS #1 wants and ends as the cube does: who looks no further than the hash takes it. */
function forge(message: Uint8Array): Uint8Array {
  const beginning = concatBytes(
    Uint8Array.of(0, 1, 255, 255, 255, 255, 255, 255, 255, 255, 0),
    digestInfo,
    defaultCrypto().hash('sha256', message),
  )
  const root = cubeRoot(bytesToBigInt(beginning) << BigInt(8 * (length - beginning.length)))
  const cube = bigIntToBytes(root ** 3n, length)
  expect(cube.subarray(0, beginning.length)).toEqual(beginning)
  return bigIntToBytes(root, length)
}

describe('a signature forged for exponent 3 (Bleichenbacher 2006)', () => {
  it.each(backends)('does not make a document signer ($name)', async ({ crypto }) => {
    // Issued under a name that is not in the store, so that the anchor's own signature is nobody's business.
    const csca = await issue({
      subject: country.csca,
      key,
      issuer: { subject: 'C=XU, CN=Elsewhere', key: await testKey('elsewhere') },
      ca: true,
      publicKeyInfo: exponentThree,
    })
    const request = { subject: country.signer, key: await testKey('signer'), issuer: { subject: country.csca, key } }
    const genuine = read(await issue(request))
    const algorithm = sequence(oid('1.2.840.113549.1.1.11'))
    const forged = read(sequence(genuine.tbs, algorithm, bits(forge(genuine.tbs))))
    const trust = await createTrustStore({ anchors: [{ certificate: csca }], crypto })
    expect(trust.anchors[0]?.certificate.subject.raw).toEqual(name(country.csca))
    const { checks } = await verifyChain({ signer: forged, trust, at, document, crypto })
    expect(checkOf({ checks }, 'chain.csca')).toMatchObject({ status: 'failed', reason: 'signature-wrong' })
  })
})
