import { checkOf, parseTlv } from '@cccd/core'
import {
  type CryptoPort,
  type CurveName,
  curveNames,
  curveParameters,
  type HashAlgorithm,
  type PrivateKeySpec,
} from '@cccd/crypto'
import { generateKeyPair } from '@cccd/crypto/default'
import {
  createTrustStore,
  parseCertificate,
  parseDeviationList,
  parseMasterList,
  parseSignedData,
  verifyChain,
  verifyDeviationList,
  verifyMasterList,
  verifySignedData,
} from '@cccd/pki'
import { type CertificateRole, checkCertificateProfile, type ProfileCode } from '@cccd/pki/profile'
import { parseRevocationList, type RevocationInput } from '@cccd/pki/revocation'
import {
  isMatrixCell,
  type KeyAlgorithm,
  type MatrixCell,
  type MatrixCheck,
  type MatrixDefect,
  type MatrixEncoding,
  type MatrixIssuer,
  type MatrixKeyRole,
  type MatrixPlace,
  matrixDefects,
  matrixEncodings,
  matrixIssuer,
  seededRandom,
  verdictOfCell,
} from '@cccd/simulator'
import { expect } from 'vitest'

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
  { type: 'ec', curve: 'P-256', hash: 'sha256', form: 'explicit' },
  { type: 'ec', curve: 'P-256', hash: 'sha256', form: 'named' },
  { type: 'rsa', bits: 2048, hash: 'sha256' },
  { type: 'rsa', bits: 2048, hash: 'sha256', exponent: 3 },
  { type: 'rsa', bits: 2048, hash: 'sha256', padding: 'pss', saltLength: 32 },
]

export const encodings = Object.keys(matrixEncodings) as MatrixEncoding[]
export const defects = Object.keys(matrixDefects) as MatrixDefect[]
/** Every defect with every place that can have it. */
export const defectsInPlaces = defects.flatMap((defect) =>
  (Object.keys(matrixDefects[defect].places) as MatrixPlace[]).map((place) => ({ defect, place })),
)

/** Every cell: all algorithms as they should be, and each kind with every way of writing and every defect in every place. */
export const cells: readonly MatrixCell[] = [
  ...[...elliptic, ...rsa].map((algorithm) => ({ algorithm })),
  ...kinds.flatMap((algorithm) => [
    ...encodings.map((encoding) => ({ algorithm, encoding })),
    ...defectsInPlaces.map((defect) => ({ algorithm, ...defect })),
  ]),
].filter(isMatrixCell)

export function nameOf({ algorithm, encoding, defect, place }: MatrixCell): string {
  return [...Object.values(algorithm), encoding, defect, place].filter((part) => part !== undefined).join(' ')
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

export type Verdict = Readonly<Record<MatrixCheck, string>>

/** What the verifier says of an issuer, over its CSCA and, where there is a link, over the former one. */
export async function verdictOf(issuer: MatrixIssuer, crypto: CryptoPort): Promise<Verdict> {
  const data = parseSignedData(parseTlv(issuer.securityObject).value)
  const signed = await verifySignedData(data, { crypto })
  const about = {
    signer: signed.signers[0]?.certificate ?? parseCertificate(issuer.signer.certificate),
    at,
    crypto,
    document: { country: 'VNM', type: 'ID' },
  } as const
  const certificates = [{ certificate: issuer.link, source: 'link' }]
  const storeOf = (certificate: Uint8Array) =>
    createTrustStore({ anchors: [{ certificate }], certificates, allowDemo: true, crypto })
  const [trust, formerTrust] = [await storeOf(issuer.csca.certificate), await storeOf(issuer.former.certificate)]
  const revocation = { lists: [parseRevocationList(issuer.revocationList)], policy: revocationPolicy(issuer.cell) }
  const own = (await verifyChain({ ...about, trust, revocation })).checks
  const linked = (await verifyChain({ ...about, trust: formerTrust })).checks
  const anchors = [parseCertificate(issuer.csca.certificate)]
  const list = await verifyMasterList(parseMasterList(issuer.masterList), { anchors, crypto })
  const deviations = parseDeviationList(issuer.deviationList)
  const chain = (from: typeof own, id: string): string => {
    const { status, reason, data: { matched, revocationReason } = {} } = checkOf({ checks: from }, id)
    if (status === 'passed') return matched === 'name' ? 'passed by name' : 'passed'
    return textOf({ status, reason: reason === 'revocation-unknown' ? `${reason} (${String(revocationReason)})` : reason })
  }
  return {
    'sod.signature': textOf(signed),
    'chain.csca': chain(own, 'chain.csca'),
    'chain.validity-now': chain(own, 'chain.validity-now'),
    'chain.csca over a link': chain(linked, 'chain.csca'),
    'chain.validity-now over a link': chain(linked, 'chain.validity-now'),
    'master list': textOf(list),
    'deviation list': textOf(await verifyDeviationList({ list: deviations, trust, at, crypto })),
  }
}

const textOf = ({ status, reason }: { readonly status: string; readonly reason?: string | undefined }): string =>
  reason === undefined ? status : `${status}: ${reason}`

/** An expired authority signs no lists, and the one between has none: there the list is looked at and not required. */
function revocationPolicy(cell: MatrixCell): NonNullable<RevocationInput['policy']> {
  const { defect } = cell
  const late = defect === 'expired' || defect === 'not-yet-valid' || defect === 'utc-time-past-2049'
  return (late && verdictOfCell(cell)?.place === 'csca') || defect === 'intermediate-authority' ? 'prefer' : 'require'
}

const roles: readonly (readonly [MatrixPlace, CertificateRole])[] = [
  ['csca', 'csca'],
  ['link', 'csca-link'],
  ['signer', 'document-signer'],
  ['master-list-signer', 'master-list-signer'],
  ['deviation-list-signer', 'deviation-list-signer'],
]

/** Findings of the profile, by place. */
export function profilesOf(issuer: MatrixIssuer): Readonly<Partial<Record<MatrixPlace, readonly ProfileCode[]>>> {
  const certificates: Partial<Record<MatrixPlace, Uint8Array>> = {
    csca: issuer.csca.certificate,
    link: issuer.link,
    signer: issuer.signer.certificate,
    'master-list-signer': issuer.masterListSigner.certificate,
    'deviation-list-signer': issuer.deviationListSigner.certificate,
  }
  return Object.fromEntries(
    roles.map(([place, role]) => {
      const certificate = parseCertificate(certificates[place] ?? new Uint8Array(0))
      return [place, sorted(checkCertificateProfile(certificate, { role }).findings.map(({ code }) => code))]
    }),
  )
}

const sorted = (codes: readonly ProfileCode[]): ProfileCode[] => [...new Set(codes)].sort()

/** What the profile must find: what the algorithm and the way of writing lead to everywhere, and in its place what the defect does. */
export function expectedProfiles(cell: MatrixCell): ReturnType<typeof profilesOf> {
  const { algorithm, encoding } = cell
  const everywhere: ProfileCode[] = [...((encoding && matrixEncodings[encoding].profile) ?? [])]
  if (algorithm.hash === 'sha1') everywhere.push('hash-not-permitted')
  if (algorithm.type === 'ec') {
    if (algorithm.form === 'named') everywhere.push('curve-named')
    if (curveParameters(algorithm.curve).p < 1n << 223n) everywhere.push('weak-key')
  }
  const found = verdictOfCell(cell)
  return Object.fromEntries(
    roles.map(([place]) => {
      const own = found?.place === place ? (found.verdict.profile ?? []) : []
      // Of what cannot be read nothing else is said.
      return [place, own.includes('certificate-field-unreadable') ? own : sorted([...everywhere, ...own])]
    }),
  )
}

const everything: readonly MatrixCheck[] = [
  'sod.signature',
  'chain.csca',
  'chain.validity-now',
  'chain.csca over a link',
  'chain.validity-now over a link',
  'master list',
  'deviation list',
]
const chains = everything.filter((check) => check.startsWith('chain.'))
const overLink = everything.filter((check) => check.endsWith('over a link'))

/** What a defect in a place may change; everything else stays as it is without. */
const reach: Readonly<Record<MatrixPlace, readonly MatrixCheck[]>> = {
  signer: ['sod.signature', ...chains],
  csca: everything.filter((check) => check !== 'sod.signature' && !overLink.includes(check)),
  link: overLink,
  'master-list-signer': ['master list'],
  'deviation-list-signer': ['deviation list'],
  'security-object': ['sod.signature'],
  'master-list': ['master list'],
  'deviation-list': ['deviation list'],
  'revocation-list': ['chain.csca'],
}

/** What must be said of a cell, from the tables of encodings and defects alone. */
export function expectVerdict(cell: MatrixCell, verdict: Verdict, profiles: ReturnType<typeof profilesOf>): void {
  const byName = cell.encoding === 'no-key-identifiers' ? 'passed by name' : 'passed'
  const expected: Record<string, string> = {}
  for (const check of everything) expected[check] = check.startsWith('chain.csca') ? byName : 'passed'
  const found = verdictOfCell(cell)
  if (found !== undefined) {
    const { check, says = '' } = found.verdict
    for (const reached of check === undefined ? [] : reach[found.place]) expected[reached] = verdict[reached]
    if (check !== undefined) expected[check] = says
  }
  expect(verdict).toEqual(expected)
  expect(profiles).toEqual(expectedProfiles(cell))
}
