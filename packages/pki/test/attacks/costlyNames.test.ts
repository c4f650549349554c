import { encodeTlv } from '@cccd/core'
import { parseCertificate } from '@cccd/pki'
import { verifyCertificatePath } from '@cccd/pki/path'
import { expect, it } from 'vitest'
import { withinSubtree } from '../../src/names/withinSubtree.js'
import { extension, issue, name, sequence, testKey } from '../issuer.js'

const directory = (text: string): Uint8Array => encodeTlv(0xa4, name(text))
const ca = { ca: true, pathLength: 'none' } as const
const rootKey = await testKey('root')
const root = parseCertificate(await issue({ subject: 'C=XU, CN=Root', key: rootKey, ...ca }))

it('thousands of names against thousands of constraints cost a bounded number of comparisons', async () => {
  const bases = Array.from({ length: 500 }, (_, index) => sequence(directory(`C=XU, CN=${'x'.repeat(300)}${index}`)))
  const constraints = extension('2.5.29.30', sequence(encodeTlv(0xa1, ...bases)), true)
  const names = Array.from({ length: 600 }, (_, index) => directory(`C=XU, CN=${'y'.repeat(200)}${index}`))
  const path: Uint8Array[] = []
  let issuer = { subject: 'C=XU, CN=Root', key: rootKey }
  for (let depth = 0; depth < 8; depth++) {
    const authority = { subject: `C=XU, O=Authority ${depth}`, key: await testKey(`authority ${depth}`) }
    path.push(await issue({ ...authority, issuer, ...ca, extensions: [constraints] }))
    issuer = authority
  }
  const end = { subject: 'C=XU, CN=End', key: await testKey('end'), issuer }
  const certificate = parseCertificate(await issue({ ...end, extensions: [extension('2.5.29.17', sequence(...names))] }))
  const started = performance.now()
  const { status, reason } = await verifyCertificatePath({
    certificate,
    anchors: [root],
    certificates: path.map(parseCertificate),
    at: '2026-01-01',
  })
  expect([status, reason]).toEqual(['failed', 'name-constraint'])
  expect(performance.now() - started).toBeLessThan(3000)
})

it('a name longer than any meets no constraint, before it is looked through', () => {
  const uri = (host: string, path = '') => ({ type: 'uniformResourceIdentifier', value: `http://${host}/${path}` }) as const
  const base = { type: 'uniformResourceIdentifier', value: '.example' } as const
  expect(withinSubtree(uri('a.example', 'x'.repeat(4000)), base, 'permitted')).toBe('inside')
  expect(withinSubtree(uri('a.example', 'x'.repeat(5000)), base, 'permitted')).toBe('malformed')
  expect(withinSubtree({ type: 'dNSName', value: 'a.' }, { type: 'dNSName', value: 'b'.repeat(5000) }, 'excluded')).toBe(
    'malformed',
  )
})

it('a thousand authorities of one name that certify each other end the search', async () => {
  const subject = 'C=XU, CN=Same'
  const keys = await Promise.all(Array.from({ length: 12 }, (_, index) => testKey(`same ${index}`)))
  const signatures: Promise<Uint8Array>[] = []
  for (let index = 0; index < 1000; index++) {
    const [key, signing] = [keys[index % 12], keys[(index * 5 + Math.floor(index / 12)) % 12]]
    if (key === undefined || signing === undefined) throw new RangeError('no key')
    const serialNumber = Uint8Array.of(1, index >> 8, index & 255)
    const request = {
      subject,
      key,
      issuer: { subject, key: signing },
      serialNumber,
      authorityKeyIdentifier: 'none',
      ...ca,
    } as const
    signatures.push(issue(request))
  }
  const certificates = (await Promise.all(signatures)).map(parseCertificate)
  const issuer = { subject, key: keys[0] ?? rootKey }
  const certificate = parseCertificate(await issue({ subject: 'C=XU, CN=End', key: await testKey('end'), issuer }))
  const sameName = parseCertificate(await issue({ subject, key: await testKey('nobody'), ...ca }))
  for (const anchor of [root, sameName]) {
    const started = performance.now()
    const { status, reason } = await verifyCertificatePath({ certificate, anchors: [anchor], certificates, at: '2026-01-01' })
    expect([status, reason]).toEqual(['inconclusive', 'search-exhausted'])
    expect(performance.now() - started).toBeLessThan(3000)
  }
})
