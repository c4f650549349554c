import type { CryptoPort, HashAlgorithm } from '@cccd/crypto'
import type { SignerInfo } from './SignedData.js'

/** Keys tried for one container: sixteen signers with one certificate each, and some to spare. */
const maxTrials = 24
/** Content without signed attributes is hashed for each key: so much of it costs as much as another trial. */
const trialLength = 1024 * 1024

/** What the verification of one SignedData has cost. Signers, certificates and the length of the content are all the sender's to choose. */
export class Work {
  readonly #crypto: CryptoPort
  readonly #content: Uint8Array
  readonly #digests = new Map<HashAlgorithm, Uint8Array>()
  #trials = 0

  constructor(crypto: CryptoPort, content: Uint8Array = new Uint8Array(0)) {
    this.#crypto = crypto
    this.#content = content
  }

  /** The hash of the content, however many signers ask for it. */
  digest(algorithm: HashAlgorithm): Uint8Array {
    const digest = this.#digests.get(algorithm) ?? this.#crypto.hash(algorithm, this.#content)
    this.#digests.set(algorithm, digest)
    return digest
  }

  /** Whether one more key may be tried for a signer. */
  spend({ signedAttributes }: SignerInfo): boolean {
    if (this.#trials >= maxTrials) return false
    this.#trials += 1 + (signedAttributes === undefined ? Math.floor(this.#content.length / trialLength) : 0)
    return true
  }
}
