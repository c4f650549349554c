import { equalBytes } from '@cccd/core'
import { type CryptoPort, loadCrypto } from '@cccd/crypto'
import { Deadline, type Fetcher } from '@cccd/http'
import type { Certificate } from '../../certificate/Certificate.js'
import { isIssuedBy } from '../../certificate/isIssuedBy.js'
import { readableValues } from '../../certificate/readableValues.js'
import { PkiError } from '../../errors.js'
import { askHost } from '../../fetch/askHost.js'
import { Errand } from '../../fetch/Errand.js'
import { authorityAccessOf } from '../authorityAccessOf.js'
import type { IssuerMaterial, IssuerMiss, IssuerMissReason } from './IssuerMaterial.js'
import { parseIssuerCertificates } from './parseIssuerCertificates.js'

export interface FetchIssuersOptions {
  /** The way out, such as `nodeFetcher` of `@cccd/http/node`. Its policy decides who may be asked: name the hosts of your authorities. */
  readonly fetcher: Fetcher
  /** Who is trusted: above a certificate that one of them has issued nothing is looked for. */
  readonly anchors: readonly Certificate[]
  /** Certificates that came along: their addresses are followed, what is among them is not asked for. */
  readonly certificates?: readonly Certificate[]
  /** How many issuers one above the other are looked for (default 4). */
  readonly maxDepth?: number
  /** Requests of one call, redirects apart (default 8). */
  readonly maxRequests?: number
  /** Largest answer taken, in bytes (default 256 KiB). */
  readonly maxBytes?: number
  /** Milliseconds after which the call gives what it has (default 10,000). One request gets half of it. */
  readonly deadline?: number
  readonly signal?: AbortSignal | undefined
  readonly crypto?: CryptoPort
}

/** What was had, and what was not. */
export interface FetchedIssuers {
  /** Candidates for `certificates` of `verifyCertificatePath`: each has signed the one before, nobody vouches for the last. */
  readonly certificates: readonly Certificate[]
  /** The same as plain bytes, in the same order, to be kept with the verdict. */
  readonly material: readonly IssuerMaterial[]
  readonly misses: readonly IssuerMiss[]
}

/** Addresses of one certificate that are asked. */
const maxPlaces = 3
/** Foreign data decides how many there could be, of certificates and of signatures to verify. */
const maxCertificates = 64
const maxSignatures = 256
const accept = 'application/pkix-cert, application/pkcs7-mime'

/**
 * Asks for the certificates between one and the anchors where the certificates say that their issuers are (id-ad-caIssuers, RFC 5280 4.2.2.1):
 * one in DER, or several as certs-only CMS. Addresses are foreign data, and here nobody trusted has signed them yet: whoever made the
 * certificate learns that and when it is looked at, from wherever the fetcher lets it. Nothing is judged: only what has signed a certificate
 * of the path is handed on, to be validated by `verifyCertificatePath`; a self-signed certificate never is, for an anchor comes from the operator alone.
 * No address is asked twice. When time is up the call gives what it has; nothing that goes wrong on the way throws.
 *
 * @throws RangeError for limits that are none; HttpError `HTTP_ABORTED`
 * @example
 * const { certificates } = await fetchIssuers(signer, { fetcher, anchors: [root] })
 * const { status } = await verifyCertificatePath({ certificate: signer, anchors: [root], certificates, at })
 */
export async function fetchIssuers(certificate: Certificate, options: FetchIssuersOptions): Promise<FetchedIssuers> {
  const { maxDepth = 4, deadline = 10_000, signal, maxRequests = 8, maxBytes = 262_144 } = options
  for (const limit of [maxDepth, maxBytes])
    if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError('maxDepth and maxBytes are whole numbers from 1')
  const errand = new Errand({ deadline, signal, maxRequests })
  try {
    errand.deadline.check()
    const search = new IssuerSearch(options, { errand, maxBytes, crypto: options.crypto ?? (await loadCrypto()) })
    await errand.within(search.run(certificate, maxDepth), undefined)
    return search.found()
  } finally {
    errand.deadline.end()
  }
}

interface SearchParts {
  readonly errand: Errand
  readonly maxBytes: number
  readonly crypto: CryptoPort
}

interface Candidate {
  readonly certificate: Certificate
  /** Undefined: it came along. */
  readonly url?: string
}

class IssuerSearch {
  readonly #options: FetchIssuersOptions
  readonly #parts: SearchParts
  readonly #candidates: Candidate[]
  readonly #linked = new Set<Candidate>()
  readonly #asked = new Set<string>()
  readonly #misses: IssuerMiss[] = []
  #signatures = 0

  constructor(options: FetchIssuersOptions, parts: SearchParts) {
    this.#options = options
    this.#parts = parts
    this.#candidates = (options.certificates ?? []).map((certificate) => ({ certificate }))
  }

  async run(target: Certificate, maxDepth: number): Promise<void> {
    let open: readonly Certificate[] = [target]
    for (let depth = 0; depth < maxDepth; depth++) {
      const next: Certificate[] = []
      for (const certificate of open) next.push(...(await this.#issuersOf(certificate)))
      if (next.length === 0) return
      open = next
    }
    for (const certificate of open) if (!(await this.#isComplete(certificate))) this.#miss('depth-limit')
  }

  found(): FetchedIssuers {
    const found = [...this.#linked].flatMap(({ certificate, url }) => (url === undefined ? [] : [{ certificate, url }]))
    const late: IssuerMiss[] = this.#parts.errand.isLate ? [{ reason: 'out-of-time' }] : []
    return {
      certificates: found.map(({ certificate }) => certificate),
      material: found.map(({ certificate, url }) => ({ bytes: certificate.raw, url })),
      misses: [...this.#misses, ...late],
    }
  }

  /** Issuers of a certificate that were not met before: from what is at hand, else from its addresses, the first that has one. */
  async #issuersOf(certificate: Certificate): Promise<readonly Certificate[]> {
    if (await this.#isComplete(certificate)) return []
    const atHand = await this.#link(certificate, this.#candidates)
    if (atHand !== undefined) return atHand
    const addresses = readableValues(() => authorityAccessOf(certificate).issuers).slice(0, maxPlaces)
    if (addresses.length === 0) this.#miss('no-address')
    for (const url of addresses) {
      if (this.#asked.has(url)) continue
      this.#asked.add(url)
      const came = await this.#ask(url)
      const issuers = await this.#link(certificate, came)
      if (issuers !== undefined) return issuers
      if (came.length > 0) this.#miss('not-the-issuer', url)
    }
    return []
  }

  /** Whether nothing more is looked for above a certificate: an anchor has issued it, or it has itself. */
  async #isComplete(certificate: Certificate): Promise<boolean> {
    for (const issuer of [...this.#options.anchors, certificate]) if (await this.#issued(certificate, issuer)) return true
    return false
  }

  /** Those among candidates that issued a certificate and were not met before; undefined when none issued it. */
  async #link(certificate: Certificate, candidates: readonly Candidate[]): Promise<readonly Certificate[] | undefined> {
    let any = false
    const fresh: Certificate[] = []
    for (const candidate of candidates) {
      if (!(await this.#issued(certificate, candidate.certificate))) continue
      any = true
      if (this.#linked.has(candidate)) continue
      this.#linked.add(candidate)
      fresh.push(candidate.certificate)
    }
    return any ? fresh : undefined
  }

  #issued(certificate: Certificate, issuer: Certificate): Promise<boolean> {
    return isIssuedBy(certificate, issuer, this.#parts.crypto, () => this.#signatures++ < maxSignatures)
  }

  /** What an address gives, kept among the candidates but for what is there already or self-signed. */
  async #ask(url: string): Promise<readonly Candidate[]> {
    const { errand, maxBytes } = this.#parts
    errand.deadline.check()
    if (!/^https?:\/\//i.test(url)) return this.#miss('scheme', url)
    if (!errand.maySend()) return this.#miss('request-limit', url)
    const deadline = new Deadline(errand.requestDeadline, { signal: errand.deadline.signal })
    try {
      const request = { url, headers: { accept }, maxBytes, deadline: errand.requestDeadline }
      const answer = await askHost(this.#options.fetcher, request, deadline)
      if (!answer.ok) return this.#miss(answer.reason, url, answer.code)
      return await this.#take(parseIssuerCertificates(answer.body), url)
    } catch (error) {
      if (error instanceof PkiError) return this.#miss('malformed', url, error.code)
      throw error
    } finally {
      deadline.end()
    }
  }

  async #take(certificates: readonly Certificate[], url: string): Promise<readonly Candidate[]> {
    const came: Candidate[] = []
    for (const certificate of certificates) {
      const known = this.#candidates.find((candidate) => equalBytes(candidate.certificate.raw, certificate.raw))
      if (known !== undefined) came.push(known)
      else if (await this.#issued(certificate, certificate)) this.#miss('self-signed', url)
      else if (this.#candidates.length >= maxCertificates) return came.concat(this.#miss('certificate-limit', url))
      else {
        const candidate = { certificate, url }
        this.#candidates.push(candidate)
        came.push(candidate)
      }
    }
    return came
  }

  #miss(reason: IssuerMissReason, url?: string, code?: string): readonly never[] {
    this.#misses.push({ reason, ...(code !== undefined && { code }), ...(url !== undefined && { url }) })
    return []
  }
}
