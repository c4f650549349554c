import { checkOf, encodeTlv } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import type { CertificateRole } from '@cccd/pki/profile'
import { expect, it } from 'vitest'
import { at, document, makeCountry, read } from '../demoCountry.js'
import { extension, oid, sequence } from '../issuer.js'

const purposes = (critical: boolean, ...oids: string[]): Uint8Array =>
  extension('2.5.29.37', sequence(...oids.map(oid)), critical)

async function judged(
  signer: { extensions?: Uint8Array[]; keyUsage?: Uint8Array | 'none' },
  role?: CertificateRole,
): Promise<string> {
  const made = await makeCountry({ signer })
  const trust = await createTrustStore({ anchors: [{ certificate: made.csca }] })
  const { status, reason } = checkOf(
    await verifyChain({ signer: read(made.signer), trust, at, document, ...(role && { role }) }),
    'chain.csca',
  )
  return reason === undefined ? status : `${status}: ${reason}`
}

it.each([
  ['a master list signer', purposes(true, '2.23.136.1.1.3')],
  ['a deviation list signer', purposes(true, '2.23.136.1.1.8')],
  ['a TLS server', purposes(false, '1.3.6.1.5.5.7.3.1')],
  ['an OCSP responder', purposes(false, '1.3.6.1.5.5.7.3.9')],
  ['a time-stamping authority', purposes(true, '1.3.6.1.5.5.7.3.8')],
  ['nothing at all', extension('2.5.29.37', encodeTlv(0x30))],
])('the key of %s, certified by the country CA, makes no documents', async (_, purpose) => {
  expect(await judged({ extensions: [purpose] })).toBe('failed: extended-key-usage')
})

it.each([
  ['agrees keys', Uint8Array.of(3, 0x08)],
  ['signs certificates and lists', Uint8Array.of(1, 0x06)],
])('a key that only %s makes no documents', async (_, keyUsage) => {
  expect(await judged({ keyUsage })).toBe('failed: key-usage')
})

it('no key usage, no purpose or any purpose is no other one', async () => {
  expect(await judged({})).toBe('passed')
  expect(await judged({ keyUsage: 'none' })).toBe('passed')
  expect(await judged({ extensions: [purposes(false, '1.3.6.1.5.5.7.3.1', '2.5.29.37.0')] })).toBe('passed')
})

it('a signer of lists is one for who asks for it, and for no other list', async () => {
  const lists = { extensions: [purposes(true, '2.23.136.1.1.8')] }
  expect(await judged(lists, 'deviation-list-signer')).toBe('passed')
  expect(await judged(lists, 'master-list-signer')).toBe('failed: extended-key-usage')
  expect(await judged({}, 'deviation-list-signer')).toBe('failed: extended-key-usage')
  expect(await judged({}, 'csca-link')).toBe('failed: not-a-ca')
})
