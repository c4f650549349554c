import { checkOf, encodeTlv, encodeUtf8 } from '@cccd/core'
import { nodeCrypto } from '@cccd/crypto/node'
import {
  type ChainCheckId,
  createTrustStore,
  demoExtensionOid,
  type PinInput,
  parseSignedData,
  verifyChain,
  verifySignedData,
} from '@cccd/pki'
import { strictProfilePolicy } from '@cccd/pki/profile'
import { parseOcspResponse, verifyOcspResponse } from '@cccd/pki/revocation'
import { type MatrixCell, type MatrixPlace, matrixDefects, matrixEncodings } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { expectedProfiles, issueCell, verdictOf } from '../../simulator/test/support/matrix.js'
import { at, country, document, makeCountry, read } from './demoCountry.js'
import {
  byIssuerAndSerial,
  type CertificateRequest,
  contentType,
  extension,
  integer,
  issue,
  ldsSecurityObject,
  messageDigest,
  oid,
  publicKeyInfo,
  sequence,
  set,
  signedData,
  signerInfo,
  testKey,
} from './issuer.js'
import { literalUnion } from './literalUnion.js'
import { type AnswerRequest, ocspAnswer } from './revocationIssuer.js'

// That each check matters: for every reason that the source knows there is a cell of the matrix, held to it by its own tests, or a scene here,
// that leads to exactly it. A reason without either fails.

type Scene = () => Promise<string>
type Scenes = Readonly<Record<string, Scene>>

const { csca, cscaKey, signer, signerKey } = await makeCountry()
const anchors = [{ certificate: csca }]

interface ChainScene {
  readonly trust?: Parameters<typeof createTrustStore>[0]
  readonly signer?: Uint8Array
  readonly more?: Partial<Parameters<typeof verifyChain>[0]>
}

const chain =
  (id: ChainCheckId, scene: ChainScene = {}): Scene =>
  async () => {
    const trust = await createTrustStore(scene.trust ?? { anchors })
    const result = await verifyChain({ signer: read(scene.signer ?? signer), trust, at, document, ...scene.more })
    return checkOf(result, id).reason ?? 'passed'
  }

const validity = (id: 'chain.validity-at-signing' | 'chain.validity-now', times: (time: string) => ChainScene): Scenes => ({
  expired: chain(id, times('2036-01-01T00:00:00Z')),
  'not-yet-valid': chain(id, times('2019-01-01T00:00:00Z')),
  'certificate-malformed': chain(id, { signer: twice }),
})

const signerWith = (more: Partial<CertificateRequest>): Promise<Uint8Array> =>
  issue({ subject: country.signer, key: signerKey, issuer: { subject: country.csca, key: cscaKey }, ...more })
const demo = await signerWith({ extensions: [extension(demoExtensionOid, encodeTlv(0x05), true)] })
const visas = sequence(integer(0), set(encodeTlv(0x13, encodeUtf8('V'))))
const ofVisas = await signerWith({ extensions: [extension('2.23.136.1.1.6.2', visas)] })
const unreadable = extension('2.5.29.31', sequence())
const twice = await signerWith({ extensions: [unreadable, unreadable] })
const pin: PinInput = { certificate: signer, source: 'test', confirmedBy: ['one', 'two'] }

/** Three signers for whom eight keys must be tried each, and a fourth. */
async function exhausted(): Promise<string> {
  const content = encodeTlv(0x30)
  const decoys = await Promise.all(
    Array.from({ length: 7 }, async (_, index) =>
      issue({ subject: country.signer, key: await testKey(`decoy ${index}`), issuer: { subject: country.csca, key: cscaKey } }),
    ),
  )
  const attributes = [contentType(ldsSecurityObject), messageDigest(content)]
  const info = await signerInfo({ key: signerKey, identifier: byIssuerAndSerial(country.csca), attributes }, content)
  const { reason } = await verifySignedData(parseSignedData(signedData(content, [...decoys, signer], [info, info, info, info])))
  return reason ?? 'passed'
}

const answered =
  (request: Partial<AnswerRequest>, nonce?: Uint8Array): Scene =>
  async () => {
    const about = { certificate: read(signer), issuer: read(csca) }
    const response = parseOcspResponse(await ocspAnswer({ ...about, key: cscaKey, ...request }))
    const verdict = await verifyOcspResponse({ ...about, response, at, ...(nonce && { nonce }) })
    return verdict.reason ?? verdict.status
  }

/** A responder whose certificate has a point that is not on the curve. */
const responderKey = await testKey('responder')
if (responderKey.publicKey.type !== 'ec') throw new TypeError('key is EC')
const point = responderKey.publicKey.point.slice()
point[64] = (point[64] as number) ^ 1
const offCurve = { ...responderKey.publicKey, point }
const responder = await issue({
  subject: 'C=XU, CN=Responder',
  key: responderKey,
  issuer: { subject: country.csca, key: cscaKey },
  publicKeyInfo: publicKeyInfo(offCurve),
  extensions: [extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.9')))],
})

const fastest = { type: 'ec', curve: 'P-256', hash: 'sha256', form: 'explicit' } as const
/** What the master list of a cell is said to be, where the cell is about something else. */
const masterListOf =
  (cell: Omit<MatrixCell, 'algorithm'>): Scene =>
  async () =>
    (await verdictOf(await issueCell({ algorithm: fastest, ...cell }), nodeCrypto()))['master list'].replace(/^\w+: /, '')

/** Reasons that cells of the matrix lead to, by the check that says them; in brackets, why revocation is unknown. */
function reasonsOfCells(...checks: readonly string[]): Set<string> {
  const said = Object.values(matrixDefects)
    .flatMap(({ places }) => Object.values(places))
    .flatMap(({ check, says }) => (check !== undefined && says !== undefined && checks.includes(check) ? [says] : []))
  return new Set(said.flatMap((text) => /^\w+: ([\w-]+)/.exec(text)?.[1] ?? []))
}

const revocationReasonsOfCells = (): Set<string> =>
  new Set(
    Object.values(matrixDefects)
      .flatMap(({ places }) => Object.values(places))
      .flatMap(({ says = '' }) => /\(([\w-]+)\)$/.exec(says)?.[1] ?? []),
  )

/** Codes of the profile: from defects, ways of writing, and algorithms. */
function codesOfCells(): Set<string> {
  const places = Object.values(matrixDefects).flatMap(
    ({ places: each }) => Object.entries(each) as [MatrixPlace, { profile?: readonly string[] }][],
  )
  const algorithms = [
    fastest,
    { ...fastest, form: 'named' },
    { ...fastest, hash: 'sha1' },
    { ...fastest, curve: 'P-192' },
  ] as const
  return new Set([
    ...places.flatMap(([, { profile = [] }]) => profile),
    ...Object.values(matrixEncodings).flatMap(({ profile = [] }) => profile),
    ...algorithms.flatMap((algorithm) => Object.values(expectedProfiles({ algorithm })).flat()),
  ])
}

const none = new Set<string>()
const signerReasons = literalUnion('cms/verifySignedData.ts', 'SignerReason')
const chainReasons = literalUnion('chain/chainReasons.ts', 'ChainReason')
const validityReasons = literalUnion('chain/chainReasons.ts', 'ValidityReason')

interface Reasons {
  readonly what: string
  readonly reasons: readonly string[]
  /** Led to by cells. */
  readonly cells: ReadonlySet<string>
  readonly scenes?: Scenes
  /** Reasons of another union that the same function says, and which function. */
  readonly shared?: { readonly reasons: readonly string[]; readonly by: string }
}

const all: readonly Reasons[] = [
  {
    what: 'sod.signature',
    reasons: signerReasons,
    cells: reasonsOfCells('sod.signature'),
    scenes: { 'search-exhausted': exhausted },
  },
  {
    what: 'chain.csca',
    reasons: chainReasons,
    cells: reasonsOfCells('chain.csca', 'chain.csca over a link'),
    scenes: {
      'anchor-scope': chain('chain.csca', { trust: { anchors: [{ certificate: csca, scope: { documents: ['visa'] } }] } }),
      'demo-certificate': chain('chain.csca', { signer: demo }),
      profile: chain('chain.csca', { more: { profile: strictProfilePolicy } }),
    },
  },
  {
    what: 'chain.validity-now',
    // Whether there is a signing time is a question of the other check.
    reasons: validityReasons.filter((reason) => reason !== 'no-signing-time'),
    cells: none,
    scenes: validity('chain.validity-now', (time) => ({ more: { at: time } })),
  },
  {
    what: 'chain.validity-at-signing',
    reasons: validityReasons,
    cells: none,
    scenes: {
      ...validity('chain.validity-at-signing', (signingTime) => ({ more: { signingTime } })),
      'no-signing-time': chain('chain.validity-at-signing'),
    },
  },
  {
    what: 'signer.pinned',
    reasons: literalUnion('chain/chainReasons.ts', 'PinReason'),
    cells: none,
    scenes: {
      'none-given': chain('signer.pinned'),
      'certificate-malformed': chain('signer.pinned', { signer: twice }),
      'not-confirmed': chain('signer.pinned', { trust: { pins: [{ ...pin, confirmedBy: ['one'] }] } }),
      'pin-withdrawn': chain('signer.pinned', { trust: { pins: [{ ...pin, withdrawn: true }] } }),
      'country-differs': chain('signer.pinned', { trust: { pins: [pin] }, more: { document: { ...document, country: 'XA' } } }),
      'document-type': chain('signer.pinned', { signer: ofVisas, trust: { pins: [{ ...pin, certificate: ofVisas }] } }),
      'demo-certificate': chain('signer.pinned', { signer: demo, trust: { pins: [{ ...pin, certificate: demo }] } }),
    },
  },
  {
    what: 'revocation',
    reasons: literalUnion('revocation/RevocationVerdict.ts', 'RevocationReason'),
    cells: revocationReasonsOfCells(),
    scenes: {
      'revocation-unknown': answered({ status: 'unknown' }),
      'nonce-differs': answered({ nonce: Uint8Array.of(1) }, Uint8Array.of(2)),
      'key-wrong': answered({ key: responderKey, responder: read(responder), certificates: [responder] }),
    },
  },
  {
    what: 'profile',
    reasons: literalUnion('profile/ProfileCode.ts', 'ProfileCode'),
    cells: codesOfCells(),
  },
  {
    what: 'master list',
    reasons: literalUnion('trust/verifyMasterList.ts', 'MasterListReason'),
    cells: reasonsOfCells('master list'),
    scenes: { 'not-a-ca': masterListOf({ defect: 'no-ca', place: 'csca' }) },
    shared: { reasons: signerReasons, by: 'verifySignedData' },
  },
  {
    what: 'deviation list',
    reasons: literalUnion('deviation/verifyDeviationList.ts', 'DeviationListReason'),
    cells: reasonsOfCells('deviation list'),
    shared: { reasons: [...signerReasons, ...chainReasons], by: 'verifySignedData, verifyChain' },
  },
]

describe.each(all)('every reason of $what', ({ reasons, cells, scenes = {}, shared }) => {
  it(`has a cell, a scene, or another check that says it${shared === undefined ? '' : ` (${shared.by})`}`, () => {
    const covered = (reason: string): boolean =>
      cells.has(reason) || Object.hasOwn(scenes, reason) || shared?.reasons.includes(reason) === true
    expect(reasons.filter((reason) => !covered(reason))).toEqual([])
  })

  it('is in the source: no cell and no scene says another', () => {
    expect([...cells, ...Object.keys(scenes)].filter((reason) => !reasons.includes(reason))).toEqual([])
  })

  it.each(Object.entries(scenes))('%s', async (reason, scene) => {
    expect(await scene()).toBe(reason)
  })
})
