import type { CryptoPort } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { verifyCertificateSignature } from '../certificate/verifyCertificateSignature.js'
import type { SignatureVerdict } from '../certificate/verifySignature.js'
import { PkiError } from '../errors.js'
import { directoryNameKey } from '../names/nameKeys.js'
import type { OcspResponse } from '../revocation/OcspResponse.js'
import type { RevocationList } from '../revocation/RevocationList.js'
import { KeyCache } from '../trust/KeyCache.js'

export interface PathContextParts {
  readonly anchors: readonly Certificate[]
  readonly certificates: readonly Certificate[]
  readonly lists: readonly RevocationList[]
  readonly responses: readonly OcspResponse[]
  readonly at: string
  readonly crypto: CryptoPort
}

/** Signatures verified for one question, the paths of list and answer signers included. Foreign data decides how many there could be. */
const maxSignatures = 512

/** What one search works with, and remembers: certificates by subject, imported keys, verdicts on signatures. */
export class PathContext {
  readonly lists: readonly RevocationList[]
  readonly responses: readonly OcspResponse[]
  readonly at: string
  readonly crypto: CryptoPort
  readonly keys = new KeyCache()
  /** Whether the search ended for its cost: then nothing is known of what it did not look at. */
  exhausted = false
  /** Whether the search left somebody out for the same reason, and went on. */
  isCut = false
  readonly #anchors: ReadonlyMap<string, readonly Certificate[]>
  readonly #certificates: ReadonlyMap<string, readonly Certificate[]>
  readonly #verdicts = new Map<Certificate, Map<Certificate, Promise<SignatureVerdict>>>()
  #signatures = 0

  constructor({ anchors, certificates, lists, responses, at, crypto }: PathContextParts) {
    this.lists = lists
    this.responses = responses
    this.at = at
    this.crypto = crypto
    this.#anchors = bySubject(anchors)
    this.#certificates = bySubject(certificates)
  }

  anchorsWithSubject(key: string): readonly Certificate[] {
    return this.#anchors.get(key) ?? []
  }

  /** Certificates of the bag, no anchors, with a subject. */
  withSubject(key: string): readonly Certificate[] {
    return this.#certificates.get(key) ?? []
  }

  /** Whether an issuer's key signed a certificate; verified once. */
  verify(certificate: Certificate, issuer: Certificate): Promise<SignatureVerdict> {
    const known = this.#verdicts.get(certificate) ?? new Map<Certificate, Promise<SignatureVerdict>>()
    this.#verdicts.set(certificate, known)
    const found = known.get(issuer)
    if (found !== undefined) return found
    const verdict = this.spend()
      ? this.#signatureOf(certificate, issuer)
      : Promise.resolve<SignatureVerdict>({ status: 'inconclusive', reason: 'unsupported-algorithm' })
    known.set(issuer, verdict)
    return verdict
  }

  async #signatureOf(certificate: Certificate, issuer: Certificate): Promise<SignatureVerdict> {
    try {
      return await verifyCertificateSignature(certificate, () => this.keys.keyOf(issuer, this.crypto))
    } catch (error) {
      // An algorithm that cannot be read in one of its two places is not the same in both.
      if (error instanceof PkiError) return { status: 'failed', reason: 'algorithm-differs' }
      throw error
    }
  }

  /** Whether one more signature may be verified. */
  spend(): boolean {
    if (++this.#signatures > maxSignatures) this.exhausted = true
    return !this.exhausted
  }
}

function bySubject(certificates: readonly Certificate[]): Map<string, Certificate[]> {
  const out = new Map<string, Certificate[]>()
  for (const certificate of certificates) {
    const key = subjectKey(certificate)
    if (key === undefined) continue
    const known = out.get(key)
    if (known === undefined) out.set(key, [certificate])
    else known.push(certificate)
  }
  return out
}

/** A certificate whose subject cannot be read issues nothing. */
function subjectKey(certificate: Certificate): string | undefined {
  try {
    return directoryNameKey(certificate.subject)
  } catch (error) {
    if (error instanceof PkiError) return undefined
    throw error
  }
}
