import { type CryptoPort, publicKeyOf, type RandomSource } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import type { AuthorityAddresses } from './AuthorityAddresses.js'
import type { DemoAuthority, DemoIssuer } from './DemoIssuer.js'
import { generateKey } from './generateKey.js'
import { type IssuingState, vietnam } from './IssuingState.js'
import { keyIdentifierOf } from './issueCertificate.js'
import { issueCountryCa } from './issueCountryCa.js'
import { issueSigner } from './issueSigner.js'
import type { KeyAlgorithm } from './KeyAlgorithm.js'
import { demoCscaName, demoOrganisation, distinguishedName } from './names.js'
import { shiftDate } from './shiftDate.js'

export interface IssuerOptions {
  readonly random: RandomSource
  readonly crypto?: CryptoPort
  /** When the document signer is made, ISO 8601 (default: now). The country CA is four years older. */
  readonly at?: string
  readonly algorithms?: { readonly csca?: KeyAlgorithm; readonly signer?: KeyAlgorithm }
  /** For whom it signs (default Vietnam); names say DEMO whoever it is. */
  readonly state?: IssuingState
  /** How the signer's certificate writes the country (default `as-csca`). */
  readonly signerCountry?: 'as-csca' | 'lower-case'
  /** Common name of the country CA; it must begin with DEMO. */
  readonly name?: string
  /** Key identifier of the country CA instead of the one computed from its key. */
  readonly keyIdentifier?: Uint8Array
  /** Where its certificates say that revocation and issuers are published, such as `authorityAddresses(port)` (default: nowhere that is). */
  readonly addresses?: AuthorityAddresses
}

const defaultCscaAlgorithm: KeyAlgorithm = { type: 'ec', curve: 'brainpoolP512r1', hash: 'sha512', form: 'explicit' }
const defaultSignerAlgorithm: KeyAlgorithm = { type: 'ec', curve: 'brainpoolP384r1', hash: 'sha384', form: 'explicit' }

/**
 * A DEMO country signing CA with a document signer: certificates of the Doc 9303-12 profile, curve parameters explicit as on
 * real ones, every certificate with a critical extension that only a test trust store accepts.
 *
 * @throws RangeError for a name that does not say DEMO; SimulatorError `SIMULATOR_UNSUPPORTED`; CryptoError for a key that cannot be made
 * @example
 * const issuer = await createIssuer({ random: seededRandom('docs') })
 * const card = await personalise(issuer, syntheticCitizen(0), { random: seededRandom('card') })
 */
export async function createIssuer(options: IssuerOptions): Promise<DemoIssuer> {
  const { random } = options
  const crypto = options.crypto ?? defaultCrypto()
  const at = options.at ?? new Date(Date.now()).toISOString()
  const state = options.state ?? vietnam
  const { addresses } = options
  const commonName = options.name ?? demoCscaName
  if (!commonName.startsWith('DEMO')) throw new RangeError('name must begin with DEMO')

  const algorithm = options.algorithms?.csca ?? defaultCscaAlgorithm
  const privateKey = await generateKey(algorithm, random)
  const publicKey = publicKeyOf(privateKey)
  const name = distinguishedName({ C: state.alpha2, O: demoOrganisation, CN: commonName })
  const keyIdentifier = options.keyIdentifier ?? keyIdentifierOf(publicKey, algorithm, crypto)
  const notBefore = shiftDate(at, { years: -4 })
  const certificate = await issueCountryCa(
    {
      state,
      name,
      privateKey,
      algorithm,
      keyIdentifier,
      notBefore,
      notAfter: shiftDate(notBefore, { years: 15, months: 3 }),
      keyUsedUntil: shiftDate(notBefore, { years: 5 }),
      addresses,
    },
    { crypto, random },
  )
  const csca: DemoAuthority = { certificate, privateKey, algorithm }
  const signer = await issueSigner(csca, {
    random,
    crypto,
    state,
    country: options.signerCountry ?? 'as-csca',
    algorithm: options.algorithms?.signer ?? defaultSignerAlgorithm,
    notBefore: shiftDate(at, { days: -1 }),
    notAfter: shiftDate(at, { years: 10, months: 3 }),
    addresses,
  })
  return { at, state, ...(addresses !== undefined && { addresses }), csca, signer, links: [] }
}
