import { encodeHex, equalBytes } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import { comparisonKey } from '../certificate/DistinguishedName.js'
import { TrustAnchor } from './TrustAnchor.js'

function addTo<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else known.push(value)
}

/** Anchors without duplicates, found by key identifier and by subject. Names are only decoded when one is looked up. */
export class AnchorIndex {
  readonly anchors: TrustAnchor[] = []
  readonly #byTail = new Map<string, TrustAnchor[]>()
  readonly #byKeyIdentifier = new Map<string, TrustAnchor[]>()
  #bySubject: Map<string, TrustAnchor[]> | undefined

  /** The anchor of a certificate, made when it is new. */
  add(certificate: Certificate): TrustAnchor {
    // The end of a certificate is its signature: equal ends are rare, and equal certificates have them.
    const { raw } = certificate
    const tail = String.fromCharCode(raw.length & 0xffff, ...raw.subarray(-8))
    const known = this.#byTail.get(tail)?.find((other) => equalBytes(other.certificate.raw, raw))
    if (known !== undefined) return known
    const { keyIdentifier } = certificate
    const anchor = new TrustAnchor(certificate)
    this.anchors.push(anchor)
    addTo(this.#byTail, tail, anchor)
    if (keyIdentifier !== undefined) addTo(this.#byKeyIdentifier, encodeHex(keyIdentifier), anchor)
    this.#bySubject = undefined
    return anchor
  }

  byKeyIdentifier(keyIdentifier: Uint8Array | undefined): readonly TrustAnchor[] {
    return keyIdentifier === undefined ? [] : (this.#byKeyIdentifier.get(encodeHex(keyIdentifier)) ?? [])
  }

  /** Anchors whose subject is the issuer of a certificate, without regard to case and string type. */
  byIssuerOf(certificate: Certificate): readonly TrustAnchor[] {
    if (this.#bySubject === undefined) {
      this.#bySubject = new Map()
      for (const anchor of this.anchors) addTo(this.#bySubject, comparisonKey(anchor.certificate.subject), anchor)
    }
    return this.#bySubject.get(comparisonKey(certificate.issuer)) ?? []
  }
}
