import { type AnchorScope, builtInScope } from './anchorScope.js'
import { StoredCertificate } from './StoredCertificate.js'

/** A country CA that the operator trusts. */
export class TrustAnchor extends StoredCertificate {
  readonly #given: AnchorScope[] = []

  /** What the operator said that it may vouch for. */
  get givenScopes(): readonly AnchorScope[] {
    return this.#given
  }

  /** Everything that limits it: what the operator said, and the rule built in for its subject. All must cover a document. */
  get scopes(): readonly AnchorScope[] {
    const builtIn = builtInScope(this.certificate)
    return builtIn === undefined ? this.#given : [...this.#given, builtIn]
  }

  /** Scopes only ever narrow. */
  addScope(scope: AnchorScope | undefined): void {
    if (scope !== undefined) this.#given.push(scope)
  }
}
