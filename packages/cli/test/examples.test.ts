import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { type Check, checkOf, decodeHex, encodeBase64 } from '@cccd/core'
import { accessFromCan, type ChipReading, encodeReading, readChip } from '@cccd/emrtd'
import { createTrustStore } from '@cccd/pki'
import { type CardImage, createIssuer, personalise, seededRandom, syntheticCitizen, virtualCard } from '@cccd/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifierServer } from '../../../examples/verify-upload.js'
import { freePort } from '../../simulator/test/support/freePort.js'

const root = new URL('../../../', import.meta.url)
const text = (path: string): string => readFileSync(new URL(path, root), 'utf8')

describe('examples', () => {
  it('stand in the READMEs as they are, and are short', () => {
    for (const readme of ['README.md', 'README.vi.md'])
      expect(/```ts\n([\s\S]*?)```/.exec(text(readme))?.[1], readme).toBe(text('examples/read-card.ts'))
    for (const name of readdirSync(new URL('examples', root)))
      expect(text(`examples/${name}`).split('\n').length, name).toBeLessThanOrEqual(42)
  })

  it('check-revocation stands in docs/trust.md; passes until its signer is revoked', async () => {
    expect(text('docs/trust.md')).toContain(`\`\`\`ts\n${text('examples/check-revocation.ts')}\`\`\``)
    const port = String(await freePort())
    const example = (...words: string[]): string =>
      execFileSync(process.execPath, ['.ci/example.mjs', 'check-revocation', ...words], { cwd: root, encoding: 'utf8' })
    const good = example('good', port)
    expect(good).toMatch(/^crl of the network: http:\/\/127[\s\S]*^ocsp of the network/m)
    expect(good).toMatch(/^passed +chain\.csca$/m)
    expect(good).not.toMatch(/^(failed|inconclusive)/m)
    expect(example('revoked', port)).toMatch(/^failed +chain\.csca +revoked$/m)
  })

  it('fetch-issuers: the served link leads to the trusted key, the served self-signed certificate to nothing', async () => {
    const port = String(await freePort())
    const example = (what: string): string =>
      execFileSync(process.execPath, ['.ci/example.mjs', 'fetch-issuers', what, port], { cwd: root, encoding: 'utf8' })
    expect(example('links')).toMatch(/^fetched: .*DEMO[\s\S]*^not taken: self-signed[\s\S]*^passed$/m)
    expect(example('nothing')).toMatch(/^not taken: self-signed .*\n[\s\S]*^inconclusive no-trust-anchor$/m)
  })

  it('software-card: everything passes on a genuine card, a clone is caught', () => {
    const example = (...words: string[]): string =>
      execFileSync(process.execPath, ['.ci/example.mjs', 'software-card', ...words], { cwd: root, encoding: 'utf8' })
    const genuine = example()
    expect(genuine).toMatch(/^passed +aa\.signature/m)
    expect(genuine).not.toMatch(/^(failed|inconclusive)/m)
    expect(example('clone')).toMatch(/^failed +aa\.signature .*wrong/m)
  })
})

describe('examples/verify-upload', () => {
  const random = seededRandom('upload example')
  let server: ReturnType<typeof verifierServer>
  let card: CardImage

  beforeAll(async () => {
    const at = new Date(Date.now() - 86_400_000).toISOString()
    card = await personalise(await createIssuer({ random, at }), syntheticCitizen(1), { random, at })
    const trust = await createTrustStore({ anchors: [{ certificate: card.issuer.csca.certificate }], allowDemo: true })
    server = verifierServer(trust)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => server.close())

  async function post<Answer>(path: string, body = ''): Promise<Answer> {
    const { port } = server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}/${path}`, { method: 'POST', body })
    return (await response.json()) as Answer
  }
  interface Report {
    readonly checks: readonly Check[]
    readonly summary: { readonly issuer: string }
  }
  interface Session {
    readonly id: string
    readonly challenge: string
  }
  async function captured(): Promise<{ id: string; reading: ChipReading }> {
    const { id, challenge } = await post<Session>('challenges')
    const options = { access: accessFromCan(card.can), files: ['DG1', 'DG2'] as const }
    const reading = await readChip(virtualCard(card), { ...options, activeAuthentication: { challenge: decodeHex(challenge) } })
    return { id, reading }
  }

  it('proves issuer, content and the original chip; what only the phone saw is not observed', async () => {
    const { id, reading } = await captured()
    const report = await post<Report>(`verifications/${id}`, encodeReading(reading))
    expect(report.summary).toMatchObject({ issuer: 'country-ca', integrity: 'passed', clone: 'passed' })
    expect(checkOf(report, 'ca.keys')).toMatchObject({ status: 'inconclusive', reason: 'not-observed' })
    const again = await post<Report>(`verifications/${id}`, encodeReading(reading))
    expect(checkOf(again, 'aa.signature')).toMatchObject({ status: 'not-performed', reason: 'no-expected-challenge' })
  })

  it('takes the upload of Vietnamese capture SDKs, and refuses an answer to another challenge', async () => {
    const { id, reading } = await captured()
    const other = await post<Session>('challenges')
    const { SOD, DG1, DG2, DG15 } = reading.files
    const base64 = (bytes: Uint8Array | undefined): string | null => (bytes === undefined ? null : encodeBase64(bytes))
    const upload = JSON.stringify({
      sodData: base64(SOD),
      dg1DataB64: base64(DG1),
      dg2DataB64: base64(DG2),
      dg15DataB64: base64(DG15),
      aaSignature: base64(reading.activeAuthentication?.response),
      verified: true,
    })
    expect((await post<Report>(`verifications/${other.id}`, upload)).checks).toContainEqual(
      expect.objectContaining({ id: 'aa.signature', status: 'failed' }),
    )
    expect(checkOf(await post<Report>(`verifications/${id}`, upload), 'aa.signature').status).toBe('passed')
  })

  it('answers bad input with a code and nothing else', async () => {
    expect(await post('verifications/x', '{"version":7}')).toEqual({ error: 'EMRTD_READING_INVALID' })
    expect(await post('verifications/x', '{"sodData":5}')).toEqual({ error: 'EMRTD_READING_INVALID' })
    expect(await post('verifications/x', 'not json')).toEqual({ error: 'bad request' })
    expect(await post('verifications/x', 'x'.repeat(8_000_001))).toEqual({ error: 'too large' })
  })
})
