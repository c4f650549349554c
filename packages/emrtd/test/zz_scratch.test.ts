import { createTrustStore } from '@cccd/pki'
import { checkOf, bigIntToBytes, concatBytes, bytesToBigInt, encodeHex } from '@cccd/core'
import { curveParameters, curveNames, generateKeyPair, publicKeyOf, recoverIso9796_2 } from '@cccd/crypto'
import { it, expect } from 'vitest'
import { readingFromFiles, verifyReading, requireVerified, decodeReading, type FileName, encodeReading } from '../src/index.js'
import { verifyActiveAuthentication } from '../src/verify/verifyActiveAuthentication.js'
import { faceRecord, infos, jpeg, makeDg1, makeDg2, makeDg13, makeDg14, makeDg15, makeSod, seeded, testIssuer, der, seq, oid, octets } from './issuer.js'
import { backends } from './support.js'
const at = '2026-01-31T09:00:00Z'
it.each(backends)('infinity %s', async (_n, crypto) => {
  for (const name of ['P-256', 'brainpoolP256r1', 'P-521'] as const) {
    const curve = crypto.curve(name)
    const { p } = curveParameters(name)
    const s = new Uint8Array(16).fill(9)
    const G = await curve.publicKey(bigIntToBytes(bytesToBigInt(s), curve.orderLength))
    const len = (G.length - 1) / 2
    const neg = concatBytes(G.slice(0, 1 + len), bigIntToBytes(p - bytesToBigInt(G.slice(1 + len)), len))
    const out: string[] = []
    for (const [what, f] of [
      ['map to infinity', () => curve.mapNonce(s, neg)],
      ['zero nonce', () => curve.mapNonce(new Uint8Array(16), G)],
      ['doubling', () => curve.mapNonce(s, G)],
      ['identity 00', () => curve.multiply(s.length === 0 ? s : bigIntToBytes(3n, curve.orderLength), Uint8Array.of(0))],
      ['identity padded', () => curve.multiply(bigIntToBytes(3n, curve.orderLength), new Uint8Array(G.length))],
      ['hybrid', () => curve.multiply(bigIntToBytes(3n, curve.orderLength), concatBytes(Uint8Array.of(6 + (G[G.length-1]! & 1)), G.slice(1)))],
      ['compressed', () => curve.sharedSecret(bigIntToBytes(3n, curve.orderLength), concatBytes(Uint8Array.of(2 + (G[G.length-1]! & 1)), G.slice(1, 1+len)))],
      ['off curve', () => curve.sharedSecret(bigIntToBytes(3n, curve.orderLength), concatBytes(G.slice(0,-1), Uint8Array.of(G[G.length-1]! ^ 1)))],
      ['x+p', () => curve.sharedSecret(bigIntToBytes(3n, curve.orderLength), concatBytes(Uint8Array.of(4), new Uint8Array(len).fill(0xff), G.slice(1+len)))],
      ['scalar 0', () => curve.multiply(new Uint8Array(curve.orderLength), G)],
      ['scalar n', () => curve.multiply(bigIntToBytes(curve.order, curve.orderLength), G)],
    ] as [string, () => Promise<Uint8Array>][]) {
      try { const r = await f(); out.push(`${what}: ${encodeHex(r).slice(0, 6)}`) } catch (e) { out.push(`${what}: ${(e as {code: string}).code ?? String(e)}`) }
    }
    console.log(name, out.join(' | '))
  }
})
it('aa oddities', async () => {
  const challenge = Uint8Array.of(1,2,3,4,5,6,7,8)
  for (const [_n, crypto] of backends) {
  const k = await generateKeyPair({ type: 'rsa', bits: 1024 }, seeded(11))
  const pub = publicKeyOf(k); if (pub.type !== 'rsa') throw 0
  const r: string[] = []
  for (const [what, key, response] of [
    ['zero', pub, new Uint8Array(128)], ['one', pub, concatBytes(new Uint8Array(127), Uint8Array.of(1))], ['n-1', pub, bigIntToBytes(bytesToBigInt(pub.modulus)-1n,128)],
    ['e=1', { ...pub, exponent: Uint8Array.of(1) }, new Uint8Array(128)], ['e=2', { ...pub, exponent: Uint8Array.of(2) }, new Uint8Array(128)],
    ['tiny', { type: 'rsa', modulus: Uint8Array.of(0xff), exponent: Uint8Array.of(3) }, Uint8Array.of(1)], ['empty', pub, new Uint8Array(0)],
    ['ec zero', { type: 'ec', curve: 'P-256', point: (publicKeyOf(await generateKeyPair({type:'ec',curve:'P-256'}, seeded(3))) as {point: Uint8Array}).point }, new Uint8Array(64)],
    ['ec infinity', { type: 'ec', curve: 'P-256', point: Uint8Array.of(0) }, new Uint8Array(64)],
  ] as const) {
    const v = await verifyActiveAuthentication({ publicKey: key as never, challenge, response, crypto, ...(what.startsWith('ec') ? {signatureAlgorithm: '0.4.0.127.0.7.1.1.4.1.3'} : {}) })
    r.push(`${what}: ${v.status} ${v.reason}`)
  }
  console.log(r.join(' | '))
  // M1 of zero length, total recovery, header 4A, 6B without BA
  const h = crypto.hash('sha1', challenge)
  const blocks: [string, Uint8Array][] = [
    ['no M1', concatBytes(Uint8Array.of(0x6a), h, Uint8Array.of(0xbc))],
    ['4A', concatBytes(Uint8Array.of(0x4a), h, Uint8Array.of(0xbc))],
    ['6B no BA', concatBytes(Uint8Array.of(0x6b, 0xbb, 0xbb), h, Uint8Array.of(0xbc))],
    ['33CC', concatBytes(Uint8Array.of(0x6a, 1), crypto.hash('sha1', Uint8Array.of(1), challenge), Uint8Array.of(0x33, 0xcc))],
    ['33BC', concatBytes(Uint8Array.of(0x6a, 1), crypto.hash('sha1', Uint8Array.of(1), challenge), Uint8Array.of(0x33, 0xbc))],
    ['00CC', concatBytes(Uint8Array.of(0x6a, 1), h, Uint8Array.of(0x00, 0xcc))],
    ['short', Uint8Array.of(0x6a, 0xbc)],
  ]
  console.log(blocks.map(([w, b]) => { const o = recoverIso9796_2(b, challenge, { crypto }); return `${w}: ${o.status === 'recovered' ? o.digestMatches + ' ' + o.message1.length : o.reason}` }).join(' | '))
  }
})
it('reading codec', () => {
  for (const json of ['{"version":1,"readAt":"2026-01-31T09:00:00Z","files":{"__proto__":"AAAA","constructor":"AA","DG1":"AAAA"},"fileStatus":{"__proto__":{"status":"read"},"DG15":{"status":"withheld"}},"timing":[],"__proto__":{"polluted":true},"chipAuthentication":{"status":"performed"}}',
    '{"version":1,"readAt":"2026-01-31T09:00:00Z","files":{"DG1":"AAAA","DG1":"BBBB"},"fileStatus":{},"timing":[]}',
    '[]', 'null', '{"version":1,"files":null}', '"x"', '{"version":1,"readAt":"2026-99-31T09:00:00Z","files":{},"fileStatus":{},"timing":[]}']) {
    try { const r = decodeReading(json); console.log(encodeReading(r), ({} as {polluted?: boolean}).polluted, (r as {polluted?: boolean}).polluted) } catch (e) { console.log((e as {code: string; params: object}).code, (e as { params: object}).params) }
  }
})
it('local time', async () => {
  const issuer = await testIssuer(); const trust = await createTrustStore({ anchors: [{ certificate: issuer.csca }] })
  const r = readingFromFiles({}, { readAt: at })
  for (const a of ['2026-02-31', '2026-02-30T00:00:00Z', '2026-01-31T10:00', '2026-01-31T10:00:00+07:00', '2026-1-1', '2026-01-31Tgarbage', '2026-13-01']) try { console.log(a, (await verifyReading(r, { trust, at: a })).at) } catch (e) { console.log(a, String(e)) }
  const rep = await verifyReading(r, { trust, at }); console.log(rep.checks.map((c) => `${c.id} ${c.status} ${c.reason ?? ''}`).join('\n'), JSON.stringify(rep.summary))
})
