import { readFileSync } from 'node:fs'
import { encodeTlv } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { fetchRevocation, type RevocationPolicy } from '@cccd/pki/revocation'
import { describe, expect, it } from 'vitest'
import { country, document } from './demoCountry.js'
import { extension, sequence, testKey } from './issuer.js'
import { hosts, pointsAt, publishedCountry, respondersAt } from './publishedCountry.js'
import { ocspAnswer, revocationList } from './revocationIssuer.js'

// Every cell of the table in docs/trust.md: what is known, how much must be, and where it comes from.

const at = '2026-01-01T12:00:00Z'
const crl = 'http://crl.example/'
const ocsp = 'http://ocsp.example/'
const stated = await publishedCountry(pointsAt([crl]), respondersAt(ocsp))
const silent = await publishedCountry()
const { cscaKey, cscaCertificate: issuer } = stated
const otherKey = await testKey('other')
const trust = await createTrustStore({ anchors: [{ certificate: stated.csca }] })

const list = { issuer: country.csca, key: cscaKey }
const answer = { certificate: stated.signerCertificate, issuer, key: cscaKey }
const yesterday = '2025-12-31T12:00:00Z'
const onlyAuthorities = extension('2.5.29.28', sequence(encodeTlv(0x82, Uint8Array.of(0xff))), true)

interface State {
  readonly crl: Uint8Array | undefined
  readonly ocsp: Uint8Array | undefined
  /** What the check says of a list, and of an answer. */
  readonly reasons?: readonly [string, string]
}

const states: Readonly<Record<string, State>> = {
  good: { crl: await revocationList(list), ocsp: await ocspAnswer(answer) },
  revoked: {
    crl: await revocationList({ ...list, revoked: [{ serialNumber: 0x11 }] }),
    ocsp: await ocspAnswer({ ...answer, status: 'revoked' }),
  },
  unknown: {
    crl: await revocationList({ ...list, extensions: [onlyAuthorities] }),
    ocsp: await ocspAnswer({ ...answer, status: 'unknown' }),
    reasons: ['revocation-data-scope', 'revocation-unknown'],
  },
  stale: {
    crl: await revocationList({ ...list, nextUpdate: yesterday }),
    ocsp: await ocspAnswer({ ...answer, nextUpdate: yesterday }),
    reasons: ['revocation-data-stale', 'revocation-data-stale'],
  },
  unreachable: { crl: undefined, ocsp: undefined, reasons: ['no-revocation-data', 'no-revocation-data'] },
  'not-signed-by-issuer': {
    crl: await revocationList({ ...list, key: otherKey }),
    ocsp: await ocspAnswer({ ...answer, key: otherKey }),
    reasons: ['signature-wrong', 'signature-wrong'],
  },
  none: { crl: undefined, ocsp: undefined, reasons: ['no-revocation-data', 'no-revocation-data'] },
}

const policies = ['require', 'prefer', 'off'] as const satisfies readonly RevocationPolicy[]

/** The table of the documentation: for each state the outcome under each policy. */
function documented(): Readonly<Record<string, readonly string[]>> {
  const text = readFileSync(new URL('../../../docs/trust.md', import.meta.url), 'utf8')
  const [, , ...rows] = /\| what is known \|[\s\S]*?\n\n/.exec(text)?.[0].trim().split('\n') ?? []
  const cells = rows.map((row) => row.split('|').slice(1, -1))
  return Object.fromEntries(
    cells.map(([state = '', ...outcomes]) => [state.trim().split(':')[0], outcomes.map((each) => each.trim().replace(/`/g, ''))]),
  )
}

/** What is fetched with such hosts, and what the chain then is; `with a finding` where that says that nothing is known. */
async function outcomeOf(
  served: Pick<State, 'crl' | 'ocsp'>,
  sources: readonly ('crl' | 'ocsp')[],
  policy: RevocationPolicy,
  from = stated,
) {
  const { fetcher, asked } = hosts({
    ...(served.crl && { [crl]: () => served.crl as Uint8Array }),
    ...(served.ocsp && { [ocsp]: () => served.ocsp as Uint8Array }),
  })
  const signer = from.signerCertificate
  const { input } = await fetchRevocation([signer], { fetcher, at, policy, issuers: [issuer], sources })
  const { checks, findings } = await verifyChain({ signer, trust, at, document, revocation: input })
  const { status = '', reason, data } = checks.find(({ id }) => id === 'chain.csca') ?? {}
  const said = findings.some(({ code }) => code === 'revocation-unknown') ? ', with a finding' : ''
  return { outcome: `${status}${reason === undefined ? '' : `: ${reason}`}${said}`, why: data?.revocationReason, asked }
}

describe('what is known of revocation, and how much must be', () => {
  const table = documented()

  it('is documented in full', () => {
    expect(Object.keys(table)).toEqual(Object.keys(states))
  })

  it.each(
    Object.entries(states).flatMap(([state, served]) =>
      policies.flatMap((policy, column) =>
        (['crl', 'ocsp'] as const).map((source) => ({ state, served, policy, column, source })),
      ),
    ),
  )('$state, $policy, $source', async ({ state, served, policy, column, source }) => {
    const { outcome, why, asked } = await outcomeOf(served, [source], policy, state === 'none' ? silent : stated)
    expect(outcome).toBe(table[state]?.[column])
    if (policy === 'off') expect([why, asked]).toEqual([undefined, []])
    else expect(why).toBe(served.reasons?.[source === 'crl' ? 0 : 1])
  })

  it.each([
    ['good', 'revoked', 'failed: revoked'],
    ['revoked', 'good', 'failed: revoked'],
    ['stale', 'revoked', 'failed: revoked'],
    ['revoked', 'not-signed-by-issuer', 'failed: revoked'],
    ['good', 'unknown', 'passed'],
    ['unknown', 'good', 'passed'],
    ['good', 'stale', 'passed'],
    ['stale', 'stale', 'inconclusive: revocation-unknown, with a finding'],
    ['unreachable', 'not-signed-by-issuer', 'inconclusive: revocation-unknown, with a finding'],
  ] as const)('a list that says %s and an answer that says %s: %s', async (listed, answered, expected) => {
    const served = { crl: states[listed]?.crl, ocsp: states[answered]?.ocsp }
    expect((await outcomeOf(served, ['crl', 'ocsp'], 'require')).outcome).toBe(expected)
  })
})
