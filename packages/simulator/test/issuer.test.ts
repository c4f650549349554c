import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkOf, equalBytes } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { parseSecurityObject } from '@cccd/emrtd'
import { createTrustStore, parseCertificate, verifyCertificateSignature, verifyChain } from '@cccd/pki'
import { createIssuer, type KeyAlgorithm, personalise, renewCountryCa, seededRandom, syntheticCitizen } from '@cccd/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, demoCard, demoIssuer } from './support/demo.js'

/** The signers may sign identity cards, and say so. */
const document = { country: 'VNM', type: 'ID' }

let openssl: string | undefined
try {
  openssl = execFileSync('openssl', ['version'], { encoding: 'utf8' }).trim()
} catch {
  openssl = undefined
}

const algorithms: readonly (readonly [string, KeyAlgorithm, KeyAlgorithm])[] = [
  [
    'P-521 named over P-384 named',
    { type: 'ec', curve: 'P-521', hash: 'sha512', form: 'named' },
    { type: 'ec', curve: 'P-384', hash: 'sha384', form: 'named' },
  ],
  [
    'P-256 explicit over brainpoolP256r1 named',
    { type: 'ec', curve: 'P-256', hash: 'sha256' },
    { type: 'ec', curve: 'brainpoolP256r1', hash: 'sha256', form: 'named' },
  ],
  [
    'RSA-PSS over RSA PKCS#1',
    { type: 'rsa', bits: 2048, hash: 'sha256', padding: 'pss' },
    { type: 'rsa', bits: 2048, hash: 'sha256' },
  ],
  [
    'RSA with exponent 3 over RSA-PSS with another salt',
    { type: 'rsa', bits: 2048, hash: 'sha512', exponent: 3 },
    { type: 'rsa', bits: 2048, hash: 'sha384', padding: 'pss', saltLength: 32 },
  ],
]

describe('certificates of the DEMO issuer', () => {
  it('have the profile of Doc 9303-12 and explicit curve parameters', async () => {
    const issuer = await demoIssuer()
    const csca = parseCertificate(issuer.csca.certificate)
    const signer = parseCertificate(issuer.signer.certificate)
    expect(csca.subject.text).toContain('DEMO CSCA')
    expect(csca.country).toBe('VN')
    expect(csca.selfIssued).toBe(true)
    expect(csca.isCa).toBe(true)
    expect(csca.pathLength).toBe(0)
    expect(csca.keyUsage).toEqual(['keyCertSign', 'cRLSign'])
    expect(csca.publicKey).toMatchObject({ type: 'ec', curve: 'brainpoolP512r1' })
    expect(csca.notBefore).toBe('2022-06-01T00:00:00Z')
    expect(csca.notAfter).toBe('2037-09-01T00:00:00Z')
    expect(csca.privateKeyUsagePeriod).toBeDefined()
    expect(signer.isCa).toBe(false)
    expect(signer.keyUsage).toEqual(['digitalSignature'])
    expect(signer.documentTypes).toEqual(['ID'])
    expect(signer.publicKey).toMatchObject({ type: 'ec', curve: 'brainpoolP384r1' })
    expect(signer.authorityKeyIdentifier).toEqual(csca.keyIdentifier)
    expect(csca.subjectPublicKeyInfo.length).toBeGreaterThan(400)
    const verdict = await verifyCertificateSignature(signer, () => defaultCrypto().importPublicKey(csca.publicKey))
    expect(verdict).toMatchObject({ status: 'passed' })
  })

  it('are refused by every store that was not made for them', async () => {
    const { csca, signer } = await demoIssuer()
    const anchors = [{ certificate: csca.certificate, source: 'simulator' }]
    await expect(createTrustStore({ anchors })).rejects.toMatchObject({ code: 'PKI_DEMO_REFUSED' })
    const { checks } = await verifyChain({ signer: parseCertificate(signer.certificate), trust: await createTrustStore({}), at })
    expect(checkOf({ checks }, 'chain.csca').status).not.toBe('passed')
  })

  it('are the same for the same random bytes, and others for others', async () => {
    const again = await createIssuer({ random: seededRandom('issuer of the tests'), at })
    const other = await createIssuer({ random: seededRandom('another'), at })
    expect(again).toEqual(await demoIssuer())
    expect(equalBytes(other.csca.certificate, again.csca.certificate)).toBe(false)
  })

  it('say DEMO or are not made', async () => {
    await expect(createIssuer({ random: seededRandom('x'), at, name: 'CSCA Vietnam' })).rejects.toThrow(RangeError)
    await expect(createIssuer({ random: seededRandom('x'), at: 'yesterday' })).rejects.toThrow(RangeError)
  })

  it.each(algorithms)('%s: chain passes, and the security object verifies', async (_name, csca, signer) => {
    const issuer = await createIssuer({ random: seededRandom('algorithms'), at, algorithms: { csca, signer } })
    const trust = await createTrustStore({
      anchors: [{ certificate: issuer.csca.certificate, source: 'simulator' }],
      allowDemo: true,
    })
    const certificate = parseCertificate(issuer.signer.certificate)
    const { checks } = await verifyChain({ signer: certificate, trust, at, signingTime: at, document })
    expect(checks.filter(({ id }) => id !== 'signer.pinned').map(({ id, status }) => `${id} ${status}`)).toEqual([
      'chain.csca passed',
      'chain.validity-at-signing passed',
      'chain.validity-now passed',
    ])
  })

  it('link a new key to the old one, forward only', async () => {
    const old = await demoIssuer()
    const next = await renewCountryCa(old, { random: seededRandom('renewed'), at: '2026-12-01T00:00:00Z' })
    const [link] = next.links
    if (link === undefined) throw new Error('no link certificate')
    const parsed = parseCertificate(link)
    const previous = parseCertificate(old.csca.certificate)
    expect(parsed.selfIssued).toBe(true)
    expect(parsed.authorityKeyIdentifier).toEqual(previous.keyIdentifier)
    expect(parsed.subjectPublicKeyInfo).toEqual(parseCertificate(next.csca.certificate).subjectPublicKeyInfo)
    expect(parsed.notAfter).toBe(previous.notAfter)

    const signer = parseCertificate(next.signer.certificate)
    const chainAt = '2026-12-02T00:00:00Z'
    const status = async (anchors: readonly Uint8Array[], links: readonly Uint8Array[]) => {
      const trust = await createTrustStore({
        anchors: anchors.map((certificate) => ({ certificate, source: 'simulator' })),
        certificates: links.map((certificate) => ({ certificate })),
        allowDemo: true,
      })
      const { checks } = await verifyChain({ signer, trust, at: chainAt, document })
      return checkOf({ checks }, 'chain.csca').status
    }
    expect(await status([old.csca.certificate], [link])).toBe('passed')
    expect(await status([old.csca.certificate], [])).not.toBe('passed')
  })
})

describe('security object', () => {
  it.each([0, 1] as const)('LDS version %i parses', async (ldsVersion) => {
    const card = await demoCard(0, { ldsVersion, hash: 'sha512' })
    const parsed = parseSecurityObject(card.files.SOD ?? new Uint8Array(0))
    expect(parsed.version).toBe(ldsVersion)
    expect(parsed.ldsVersion).toBe(ldsVersion === 1 ? '0108' : undefined)
    expect(parsed.hashAlgorithm).toBe('sha512')
    expect(parsed.dataGroupHashes.map(({ dataGroup }) => dataGroup)).toEqual([1, 2, 3, 13, 14, 15])
  })
})

describe.skipIf(openssl === undefined)('openssl agrees', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cccd-issuer-'))
  const put = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }
  const run = (...args: readonly string[]): string =>
    execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

  beforeAll(() => console.log(openssl))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('on the text of the default certificates', async () => {
    const { csca, signer } = await demoIssuer()
    const ca = run('x509', '-inform', 'DER', '-in', put('csca.cer', csca.certificate), '-noout', '-text')
    expect(ca).toContain('Field Type: prime-field')
    expect(ca).toContain('Public-Key: (512 bit)')
    expect(ca).toContain('Signature Algorithm: ecdsa-with-SHA512')
    expect(ca).toContain('CA:TRUE, pathlen:0')
    expect(ca).toContain('1.3.6.1.4.1.99999.9303.1: critical')
    const ds = run('x509', '-inform', 'DER', '-in', put('ds.cer', signer.certificate), '-noout', '-text')
    expect(ds).toContain('Public-Key: (384 bit)')
    expect(ds).toContain('Digital Signature')
  })

  it.each([['default, explicit brainpoolP384r1', undefined, undefined] as const, ...algorithms])(
    'on the CMS signature of EF.SOD: %s',
    async (_name, csca, signer) => {
      const issuer = await createIssuer({
        random: seededRandom('cms'),
        at,
        ...(csca && signer && { algorithms: { csca, signer } }),
      })
      const card = await personalise(issuer, syntheticCitizen(0), { random: seededRandom('cms card'), aa: 'rsa-1024' })
      const sod = card.files.SOD ?? new Uint8Array(0)
      const cms = sod.subarray((sod[1] as number) === 0x82 ? 4 : 3)
      // -noverify leaves the chain to pki: openssl 3 refuses explicit parameters there, and the DEMO extension.
      const verify = (bytes: Uint8Array) =>
        run('cms', '-verify', '-inform', 'DER', '-in', put('sod.cms', bytes), '-noverify', '-binary', '-out', join(folder, 'out'))
      expect(() => verify(cms)).not.toThrow()
      const broken = cms.slice()
      broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1
      expect(() => verify(broken)).toThrow()
    },
  )
})
