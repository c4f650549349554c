import { Certificate } from '../certificate/Certificate.js'
import { type CertificateInfo, describeCertificate } from '../certificate/describeCertificate.js'

/**
 * A certificate of a trust store with where it came from. By itself it is trusted for nothing: a link counts once an anchor's key signed it, a
 * document signer once a chain or a pin vouches for it. Nothing of it is decoded before it is asked for.
 */
export class StoredCertificate {
  readonly raw: Uint8Array
  readonly isDemo: boolean
  readonly #sources: string[] = []
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

  /** Notes one more place in which the same certificate stands. */
  addSource(source: string | undefined): void {
    if (source !== undefined && !this.#sources.includes(source)) this.#sources.push(source)
  }
}
