import { encodeHex } from '@cccd/core'
import type { CryptoPort, CurveName, PrivateKeySpec, RandomSource, SignatureScheme } from '@cccd/crypto'
import { Name } from '@peculiar/asn1-x509'
import { decode } from '../asn1/encode.js'
import { generateKey } from '../issuer/generateKey.js'
import type { IssuingState } from '../issuer/IssuingState.js'
import { issueCountryCa } from '../issuer/issueCountryCa.js'
import type { KeyAlgorithm } from '../issuer/KeyAlgorithm.js'
import { shiftDate } from '../issuer/shiftDate.js'
import { mostRsaBits } from './Rekeying.js'
import { scrubRefused } from './scrubRefused.js'

/** What a certificate of a trace demands of the DEMO country CA that signs it again. */
export interface AuthorityRequest {
  /** Name in DER, as it stands in the certificate. */
  readonly issuer: Uint8Array
  readonly keyIdentifier: Uint8Array | undefined
  readonly scheme: SignatureScheme
  readonly signatureLength: number
  /** Curve of the certificate's own key, the likely one of its issuer. */
  readonly curve: CurveName | undefined
  readonly validity: { readonly notBefore: string; readonly notAfter: string }
}

/** A country that is none: the names of the authority say which one the original had. */
const state: IssuingState = { alpha2: 'UT', alpha3: 'UTO', documentTypes: ['ID', 'P'] }

interface Authority {
  readonly certificate: Uint8Array
  readonly privateKey: PrivateKeySpec
}

const curvesByOrder: Readonly<Record<number, CurveName>> = {
  20: 'brainpoolP160r1',
  24: 'P-192',
  28: 'P-224',
  32: 'brainpoolP256r1',
  40: 'brainpoolP320r1',
  48: 'brainpoolP384r1',
  64: 'brainpoolP512r1',
  66: 'P-521',
}

/** DEMO country CAs, made as the certificates of a trace need them. */
export class ScrubAuthorities {
  readonly #crypto: CryptoPort
  readonly #random: RandomSource
  readonly #made = new Map<string, Authority>()

  constructor(crypto: CryptoPort, random: RandomSource) {
    this.#crypto = crypto
    this.#random = random
  }

  /** The certificates to trust, DER. */
  get anchors(): readonly Uint8Array[] {
    return [...this.#made.values()].map(({ certificate }) => certificate)
  }

  /** The private key of the authority for a certificate, made when it is the first. */
  async keyFor(request: AuthorityRequest): Promise<PrivateKeySpec> {
    const id = `${encodeHex(request.issuer)} ${encodeHex(request.keyIdentifier ?? new Uint8Array(0))}`
    const known = this.#made.get(id)
    const authority = known ?? (await this.#make(request))
    this.#made.set(id, authority)
    return authority.privateKey
  }

  async #make(request: AuthorityRequest): Promise<Authority> {
    const algorithm = algorithmOf(request, this.#crypto)
    const privateKey = await generateKey(algorithm, this.#random)
    const subject = nameOf(request.issuer)
    const keyIdentifier = request.keyIdentifier ?? this.#random(20)
    const { notBefore, notAfter } = request.validity
    const certificate = await issueCountryCa(
      {
        state,
        name: subject,
        privateKey,
        algorithm,
        keyIdentifier,
        notBefore: shiftDate(notBefore, { years: -1 }),
        notAfter: afterwards(notAfter),
        keyUsedUntil: afterwards(notAfter),
      },
      { crypto: this.#crypto, random: this.#random },
    )
    return { certificate, privateKey }
  }
}

/** A year later; 9999 is the last there is, and means forever (RFC 5280, 4.1.2.5). */
function afterwards(notAfter: string): Date {
  return shiftDate(notAfter, { years: notAfter.startsWith('9999') ? 0 : 1 })
}

function nameOf(der: Uint8Array): Name {
  try {
    return decode(der, Name)
  } catch {
    throw scrubRefused('structure', { step: 'certificate' })
  }
}

function algorithmOf({ scheme, signatureLength, curve }: AuthorityRequest, crypto: CryptoPort): KeyAlgorithm {
  const { hash } = scheme
  const bits = 8 * signatureLength
  if (scheme.type !== 'ecdsa' && (bits < 1024 || bits > mostRsaBits)) throw scrubRefused('unsupported', { step: 'certificate' })
  if (scheme.type === 'rsa-pkcs1') return { type: 'rsa', bits, hash, padding: 'pkcs1' }
  if (scheme.type === 'rsa-pss') return { type: 'rsa', bits, hash, padding: 'pss', saltLength: scheme.saltLength }
  // A DER signature is two INTEGERs of up to one byte more than the order; those of P-521 and brainpoolP512r1 have a longer header.
  const header = scheme.format === 'plain' ? 0 : signatureLength > 130 ? 7 : 6
  const order = Math.floor((signatureLength - header) / 2)
  const fits = (name: CurveName): boolean => {
    const { orderLength } = crypto.curve(name)
    return order <= orderLength + 1 && order >= orderLength - 1
  }
  const found = [...(curve === undefined ? [] : [curve]), ...Object.values(curvesByOrder)].find(fits)
  if (found === undefined) throw scrubRefused('unsupported', { step: 'certificate' })
  return { type: 'ec', curve: found, hash, form: 'explicit' }
}

/** Signs until the signature has the length of the one it replaces: DER leaves out what an INTEGER does not need. */
export async function signToLength(sign: () => Promise<Uint8Array>, length: number, step: string): Promise<Uint8Array> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const signature = await sign()
    if (signature.length === length) return signature
  }
  throw scrubRefused('size', { step })
}
