import type { Certificate } from '../certificate/Certificate.js'
import { demoExtensionOid } from '../certificate/extensions.js'
import { type AnchorScope, builtInScope } from './anchorScope.js'

/** A country CA that the operator trusts, with where it came from. Fields of the certificate are decoded on demand. */
export class TrustAnchor {
  readonly certificate: Certificate
  readonly #sources = new Set<string>()
  readonly #given: AnchorScope[] = []

  constructor(certificate: Certificate) {
    this.certificate = certificate
  }

  /** Names of the files or lists that hold it. */
  get sources(): readonly string[] {
    return [...this.#sources]
  }

  /** Everything that limits it: what the operator said, and the rule built in for its subject. All must cover a document. */
  get scopes(): readonly AnchorScope[] {
    const builtIn = builtInScope(this.certificate)
    return builtIn === undefined ? [...this.#given] : [...this.#given, builtIn]
  }

  get isDemo(): boolean {
    return this.certificate.extensions.some(({ oid }) => oid === demoExtensionOid)
  }

  /** Notes one more place in which the same certificate stands. Scopes only ever narrow. */
  addSource(source: string | undefined, scope: AnchorScope | undefined): void {
    if (source !== undefined) this.#sources.add(source)
    if (scope !== undefined) this.#given.push(scope)
  }
}
