import { encodeHex, equalBytes } from '@cccd/core'
import { type CryptoPort, loadCrypto, type RandomSource } from '@cccd/crypto'
import type { Fetcher } from '@cccd/http'
import type { Certificate } from '../../certificate/Certificate.js'
import { sameName } from '../../certificate/DistinguishedName.js'
import { fingerprintOf } from '../../certificate/fingerprintOf.js'
import { isIssuedBy } from '../../certificate/isIssuedBy.js'
import { readInstant } from '../../chain/checkValidity.js'
import { Errand } from '../../fetch/Errand.js'
import { encodeOcspRequest } from '../encodeOcspRequest.js'
import { tryParseOcspResponse } from '../parseOcspResponse.js'
import { tryParseRevocationList } from '../parseRevocationList.js'
import type { RevocationInput, RevocationPolicy } from '../RevocationInput.js'
import { revocationPolicyOf } from '../revocationPolicyOf.js'
import { verifyListSignature } from '../verifyListSignature.js'
import { verifyOcspResponse } from '../verifyOcspResponse.js'
import { type Obtained, obtain, type ReadOutcome } from './obtain.js'
import { RevocationCache } from './RevocationCache.js'
import type { RevocationMaterial, RevocationMiss } from './RevocationMaterial.js'
import { revocationAddresses } from './revocationAddresses.js'
import { revocationInput } from './revocationInput.js'

export interface FetchRevocationOptions {
  /** The way out, such as `nodeFetcher` of `@cccd/http/node`. Absent: offline, from the cache alone. */
  readonly fetcher?: Fetcher
  /** The instant for which revocation is wanted, ISO 8601. */
  readonly at: string
  /** What the absence of data will cost; handed on. Under `off` nothing is asked. */
  readonly policy: RevocationPolicy
  /** Authorities that are trusted: anchors. About a certificate that leads to none of them nobody is asked: its addresses may be anybody's. */
  readonly issuers: readonly Certificate[]
  readonly cache?: RevocationCache
  /** What is asked for (default: both). */
  readonly sources?: readonly ('crl' | 'ocsp')[]
  /** Sends a nonce of 16 bytes to responders and refuses answers with another, or with none where it is `required`. */
  readonly nonce?: { readonly random: RandomSource; readonly required?: boolean }
  /** Largest list taken, in bytes (default 16 MiB). */
  readonly maxListBytes?: number
  /** Milliseconds after which the call gives what it has (default 20,000). One request gets half of it: the next place is asked as well. */
  readonly deadline?: number
  readonly signal?: AbortSignal | undefined
  /** Requests of one call, redirects apart (default 32). */
  readonly maxRequests?: number
  readonly crypto?: CryptoPort
}

/** What was had, and what was not. */
export interface FetchedRevocation {
  /** For the option `revocation` of `verifyChain` and `verifyReading`. */
  readonly input: RevocationInput
  /** The same as plain bytes, to be kept with the verdict: `revocationInput` makes the input of it again. */
  readonly material: readonly RevocationMaterial[]
  readonly misses: readonly RevocationMiss[]
}

const maxCertificates = 16
const atOnce = 4
const maxOcspBytes = 65_536

/**
 * Asks for the revocation of certificates at the addresses that they state: lists at their distribution points (RFC 5280 4.2.1.13), answers
 * at their responders (RFC 6960). Addresses are foreign data: the fetcher decides which may be asked. Nothing is judged here but whether
 * something may be kept; nothing that goes wrong on the way throws. Self-issued certificates, among them the country CA's, are passed over.
 * When time is up the call gives what it has, the rest is `out-of-time`; then, or when `signal` aborts, every request ends that no other call
 * of the same cache waits for, and what was cut off leaves nothing in the cache.
 *
 * @throws RangeError for a time, policy or limit that is none or more than 16 certificates; HttpError `HTTP_ABORTED`
 * @example
 * const issuers = trust.anchorsNamed(signer.issuer).map(({ certificate }) => certificate)
 * const { input, material } = await fetchRevocation([signer], { fetcher, cache, issuers, at, policy: 'require' })
 * const { checks } = await verifyChain({ signer, trust, at, revocation: input })
 */
export async function fetchRevocation(
  certificates: readonly Certificate[],
  options: FetchRevocationOptions,
): Promise<FetchedRevocation> {
  if (certificates.length > maxCertificates) throw new RangeError(`no more than ${maxCertificates} certificates`)
  const at = readInstant(options.at, 'at')
  const policy = revocationPolicyOf(options)
  const { sources = ['crl', 'ocsp'] } = options
  if (policy === 'off') return { input: { policy }, material: [], misses: [] }
  const { deadline = 20_000, signal, maxRequests = 32 } = options
  const crypto = options.crypto ?? (await loadCrypto())
  const errand = new Errand({ deadline, signal, maxRequests })
  try {
    errand.deadline.check()
    const issuers = await errand.within(issuersOf(certificates, options.issuers, crypto), undefined)
    if (issuers === undefined) {
      const misses = sources.map((type) => ({ miss: { type, reason: 'out-of-time' } as const }))
      return outcomeOf(misses, policy)
    }
    const known = [...issuers.keys(), ...options.issuers]
    const context: Context = { ...options, at, cache: options.cache ?? new RevocationCache(), crypto, known, errand }
    return outcomeOf(await inTurns([...questions(certificates, sources, issuers, context).values()]), policy)
  } finally {
    errand.deadline.end()
  }
}

function outcomeOf(outcomes: readonly Obtained[], policy: RevocationPolicy): FetchedRevocation {
  const material = withoutRepeats(outcomes.flatMap((outcome) => outcome.material ?? []))
  return { input: revocationInput(material, policy), material, misses: outcomes.flatMap(({ miss }) => miss ?? []) }
}

/** What is to be asked, each once: two certificates may state the same list. */
function questions(
  certificates: readonly Certificate[],
  sources: readonly ('crl' | 'ocsp')[],
  issuers: ReadonlyMap<Certificate, Certificate>,
  context: Context,
): ReadonlyMap<string, () => Promise<Obtained>> {
  const asked = new Map<string, () => Promise<Obtained>>()
  for (const certificate of certificates.filter(({ selfIssued }) => !selfIssued)) {
    const name = fingerprintOf(certificate.raw, context.crypto)
    const issuer = issuers.get(certificate)
    const { lists, responders } = revocationAddresses(certificate)
    const addresses = { crl: lists, ocsp: responders }
    for (const type of sources)
      if (issuer === undefined || addresses[type].length === 0) {
        const reason = issuer === undefined ? 'no-issuer' : 'no-address'
        asked.set(`${type} ${name}`, async () => ({ miss: { type, reason } }))
      } else if (type === 'ocsp') asked.set(`ocsp ${name}`, async () => answerFor(certificate, issuer, responders, context))
      else for (const places of lists) asked.set(`crl ${places.join(' ')}`, () => anyOf(places, (url) => listAt(url, context)))
  }
  return asked
}

interface Context extends FetchRevocationOptions {
  readonly cache: RevocationCache
  readonly crypto: CryptoPort
  /** Certificates that may have signed what comes. */
  readonly known: readonly Certificate[]
  readonly errand: Errand
}

/** The first place that gives something signed by somebody known; else the first thing that any gave: it may still count. */
async function anyOf(places: readonly string[], ask: (url: string) => Promise<Obtained>): Promise<Obtained> {
  let best: Obtained = {}
  for (const url of places) {
    const got = await ask(url)
    if (got.settled === true) return got
    best = { ...got, ...(best.material && { material: best.material }) }
  }
  return best
}

function listAt(url: string, context: Context): Promise<Obtained> {
  const { fetcher, cache, at, crypto, known, errand, maxListBytes = 16_777_216 } = context
  const read = async (bytes: Uint8Array): Promise<ReadOutcome> => {
    const list = tryParseRevocationList(bytes)
    if (!list.ok) return { ok: false, reason: 'malformed' }
    const { issuer, nextUpdate } = list.value
    for (const signer of known)
      if (sameName(signer.subject, issuer) && (await verifyListSignature(list.value, signer, crypto)) === undefined)
        return { ok: true, keep: true, expires: nextUpdate }
    return { ok: true, keep: false }
  }
  return obtain({ type: 'crl', key: `crl ${url}`, request: { url, maxBytes: maxListBytes }, read, fetcher, cache, at, errand })
}

function answerFor(
  certificate: Certificate,
  issuer: Certificate,
  responders: readonly string[],
  context: Context,
): Promise<Obtained> {
  const { fetcher, cache, at, crypto, nonce, errand } = context
  const name = encodeHex(crypto.hash('sha256', encodeOcspRequest({ certificate, issuer, crypto })))
  return anyOf(responders, (url) => {
    const sent = nonce?.random(16)
    const body = encodeOcspRequest({ certificate, issuer, crypto, ...(sent && { nonce: sent }) })
    const read = async (bytes: Uint8Array): Promise<ReadOutcome> => {
      const answer = tryParseOcspResponse(bytes)
      if (!answer.ok) return { ok: false, reason: 'malformed' }
      const { value: response } = answer
      if (response.basic === undefined) return { ok: false, reason: 'refused-by-responder' }
      const { status, reason, nextUpdate } = await verifyOcspResponse({
        response,
        certificate,
        issuer,
        at,
        crypto,
        ...(sent && { nonce: sent, allowMissingNonce: nonce?.required !== true }),
      })
      if (reason === 'nonce-differs') return { ok: false, reason }
      return { ok: true, keep: status !== 'unknown', expires: nextUpdate }
    }
    const headers = { 'content-type': 'application/ocsp-request' }
    const request = { url, body, headers, accept: ['application/ocsp-response'], maxBytes: maxOcspBytes }
    // Who requires a nonce is not served with what came to somebody without one.
    const key = `ocsp ${url} ${name}${nonce?.required === true ? ' nonce' : ''}`
    return obtain({ type: 'ocsp', key, request, read, fetcher, cache, at, errand })
  })
}

/** The issuer of each certificate that leads to a trusted one, over others of them where needed. A name may be anybody's: the issuer is who signed. */
async function issuersOf(
  certificates: readonly Certificate[],
  trusted: readonly Certificate[],
  crypto: CryptoPort,
): Promise<ReadonlyMap<Certificate, Certificate>> {
  const found = new Map<Certificate, Certificate>()
  let authorities = trusted
  while (authorities.length > 0) {
    const next: Certificate[] = []
    for (const certificate of certificates.filter((each) => !found.has(each)))
      for (const issuer of authorities) {
        if (found.has(certificate) || !(await isIssuedBy(certificate, issuer, crypto))) continue
        found.set(certificate, issuer)
        if (certificate.isCa) next.push(certificate)
      }
    authorities = next
  }
  return found
}

/** Runs all, a few at once, and gives what came of them in their order. */
async function inTurns(works: readonly (() => Promise<Obtained>)[]): Promise<Obtained[]> {
  const outcomes: Obtained[] = []
  const waiting = works.entries()
  const take = async (): Promise<void> => {
    for (const [position, work] of waiting) outcomes[position] = await work()
  }
  await Promise.all(Array.from({ length: atOnce }, take))
  return outcomes
}

function withoutRepeats(material: readonly RevocationMaterial[]): RevocationMaterial[] {
  return material.filter((each, position) => material.findIndex(({ bytes }) => equalBytes(bytes, each.bytes)) === position)
}
