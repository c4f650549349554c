import { equalBytes } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import { comparisonKey, type DistinguishedName } from '../certificate/DistinguishedName.js'
import { sameIdentifier } from '../certificate/extensions.js'
import { readIndexEntry } from '../certificate/indexEntry.js'
import { PkiError } from '../errors.js'
import { TrustAnchor } from './TrustAnchor.js'

function addTo<Key>(map: Map<Key, TrustAnchor[]>, key: Key, anchor: TrustAnchor): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [anchor])
  else known.push(anchor)
}

/** Six bytes as a number: they only choose a bucket, what is in it is compared whole. */
function bucket(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let i = 0; i < 6; i++) value = value * 256 + (bytes[at + i] ?? 0)
  return value
}

/** Anchors without duplicates, found by key identifier and by subject. Names are only decoded when one is looked up. */
export class AnchorIndex {
  readonly anchors: TrustAnchor[] = []
  readonly #bySignature = new Map<number, TrustAnchor[]>()
  readonly #byKeyIdentifier = new Map<number, TrustAnchor[]>()
  #bySubject: Map<string, TrustAnchor[]> | undefined
  #byIssuer: Map<string, TrustAnchor[]> | undefined

  /** The anchor of a certificate, made when it is new. @throws PkiError `PKI_BAD_CERTIFICATE` */
  add(raw: Uint8Array): TrustAnchor {
    // The end of a certificate is its signature: equal ends are rare, and equal certificates have them.
    const end = bucket(raw, Math.max(0, raw.length - 6))
    const known = this.#bySignature.get(end)?.find((other) => equalBytes(other.raw, raw))
    if (known !== undefined) return known
    const { keyIdentifier, isDemo } = readIndexEntry(raw)
    const anchor = new TrustAnchor(raw, isDemo)
    this.anchors.push(anchor)
    addTo(this.#bySignature, end, anchor)
    if (keyIdentifier !== undefined) addTo(this.#byKeyIdentifier, bucket(keyIdentifier, 0), anchor)
    this.#bySubject = undefined
    this.#byIssuer = undefined
    return anchor
  }

  byKeyIdentifier(keyIdentifier: Uint8Array | undefined): readonly TrustAnchor[] {
    if (keyIdentifier === undefined) return []
    const found = this.#byKeyIdentifier.get(bucket(keyIdentifier, 0)) ?? []
    return found.filter(({ certificate }) =>
      sameIdentifier(
        readable(() => certificate.keyIdentifier),
        keyIdentifier,
      ),
    )
  }

  /** Anchors whose subject is a name, without regard to case and string type. */
  byName(name: DistinguishedName): readonly TrustAnchor[] {
    this.#bySubject ??= this.#indexNames((certificate) => certificate.subject)
    return this.#bySubject.get(comparisonKey(name)) ?? []
  }

  /** Anchors whose issuer is a name and whose subject is another. */
  byIssuer(name: DistinguishedName): readonly TrustAnchor[] {
    this.#byIssuer ??= this.#indexNames((certificate) => certificate.issuer)
    return (this.#byIssuer.get(comparisonKey(name)) ?? []).filter(({ certificate }) => !certificate.selfIssued)
  }

  #indexNames(nameOf: (certificate: Certificate) => DistinguishedName): Map<string, TrustAnchor[]> {
    const byName = new Map<string, TrustAnchor[]>()
    for (const anchor of this.anchors) {
      const key = readable(() => comparisonKey(nameOf(anchor.certificate)))
      if (key !== undefined) addTo(byName, key, anchor)
    }
    return byName
  }
}

/** An anchor whose field cannot be read is not found by that field. */
function readable<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof PkiError) return undefined
    throw error
  }
}
