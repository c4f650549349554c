import { encodeOid, encodeTlv } from '@cccd/core'
import { type Certificate, parseCertificate } from '@cccd/pki'
import { validatePath, verifyCertificatePath } from '@cccd/pki/path'
import { describe, expect, it } from 'vitest'
import { backends } from '../backends.js'
import { type CertificateRequest, extension, issue, name, oid, sequence, type TestKey, testKey } from '../issuer.js'

const at = '2026-01-01T00:00:00Z'
const keys = {
  root: await testKey('root'),
  middle: await testKey('middle'),
  end: await testKey('end'),
  evil: await testKey('evil'),
}
const names = { root: 'C=XU, CN=Root', middle: 'C=XU, CN=Middle', end: 'C=XU, CN=End' }

async function make(
  who: keyof typeof names,
  by: keyof typeof names,
  more: Partial<CertificateRequest> = {},
): Promise<Certificate> {
  const issuer = { subject: names[by], key: keys[by] }
  return parseCertificate(
    await issue({ subject: names[who], key: keys[who], issuer, ca: who !== 'end', pathLength: 'none', ...more }),
  )
}

const root = await make('root', 'root')
const middle = await make('middle', 'root')
const end = await make('end', 'middle')
const purpose = (dotted: string): Uint8Array => extension('2.5.29.37', sequence(oid(dotted)))
const timeStamping = '1.3.6.1.5.5.7.3.8'

describe('a certification path', () => {
  it.each(backends)('that is right passes, and says its way ($name)', async ({ crypto }) => {
    const result = await verifyCertificatePath({ certificate: end, anchors: [root], certificates: [middle], at, crypto })
    expect(result).toMatchObject({ status: 'passed', policies: [], revocation: [] })
    expect(result.path.map(({ subject }) => subject)).toEqual([names.end, names.middle, names.root])
  })

  it('passes nothing without anchors, without the middle, or under an anchor of the same name', async () => {
    const other = await make('root', 'root', { key: keys.evil, issuer: { subject: names.root, key: keys.evil } })
    const reasons = []
    for (const [anchors, certificates] of [
      [[], [middle, root]],
      [[root], []],
      [[other], [middle, root]],
    ] as const) {
      const { status, reason, path } = await verifyCertificatePath({ certificate: end, anchors, certificates, at })
      expect(path).toEqual([])
      reasons.push(`${status}: ${reason}`)
    }
    expect(reasons).toEqual(['inconclusive: no-trust-anchor', 'inconclusive: no-trust-anchor', 'inconclusive: no-trust-anchor'])
  })

  it.each<[string, () => Promise<Certificate>, () => Promise<Certificate>, string, number]>([
    ['an end entity as issuer', () => make('middle', 'root', { ca: false }), async () => end, 'not-a-ca', 1],
    [
      'an issuer that may not sign certificates',
      () => make('middle', 'root', { keyUsage: Uint8Array.of(1, 0x02) }),
      async () => end,
      'key-usage',
      1,
    ],
    ['an expired issuer', () => make('middle', 'root', { notAfter: '2025-01-01T00:00:00Z' }), async () => end, 'expired', 1],
    [
      'a purpose that the issuer does not have',
      () => make('middle', 'root', { extensions: [purpose('1.3.6.1.5.5.7.3.1')] }),
      () => make('end', 'middle', { extensions: [purpose(timeStamping)] }),
      'extended-key-usage',
      1,
    ],
    ['no purpose', async () => middle, async () => end, 'extended-key-usage', 0],
    [
      'a critical extension nobody knows',
      async () => middle,
      () => make('end', 'middle', { extensions: [purpose(timeStamping), extension('1.3.6.1.4.1.99999.5', sequence(), true)] }),
      'critical-extension',
      0,
    ],
    [
      'an excluded name',
      () =>
        make('middle', 'root', {
          extensions: [extension('2.5.29.30', sequence(encodeTlv(0xa1, sequence(encodeTlv(0xa4, name('C=XU, CN=End'))))), true)],
        }),
      () => make('end', 'middle', { extensions: [purpose(timeStamping)] }),
      'name-constraint',
      0,
    ],
    [
      'an address outside what is permitted',
      () =>
        make('middle', 'root', {
          extensions: [
            extension(
              '2.5.29.30',
              sequence(encodeTlv(0xa0, sequence(encodeTlv(0x87, Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0))))),
              true,
            ),
          ],
        }),
      () =>
        make('end', 'middle', {
          extensions: [purpose(timeStamping), extension('2.5.29.17', sequence(encodeTlv(0x87, Uint8Array.of(11, 0, 0, 1))))],
        }),
      'name-constraint',
      0,
    ],
    [
      'a name form that is constrained and that nobody compares',
      () =>
        make('middle', 'root', {
          extensions: [extension('2.5.29.30', sequence(encodeTlv(0xa1, sequence(encodeTlv(0x88, encodeOid('1.2.3'))))), true)],
        }),
      () =>
        make('end', 'middle', {
          extensions: [purpose(timeStamping), extension('2.5.29.17', sequence(encodeTlv(0x88, encodeOid('1.2.4'))))],
        }),
      'name-constraint',
      0,
    ],
  ])('with %s fails for that', async (_, issuer, target, reason, position) => {
    const result = await verifyCertificatePath({
      certificate: await target(),
      anchors: [root],
      certificates: [await issuer()],
      at,
      extendedKeyUsage: timeStamping,
    })
    expect(result).toMatchObject({ status: 'failed', reason, position })
  })

  it('is found among certificates that certify each other in a circle, and the search ends', async () => {
    const circle: Certificate[] = []
    const ring: { subject: string; key: TestKey }[] = []
    for (let i = 0; i < 7; i++) ring.push({ subject: `C=XU, CN=Ring ${i}`, key: await testKey(`ring ${i}`) })
    for (const one of ring)
      for (const other of ring)
        if (one !== other) circle.push(parseCertificate(await issue({ ...one, issuer: other, ca: true, pathLength: 'none' })))
    const [first] = ring
    if (first === undefined) throw new Error('no ring')
    const target = parseCertificate(await issue({ subject: names.end, key: keys.end, issuer: first, ca: false }))
    const lost = await verifyCertificatePath({ certificate: target, anchors: [root], certificates: circle, at })
    expect(lost).toMatchObject({ status: 'inconclusive', reason: 'search-exhausted' })
    const way = parseCertificate(
      await issue({ ...first, issuer: { subject: names.root, key: keys.root }, ca: true, pathLength: 'none' }),
    )
    const found = await verifyCertificatePath({ certificate: target, anchors: [root], certificates: [way, ...circle], at })
    expect(found.status).toBe('passed')
  })

  it('with mappings of every policy to every other costs no more than it is long', async () => {
    const policy = (n: number): Uint8Array => oid(`1.3.6.1.4.1.99999.8.${n}`)
    const all = Array.from({ length: 11 }, (_, n) => n)
    const policies = extension('2.5.29.32', sequence(...all.map((n) => sequence(policy(n)))))
    const mappings = extension(
      '2.5.29.33',
      sequence(...all.flatMap((from) => all.map((to) => sequence(policy(from), policy(to))))),
    )
    const path: Certificate[] = []
    for (let depth = 0; depth < 20; depth++) {
      const [subject, issuer] = [`C=XU, CN=Depth ${depth}`, depth === 0 ? names.root : `C=XU, CN=Depth ${depth - 1}`]
      const key = depth === 0 ? keys.root : keys.middle
      const request = { subject, key: keys.middle, issuer: { subject: issuer, key }, ca: true, pathLength: 'none' as const }
      // 121 mappings a certificate are within the cap; a tree would have 11^20 nodes.
      path.unshift(parseCertificate(await issue({ ...request, extensions: [policies, mappings] })))
    }
    const start = performance.now()
    const result = await validatePath({ path, anchor: root, at, requireExplicitPolicy: true })
    expect(result).toMatchObject({ status: 'passed' })
    expect(result.policies).toHaveLength(11)
    expect(performance.now() - start).toBeLessThan(3000)
  })

  it('with an unreadable extension fails, and refuses to be empty', async () => {
    const broken = await make('middle', 'root', { extensions: [extension('2.5.29.30', sequence(encodeTlv(0xa5)), true)] })
    const result = await verifyCertificatePath({ certificate: end, anchors: [root], certificates: [broken], at })
    expect(result).toMatchObject({ status: 'failed', reason: 'certificate-malformed', position: 1 })
    await expect(validatePath({ path: [], anchor: root, at })).rejects.toThrow(RangeError)
  })
})
