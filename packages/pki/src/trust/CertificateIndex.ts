import { decodeLatin1, equalBytes } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import { comparisonKey, type DistinguishedName } from '../certificate/DistinguishedName.js'
import { sameIdentifier } from '../certificate/extensions.js'
import { readIndexEntry } from '../certificate/indexEntry.js'
import { PkiError } from '../errors.js'
import type { StoredCertificate } from './StoredCertificate.js'

function addTo<Key, Kept>(map: Map<Key, Kept[]>, key: Key, kept: Kept): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [kept])
  else known.push(kept)
}

/** Six bytes as a number: they only choose a bucket, what is in it is compared whole. */
function bucket(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let i = 0; i < 6; i++) value = value * 256 + (bytes[at + i] ?? 0)
  return value
}

/** The end of a certificate is its signature: equal ends are rare, and equal certificates have them. */
function signatureBucket(raw: Uint8Array): number {
  return bucket(raw, Math.max(0, raw.length - 6))
}

/** Certificates of one end that are compared one after the other: of genuine ones, two have the same end now and then. */
const crowd = 8

/** Certificates without duplicates, found by key identifier, by subject and by issuer. Names are only decoded when one is looked up. */
export class CertificateIndex<Kept extends StoredCertificate> {
  readonly all: Kept[] = []
  readonly #keep: (raw: Uint8Array, isDemo: boolean) => Kept
  readonly #bySignature = new Map<number, Kept[]>()
  /** By all their bytes: those of a crowd, which somebody made. */
  readonly #crowded = new Map<string, Kept>()
  readonly #byKeyIdentifier = new Map<number, Kept[]>()
  #bySubject: Map<string, Kept[]> | undefined
  #byIssuer: Map<string, Kept[]> | undefined

  constructor(keep: (raw: Uint8Array, isDemo: boolean) => Kept) {
    this.#keep = keep
  }

  /** The entry of a certificate, made when it is new. @throws PkiError `PKI_BAD_CERTIFICATE` */
  add(raw: Uint8Array): Kept {
    const known = this.find(raw)
    if (known !== undefined) return known
    const { keyIdentifier, isDemo } = readIndexEntry(raw)
    const kept = this.#keep(raw, isDemo)
    this.all.push(kept)
    const end = signatureBucket(raw)
    if (this.#isCrowded(end)) this.#crowded.set(decodeLatin1(raw), kept)
    else addTo(this.#bySignature, end, kept)
    if (keyIdentifier !== undefined) addTo(this.#byKeyIdentifier, bucket(keyIdentifier, 0), kept)
    this.#bySubject = undefined
    this.#byIssuer = undefined
    return kept
  }

  /** The entry of these very bytes. */
  find(raw: Uint8Array): Kept | undefined {
    const end = signatureBucket(raw)
    const known = this.#bySignature.get(end)?.find((other) => equalBytes(other.raw, raw))
    return known ?? (this.#isCrowded(end) ? this.#crowded.get(decodeLatin1(raw)) : undefined)
  }

  #isCrowded(end: number): boolean {
    return (this.#bySignature.get(end)?.length ?? 0) >= crowd
  }

  byKeyIdentifier(keyIdentifier: Uint8Array | undefined): readonly Kept[] {
    if (keyIdentifier === undefined) return []
    const found = this.#byKeyIdentifier.get(bucket(keyIdentifier, 0)) ?? []
    return found.filter(({ certificate }) =>
      sameIdentifier(
        readable(() => certificate.keyIdentifier),
        keyIdentifier,
      ),
    )
  }

  /** Those whose subject is a name, without regard to case and string type. */
  byName(name: DistinguishedName): readonly Kept[] {
    this.#bySubject ??= this.#indexNames((certificate) => certificate.subject)
    return this.#bySubject.get(comparisonKey(name)) ?? []
  }

  /** Those whose issuer is a name. */
  byIssuer(name: DistinguishedName): readonly Kept[] {
    this.#byIssuer ??= this.#indexNames((certificate) => certificate.issuer)
    return this.#byIssuer.get(comparisonKey(name)) ?? []
  }

  #indexNames(nameOf: (certificate: Certificate) => DistinguishedName): Map<string, Kept[]> {
    const byName = new Map<string, Kept[]>()
    for (const kept of this.all) {
      const key = readable(() => comparisonKey(nameOf(kept.certificate)))
      if (key !== undefined) addTo(byName, key, kept)
    }
    return byName
  }
}

/** What has a field that cannot be read is not found by that field. */
function readable<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof PkiError) return undefined
    throw error
  }
}
