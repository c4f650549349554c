import { checkOf } from '@cccd/core'
import { createTrustStore, parseSignedData, type TrustStore, verifyChain, verifySignedData } from '@cccd/pki'
import { expect, it } from 'vitest'
import { backends } from '../backends.js'
import { at, country, document, makeCountry } from '../demoCountry.js'
import {
  byIssuerAndSerial,
  contentType,
  issue,
  ldsSecurityObject,
  messageDigest,
  signedData,
  signerInfo,
  testKey,
} from '../issuer.js'

// One store serves every request of a process: what it remembers of one certificate must never speak for another.

const { csca, signer, signerKey, cscaKey } = await makeCountry()
const forgerKey = await testKey('forger')
const content = Uint8Array.of(1, 2, 3)
const issuer = { subject: country.csca, key: cscaKey }
const forged = await issue({
  subject: country.signer,
  key: forgerKey,
  issuer: { ...issuer, key: forgerKey },
  authorityKeyIdentifier: cscaKey.identifier,
})
/** As long as the genuine one and with its end, which is what it is remembered by; its key is another. */
const sameEnd = signer.slice()
const at0 = signer.length - forged.length
if (at0 >= 0) sameEnd.set(forged.subarray(0, forged.length - 16), 0)
const twin = signer.map((byte, index) => (index === 200 ? byte ^ 1 : byte))

async function sod(certificate: Uint8Array, key = signerKey): Promise<Uint8Array> {
  const attributes = [contentType(ldsSecurityObject), messageDigest(content)]
  return signedData(
    content,
    [certificate],
    [await signerInfo({ key, identifier: byIssuerAndSerial(country.csca), attributes }, content)],
  )
}

async function verdict(bytes: Uint8Array, trust: TrustStore): Promise<string> {
  const { status, reason, signers } = await verifySignedData(parseSignedData(bytes), {
    crypto: trust.crypto,
    memory: trust.memory,
  })
  const certificate = signers[0]?.certificate
  if (status !== 'passed' || certificate === undefined) return `${status}: ${reason}`
  const check = checkOf(await verifyChain({ signer: certificate, trust, at, document }), 'chain.csca')
  return check.reason === undefined ? check.status : `${check.status}: ${check.reason}`
}

it.each(backends)(
  'genuine and forged documents at once, in any order, get the verdicts that they get alone ($name)',
  async ({ crypto }) => {
    const documents = [
      await sod(signer),
      await sod(forged, forgerKey),
      await sod(twin),
      await sod(sameEnd),
      await sod(signer, forgerKey),
    ]
    const alone: string[] = []
    for (const bytes of documents)
      alone.push(await verdict(bytes, await createTrustStore({ anchors: [{ certificate: csca }], crypto })))
    expect(alone[0]).toBe('passed')
    expect(alone.slice(1).filter((each) => each === 'passed')).toEqual([])

    const shared = await createTrustStore({ anchors: [{ certificate: csca }], crypto })
    const order = Array.from({ length: 25 }, (_, index) => (index * 7 + Math.floor(index / 5)) % documents.length)
    const together = await Promise.all(order.map((index) => verdict(documents[index] as Uint8Array, shared)))
    expect(together).toEqual(order.map((index) => alone[index]))
  },
)

it('a store that has no anchor for a signer does not learn of one from another store', async () => {
  const bytes = await sod(signer)
  const full = await createTrustStore({ anchors: [{ certificate: csca }] })
  const empty = await createTrustStore()
  const { signers } = await verifySignedData(parseSignedData(bytes), { memory: full.memory })
  const certificate = signers[0]?.certificate
  if (certificate === undefined) throw new RangeError('no signer')
  const under = async (trust: TrustStore) =>
    checkOf(await verifyChain({ signer: certificate, trust, at, document }), 'chain.csca').status
  expect([await under(full), await under(empty), await under(full)]).toEqual(['passed', 'inconclusive', 'passed'])
})
