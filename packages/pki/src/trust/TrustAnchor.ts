import { Certificate } from '../certificate/Certificate.js'
import { type CertificateInfo, describeCertificate } from '../certificate/describeCertificate.js'
import { type AnchorScope, builtInScope } from './anchorScope.js'

/** A country CA that the operator trusts, with where it came from. Nothing of the certificate is decoded before it is asked for. */
export class TrustAnchor {
  readonly raw: Uint8Array
  readonly isDemo: boolean
  readonly #sources: string[] = []
  readonly #given: AnchorScope[] = []
  #certificate?: Certificate
  #info?: CertificateInfo

  constructor(raw: Uint8Array, isDemo: boolean) {
    this.raw = raw
    this.isDemo = isDemo
  }

  get certificate(): Certificate {
    this.#certificate ??= new Certificate(this.raw)
    return this.#certificate
  }

  /** @throws PkiError `PKI_BAD_CERTIFICATE` */
  get info(): CertificateInfo {
    this.#info ??= describeCertificate(this.certificate)
    return this.#info
  }

  /** Names of the files or lists that hold it. */
  get sources(): readonly string[] {
    return this.#sources
  }

  /** What the operator said that it may vouch for. */
  get givenScopes(): readonly AnchorScope[] {
    return this.#given
  }

  /** Everything that limits it: what the operator said, and the rule built in for its subject. All must cover a document. */
  get scopes(): readonly AnchorScope[] {
    const builtIn = builtInScope(this.certificate)
    return builtIn === undefined ? this.#given : [...this.#given, builtIn]
  }

  /** Notes one more place in which the same certificate stands. Scopes only ever narrow. */
  addSource(source: string | undefined, scope: AnchorScope | undefined): void {
    if (source !== undefined && !this.#sources.includes(source)) this.#sources.push(source)
    if (scope !== undefined) this.#given.push(scope)
  }
}
