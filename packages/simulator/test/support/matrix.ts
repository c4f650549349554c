import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { checkOf, parseTlv } from '@cccd/core'
import { type CryptoPort, type CurveName, curveNames, type HashAlgorithm, type PrivateKeySpec } from '@cccd/crypto'
import { generateKeyPair } from '@cccd/crypto/default'
import {
  createTrustStore,
  parseCertificate,
  parseMasterList,
  parseSignedData,
  verifyChain,
  verifyMasterList,
  verifySignedData,
} from '@cccd/pki'
import { parseRevocationList, type RevocationInput } from '@cccd/pki/revocation'
import {
  isMatrixCell,
  type KeyAlgorithm,
  type MatrixCell,
  type MatrixDefect,
  type MatrixIssuer,
  type MatrixKeyRole,
  matrixDefects,
  matrixEncodings,
  matrixIssuer,
  seededRandom,
} from '@cccd/simulator'
import { expect } from 'vitest'
import { pem } from './pem.js'

export const at = '2026-01-31T09:00:00Z'
const hashes: readonly HashAlgorithm[] = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512']

const elliptic = curveNames.flatMap((curve: CurveName) =>
  hashes.flatMap((hash) => (['named', 'explicit'] as const).map((form): KeyAlgorithm => ({ type: 'ec', curve, hash, form }))),
)
const rsa = hashes.flatMap((hash): KeyAlgorithm[] => [
  { type: 'rsa', bits: 2048, hash },
  { type: 'rsa', bits: 2048, hash, exponent: 3 },
  ...[0, 20, 32, 48, 64].map((saltLength): KeyAlgorithm => ({ type: 'rsa', bits: 2048, hash, padding: 'pss', saltLength })),
  { type: 'rsa', bits: 3072, hash, padding: 'pss' },
])
/** One of each kind, for the ways of writing and the defects. */
const kinds: readonly KeyAlgorithm[] = [
  { type: 'ec', curve: 'brainpoolP384r1', hash: 'sha384', form: 'explicit' },
  { type: 'ec', curve: 'P-256', hash: 'sha256', form: 'named' },
  { type: 'rsa', bits: 2048, hash: 'sha256' },
  { type: 'rsa', bits: 2048, hash: 'sha256', exponent: 3 },
  { type: 'rsa', bits: 2048, hash: 'sha256', padding: 'pss', saltLength: 32 },
]

/** Every cell: all algorithms as they should be, and each kind with every way of writing and every defect. */
export const cells: readonly MatrixCell[] = [
  ...[...elliptic, ...rsa].map((algorithm) => ({ algorithm })),
  ...kinds.flatMap((algorithm) => [
    ...matrixEncodings.map((encoding) => ({ algorithm, encoding })),
    ...(Object.keys(matrixDefects) as MatrixDefect[]).map((defect) => ({ algorithm, defect })),
  ]),
].filter(isMatrixCell)

export function nameOf({ algorithm, encoding, defect }: MatrixCell): string {
  return [...Object.values(algorithm), encoding, defect].filter((part) => part !== undefined).join(' ')
}

const made = new Map<string, Promise<PrivateKeySpec>>()
/** A key for a role; the same for all algorithms that can share it. */
function keyFor(role: MatrixKeyRole, algorithm: KeyAlgorithm): Promise<PrivateKeySpec> {
  const request =
    algorithm.type === 'ec'
      ? ({ type: 'ec', curve: algorithm.curve } as const)
      : ({ type: 'rsa', bits: algorithm.bits, exponent: algorithm.exponent ?? 65537 } as const)
  const name = `${role} ${Object.values(request).join(' ')}`
  const key = made.get(name) ?? generateKeyPair(request, seededRandom(name))
  made.set(name, key)
  return key
}

export const issueCell = (cell: MatrixCell): Promise<MatrixIssuer> =>
  matrixIssuer({ ...cell, random: seededRandom(nameOf(cell)), at, keys: keyFor })

type Verdict = Readonly<Record<string, string>>

/** What the verifier says of an issuer, over its CSCA and, where there is a link, over the former one. */
export async function verdictOf(issuer: MatrixIssuer, crypto: CryptoPort): Promise<Verdict> {
  const data = parseSignedData(parseTlv(issuer.securityObject).value)
  const { status, signers } = await verifySignedData(data, { crypto })
  const signer = signers[0]?.certificate ?? parseCertificate(issuer.signer.certificate)
  const about = {
    signer,
    at,
    crypto,
    document: { country: 'VNM', type: 'ID' },
    links: [parseCertificate(issuer.link)],
  } as const
  const { defect } = issuer.cell
  // An expired authority signs no lists, and the one between has none: there the list is looked at and not required.
  const required = defect === undefined || defect === 'revoked' || defect === 'list-of-other-key'
  const lists = [parseRevocationList(issuer.revocationList)]
  const checks = async (anchor: Uint8Array, revocation?: RevocationInput) => {
    const trust = await createTrustStore({ anchors: [{ certificate: anchor }], allowDemo: true, crypto })
    return (await verifyChain({ ...about, trust, revocation })).checks
  }
  const own = await checks(issuer.csca.certificate, { lists, policy: required ? 'require' : 'prefer' })
  const linked = await checks(issuer.former.certificate)
  const anchors = [parseCertificate(issuer.csca.certificate)]
  const list = await verifyMasterList(parseMasterList(issuer.masterList), { anchors, crypto })
  const text = (from: typeof own, id: string): string => {
    const check = checkOf({ checks: from }, id)
    return check.status === 'passed' ? 'passed' : `${check.status}: ${check.reason}`
  }
  return {
    'sod.signature': status,
    'chain.csca': text(own, 'chain.csca'),
    'chain.validity-now': text(own, 'chain.validity-now'),
    'master list': [list.status, list.reason, list.certificates].filter((part) => part !== undefined).join(' '),
    'chain.csca over the link': text(linked, 'chain.csca'),
  }
}

/** What must be said of a cell, from the table of defects alone. */
export function expectVerdict({ defect }: MatrixCell, verdict: Verdict): void {
  const passes = { 'sod.signature': 'passed', 'master list': 'passed 2', 'chain.csca': 'passed', 'chain.validity-now': 'passed' }
  if (defect === undefined) {
    expect(verdict).toEqual({ ...passes, 'chain.csca over the link': 'passed' })
    return
  }
  const { check, status, reason } = matrixDefects[defect]
  expect(verdict[check]).toBe(`${status}: ${reason}`)
  expect(verdict['sod.signature']).toBe('passed')
  if (check === 'chain.validity-now') expect(verdict['chain.csca']).toBe('passed')
}

/** What `openssl verify` says of the signer (and its list) under the CSCA: `OK` or the words of its error. */
export async function opensslVerdict(issuer: MatrixIssuer): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-'))
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const anchor = file('csca.pem', pem(issuer.csca.certificate))
  const list = file('list.pem', pem(issuer.revocationList, 'X509 CRL'))
  const between = issuer.cell.defect === 'intermediate-authority' ? ['-untrusted', file('link.pem', pem(issuer.link))] : []
  const signer = file('signer.pem', pem(issuer.signer.certificate))
  const seconds = String(Date.parse(at) / 1000)
  const options = ['-auth_level', '0', '-ignore_critical', '-crl_check', '-CRLfile', list, '-attime', seconds, '-CAfile', anchor]
  try {
    await promisify(execFile)('openssl', ['verify', ...options, ...between, signer], { timeout: 20_000 })
    return 'OK'
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return /lookup: (.*)/.exec(`${stdout}${stderr}`)?.[1] ?? `${stdout}${stderr}`
  } finally {
    rmSync(folder, { recursive: true })
  }
}
