import type { CryptoPort, RandomSource } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import type { DemoIssuer } from './DemoIssuer.js'
import { issueSigner } from './issueSigner.js'
import type { KeyAlgorithm } from './KeyAlgorithm.js'
import { shiftDate } from './shiftDate.js'

export interface RenewSignerOptions {
  readonly random: RandomSource
  readonly crypto?: CryptoPort
  /** When the new signer takes over, ISO 8601 (default: `issuer.at`). */
  readonly at?: string
  readonly algorithm?: KeyAlgorithm
}

/**
 * The issuer with another document signer under the same country CA, as states change theirs every three months (Doc 9303-12, table 1).
 *
 * @example const next = await renewSigner(issuer, { random: seededRandom('autumn') })
 */
export async function renewSigner(issuer: DemoIssuer, options: RenewSignerOptions): Promise<DemoIssuer> {
  const { random, crypto = defaultCrypto(), at = issuer.at, algorithm = issuer.signer.algorithm } = options
  const { state, addresses } = issuer
  const notBefore = shiftDate(at, { days: -1 })
  const notAfter = shiftDate(at, { years: 10, months: 3 })
  return {
    ...issuer,
    at,
    signer: await issueSigner(issuer.csca, {
      random,
      crypto,
      state,
      country: 'as-csca',
      algorithm,
      notBefore,
      notAfter,
      addresses,
    }),
  }
}
