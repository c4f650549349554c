import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { checkOf } from '@cccd/core'
import { nodeFetcher } from '@cccd/http/node'
import { createTrustStore, demoExtensionOid, parseCertificate, verifyChain } from '@cccd/pki'
import { authorityAccessOf, fetchIssuers, verifyCertificatePath } from '@cccd/pki/path'
import { checkCertificateProfile } from '@cccd/pki/profile'
import { distributionPointsOf, encodeOcspRequest, fetchRevocation, parseOcspResponse } from '@cccd/pki/revocation'
import {
  authorityAddresses,
  createIssuer,
  createServices,
  decodeCardImage,
  encodeCardImage,
  personalise,
  type Revoked,
  renewCountryCa,
  renewSigner,
  seededRandom,
  syntheticCitizen,
} from '@cccd/simulator'
import { type AuthorityFaults, type AuthorityHost, type HostFault, serveAuthority } from '@cccd/simulator/node'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from './support/freePort.js'
import { pem } from './support/pem.js'

// OpenSSL holds OCSP answers against the clock of the machine: the authority has that one here, and no other test does.
const now = new Date().toISOString()
const random = seededRandom('served authorities')
// Named, for OpenSSL verifies no certificate with explicit curve parameters.
const named = { type: 'ec', curve: 'brainpoolP384r1', hash: 'sha384', form: 'named' } as const
const port = await freePort()
const algorithms = { csca: named, signer: named }
const issuer = await createIssuer({ random, at: now, algorithms, addresses: authorityAddresses(port) })
const services = await createServices(issuer, { random })
const signer = parseCertificate(issuer.signer.certificate)
const faults: AuthorityFaults = {}
const revoked: Revoked[] = []
const certificates: Uint8Array[] = []
let folder: string
let served: AuthorityHost

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'authority-'))
  for (const [name, der] of Object.entries({ ca: issuer.csca.certificate, signer: issuer.signer.certificate }))
    writeFileSync(file(`${name}.pem`), pem(der))
  writeFileSync(file('data'), 'a contract')
  served = await serveAuthority({ port, services, clock: () => now, random, revoked, faults, certificates })
})
beforeEach(() => {
  for (const service of ['ocsp', 'timestamps', 'lists', 'issuers'] as const) faults[service] = undefined
  revoked.length = 0
  certificates.splice(0, 9, issuer.csca.certificate)
})
afterAll(async () => {
  await served.close()
  rmSync(folder, { recursive: true })
})

const file = (name: string): string => join(folder, name)

/** Runs OpenSSL; what it says on either stream, and whether it was content. */
async function openssl(...args: readonly string[]): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)('openssl', [...args], { timeout: 20_000 })
    return `ok\n${stdout}${stderr}`
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return `not ok\n${stdout}${stderr}`
  }
}

const fetcher = (deadline = 5000) =>
  nodeFetcher({
    policy: { schemes: ['http'], ports: [served.port], allowPrivateAddresses: true, hosts: ['127.0.0.1'], deadline },
  })

describe('openssl ocsp, against the served responder', () => {
  const ask = (): Promise<string> =>
    openssl(
      'ocsp',
      '-url',
      served.ocsp,
      '-issuer',
      file('ca.pem'),
      '-cert',
      file('signer.pem'),
      '-CAfile',
      file('ca.pem'),
      '-ignore_critical',
    )

  it('finds the signer good, then revoked, with its nonce', async () => {
    const good = await ask()
    expect(good).toMatch(/Response verify OK/)
    expect(good).toMatch(/signer\.pem: good/)
    expect(good).not.toMatch(/WARNING|nonce/)
    revoked.push({ serialNumber: signer.serialNumber, at: now, reason: 1 })
    expect(await ask()).toMatch(/signer\.pem: revoked[\s\S]*Reason: keyCompromise/)
  })

  it.each<[NonNullable<AuthorityFaults['ocsp']>, RegExp]>([
    ['wrong-signer', /Response Verify Failure/],
    ['expired-signer', /Response Verify Failure/],
    ['broken-signature', /Response Verify Failure/],
    ['wrong-nonce', /Nonce Verify error/],
    ['no-nonce', /WARNING: no nonce in response/],
    ['stale', /WARNING: Status times invalid/],
    ['future', /WARNING: Status times invalid/],
    ['unknown-status', /signer\.pem: unknown/],
    ['other-certificate', /ERROR: No Status found/],
    ['try-later', /Responder Error: trylater/],
    ['malformed', /Error querying OCSP responder|not ok/],
  ])('sees the fault %s', async (fault, expected) => {
    faults.ocsp = fault
    expect(await ask()).toMatch(expected)
  })
})

describe('openssl crl, over the served list', () => {
  const verify = async (): Promise<string> => {
    const { body } = await fetcher().fetch({ url: served.lists, accept: ['application/pkix-crl'] })
    writeFileSync(file('list.crl'), body)
    return openssl('crl', '-inform', 'DER', '-in', file('list.crl'), '-CAfile', file('ca.pem'), '-noout', '-text')
  }

  it('verifies and reads it', async () => {
    revoked.push({ serialNumber: signer.serialNumber, at: now, reason: 1 })
    const text = await verify()
    expect(text).toMatch(/verify OK/)
    expect(text).toMatch(/Key Compromise/)
    expect(text).toContain(Buffer.from(signer.serialNumber).toString('hex').toUpperCase())
  })

  it.each(['wrong-signer', 'broken-signature'] as const)('sees the fault %s', async (fault) => {
    faults.lists = fault
    expect(await verify()).toMatch(/verify failure/)
  })
})

describe('openssl ts, over the served timestamps', () => {
  async function stamp(): Promise<string> {
    await openssl('ts', '-query', '-data', file('data'), '-sha256', '-cert', '-out', file('query.tsq'))
    const { body } = await fetcher().fetch({
      url: served.timestamps,
      body: new Uint8Array(readFileSync(file('query.tsq'))),
      headers: { 'content-type': 'application/timestamp-query' },
      accept: ['application/timestamp-reply'],
    })
    writeFileSync(file('reply.tsr'), body)
    return openssl(
      'ts',
      '-verify',
      '-queryfile',
      file('query.tsq'),
      '-in',
      file('reply.tsr'),
      '-CAfile',
      file('ca.pem'),
      '-ignore_critical',
    )
  }

  it('verifies a token over its own request, and reads the reply', async () => {
    expect(await stamp()).toMatch(/^ok[\s\S]*Verification: OK/)
    expect(await openssl('ts', '-reply', '-in', file('reply.tsr'), '-text')).toMatch(
      /Status: Granted\.[\s\S]*1\.3\.6\.1\.4\.1\.99999\.3161\.1/,
    )
  })

  it.each([
    ['wrong-signer', /FAILED[\s\S]*(certificate verify error|signature failure)/],
    ['expired-signer', /FAILED[\s\S]*expired/],
    ['broken-signature', /FAILED[\s\S]*signature failure/],
    ['wrong-nonce', /FAILED[\s\S]*nonce mismatch/],
    ['no-nonce', /FAILED[\s\S]*nonce not returned/],
    ['wrong-imprint', /FAILED[\s\S]*message imprint mismatch/],
    ['no-signing-certificate', /FAILED/],
    ['refused', /FAILED/],
    ['malformed', /not ok/],
  ] as const)('sees the fault %s', async (fault, expected) => {
    faults.timestamps = fault
    expect(await stamp()).toMatch(expected)
  })
})

describe('the served authority', () => {
  it('answers GET as RFC 6960 A.1 has it', async () => {
    const request = encodeOcspRequest({ certificate: signer, issuer: parseCertificate(issuer.csca.certificate) })
    const path = encodeURIComponent(Buffer.from(request).toString('base64'))
    const { body } = await fetcher().fetch({ url: `${served.ocsp}/${path}` })
    expect(parseOcspResponse(body).basic?.responses[0]?.status).toBe('good')
  })

  it('has nothing elsewhere and takes no long requests', async () => {
    expect(await fetcher().fetch({ url: `http://127.0.0.1:${served.port}/x` })).toMatchObject({ status: 404 })
    expect(await fetcher().fetch({ url: served.ocsp, body: new Uint8Array(70_000) })).toMatchObject({ status: 413 })
  })

  it.each<[HostFault, string]>([
    ['silent', 'HTTP_TIMEOUT'],
    ['slow', 'HTTP_TIMEOUT'],
    ['huge', 'HTTP_TOO_LARGE'],
    ['wrong-type', 'HTTP_CONTENT'],
    ['redirect-inside', 'HTTP_REFUSED'],
  ])('with the fault %s ends in %s', async (fault, code) => {
    faults.lists = fault
    const answer = fetcher(fault === 'huge' ? 5000 : 300).fetch({
      url: served.lists,
      maxBytes: 200_000,
      ...(fault === 'wrong-type' && { accept: ['application/pkix-crl'] }),
    })
    await expect(answer).rejects.toMatchObject({ code })
  })

  it('gives an error status when told to', async () => {
    faults.lists = 'http-error'
    expect(await fetcher().fetch({ url: served.lists })).toMatchObject({ status: 500 })
  })
})

describe('the addresses of an issuer', () => {
  const { lists, ocsp, issuers } = authorityAddresses(8632)

  it('stand in the certificates of its signers, also of later ones, and in its card image', async () => {
    const addresses = { lists, ocsp, issuers }
    const made = await createIssuer({ random, at: now, algorithms, addresses })
    const renewed = await renewCountryCa(made, { random, algorithms })
    for (const { signer, csca } of [made, await renewSigner(made, { random }), renewed]) {
      const certificate = parseCertificate(signer.certificate)
      expect(authorityAccessOf(certificate)).toEqual({ ocsp: [ocsp], issuers: [issuers] })
      for (const each of [certificate, parseCertificate(csca.certificate)])
        expect(distributionPointsOf(each)).toMatchObject([{ name: { names: [{ value: lists }] } }])
    }
    const card = await personalise(made, syntheticCitizen(2), { random, at: now })
    expect(decodeCardImage(encodeCardImage(card)).issuer.addresses).toEqual(addresses)
  })

  it('are each left out where there is none, and breach no profile', async () => {
    const made = await createIssuer({ random, at: now, algorithms, addresses: { ocsp } })
    const certificate = parseCertificate(made.signer.certificate)
    expect(authorityAccessOf(certificate)).toEqual({ ocsp: [ocsp], issuers: [] })
    expect(distributionPointsOf(certificate)).toMatchObject([
      { name: { names: [{ value: expect.stringMatching(/\.invalid/) }] } },
    ])
    const codes = (bytes: Uint8Array) => checkCertificateProfile(parseCertificate(bytes)).findings.map(({ code }) => code)
    expect(codes(made.signer.certificate)).toEqual(
      codes((await createIssuer({ random, at: now, algorithms })).signer.certificate),
    )
    expect(() => authorityAddresses(0)).toThrow(RangeError)
  })
})

describe('openssl, over the certificates served as those of the issuer', () => {
  const fetched = () => fetcher().fetch({ url: served.issuers })

  it('reads one as a certificate', async () => {
    const { body, mediaType } = await fetched()
    writeFileSync(file('issuer.cer'), body)
    expect(mediaType).toBe('application/pkix-cert')
    expect(await openssl('x509', '-inform', 'DER', '-in', file('issuer.cer'), '-noout', '-subject')).toMatch(/^ok[\s\S]*DEMO/)
  })

  it('reads several as certs-only CMS', async () => {
    certificates.push(issuer.signer.certificate)
    const { body, mediaType } = await fetched()
    writeFileSync(file('issuers.p7c'), body)
    expect(mediaType).toBe('application/pkcs7-mime')
    const text = await openssl('pkcs7', '-inform', 'DER', '-in', file('issuers.p7c'), '-print_certs', '-noout')
    expect(text.match(/^subject=/gm)).toHaveLength(2)
    faults.issuers = 'malformed'
    writeFileSync(file('issuers.p7c'), (await fetched()).body)
    expect(await openssl('pkcs7', '-inform', 'DER', '-in', file('issuers.p7c'), '-noout')).toMatch(/^not ok/)
  })
})

describe('fetchIssuers, from a signer to the key that is trusted', () => {
  it('finds the served link certificate; nothing else that is served there helps', async () => {
    const renewed = await renewCountryCa(issuer, { random, algorithms, at: now })
    const certificate = parseCertificate(renewed.signer.certificate)
    const anchors = [parseCertificate(issuer.csca.certificate)]
    const outcome = async (): Promise<string> => {
      const { certificates: found, misses } = await fetchIssuers(certificate, { fetcher: fetcher(500), anchors })
      const understoodExtensions = [demoExtensionOid]
      const path = { certificate, anchors, certificates: found, at: now, understoodExtensions }
      const { status, reason } = await verifyCertificatePath(path)
      const why = misses.map((miss) => miss.code ?? miss.reason)
      return [status, reason, ...why].filter((part) => part !== undefined).join(' ')
    }
    certificates.splice(0, 9, renewed.csca.certificate, ...renewed.links)
    expect(await outcome()).toBe('passed self-signed')
    certificates.splice(0, 9, ...renewed.links)
    expect(await outcome()).toBe('passed')
    certificates.splice(0, 9, renewed.csca.certificate)
    expect(await outcome()).toMatch(/^inconclusive no-trust-anchor self-signed/)
    for (const [fault, code] of [
      ['wrong-signer', 'self-signed'],
      ['malformed', 'PKI_BAD_SIGNED_DATA'],
      ['silent', 'HTTP_TIMEOUT'],
      ['http-error', 'http-status'],
      ['huge', 'HTTP_TOO_LARGE'],
      ['redirect-inside', 'HTTP_REFUSED'],
    ] as const) {
      faults.issuers = fault
      expect([fault, await outcome()]).toEqual([fault, expect.stringMatching(`^inconclusive no-trust-anchor ${code}`)])
    }
  })
})

describe('fetchRevocation, from the addresses in a certificate to the verdict', () => {
  async function verdict(sources: readonly ('crl' | 'ocsp')[]): Promise<string> {
    const anchors = [{ certificate: issuer.csca.certificate }]
    const trust = await createTrustStore({ anchors, allowDemo: true })
    const issuers = trust.anchorsNamed(signer.issuer).map(({ certificate }) => certificate)
    const { input } = await fetchRevocation([signer], { fetcher: fetcher(500), at: now, policy: 'require', issuers, sources })
    const { checks } = await verifyChain({ signer, trust, at: now, document: { country: 'VNM', type: 'ID' }, revocation: input })
    const { status, reason } = checkOf({ checks }, 'chain.csca')
    return reason === undefined ? status : `${status}: ${reason}`
  }

  it.each([['crl'], ['ocsp']] as const)(
    'passes, fails once revoked, and passes nothing without what counts (%s)',
    async (source) => {
      expect(await verdict([source])).toBe('passed')
      revoked.push({ serialNumber: signer.serialNumber, at: now })
      expect(await verdict([source])).toBe('failed: revoked')
      revoked.length = 0
      for (const fault of ['wrong-signer', 'stale', 'malformed', 'silent', 'http-error'] as const) {
        faults[source === 'crl' ? 'lists' : 'ocsp'] = fault
        expect([fault, await verdict([source])]).toEqual([fault, 'inconclusive: revocation-unknown'])
      }
    },
  )
})
