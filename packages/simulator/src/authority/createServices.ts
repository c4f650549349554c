import type { CryptoPort, RandomSource } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import { Certificate } from '@peculiar/asn1-x509'
import { decode } from '../asn1/encode.js'
import type { DemoAuthority, DemoIssuer } from '../issuer/DemoIssuer.js'
import { generateKey } from '../issuer/generateKey.js'
import { issueCountryCa } from '../issuer/issueCountryCa.js'
import { statedKeyIdentifier } from '../issuer/issueSigner.js'
import type { KeyAlgorithm } from '../issuer/KeyAlgorithm.js'
import { shiftDate } from '../issuer/shiftDate.js'
import { issueService } from './issueService.js'

/** Who speaks for an issuer, and who only pretends to. */
export interface DemoServices {
  readonly issuer: DemoAuthority
  readonly responder: DemoAuthority
  readonly timestamps: DemoAuthority
  /** The same with certificates that ran out before the issuer's `at`. */
  readonly expired: { readonly responder: DemoAuthority; readonly timestamps: DemoAuthority }
  /** Of the same names, under a key that the issuer never saw. */
  readonly impostor: { readonly issuer: DemoAuthority; readonly responder: DemoAuthority; readonly timestamps: DemoAuthority }
}

export interface ServicesOptions {
  readonly random: RandomSource
  readonly crypto?: CryptoPort
}

/**
 * An OCSP responder and a timestamp authority of a DEMO issuer, with impostors and expired certificates for the faults of
 * {@link demoRevocationList}, {@link answerOcsp} and {@link answerTimestamp}. Valid for a year from the issuer's `at`.
 *
 * @example
 * const services = await createServices(await createIssuer({ random }), { random })
 */
export async function createServices(issuer: DemoIssuer, options: ServicesOptions): Promise<DemoServices> {
  const { random, crypto = defaultCrypto() } = options
  const { at, csca } = issuer
  const pretender = await impostorOf(issuer, { random, crypto })
  const from = { notBefore: shiftDate(at, { days: -1 }), notAfter: shiftDate(at, { years: 1 }) }
  const past = { notBefore: shiftDate(at, { years: -2 }), notAfter: shiftDate(at, { years: -1 }) }
  const under = async (authority: DemoAuthority, period: typeof from) => ({
    responder: await issueService(authority, { purpose: 'ocsp', ...period, crypto, random }),
    timestamps: await issueService(authority, { purpose: 'timestamps', ...period, crypto, random }),
  })
  return {
    issuer: csca,
    ...(await under(csca, from)),
    expired: await under(csca, past),
    impostor: { issuer: pretender, ...(await under(pretender, from)) },
  }
}

const impostorAlgorithm: KeyAlgorithm = { type: 'ec', curve: 'P-256', hash: 'sha256', form: 'named' }

/** A country CA of the same name and key identifier with a key of its own. */
async function impostorOf(
  { csca, state }: DemoIssuer,
  { random, crypto }: { readonly random: RandomSource; readonly crypto: CryptoPort },
): Promise<DemoAuthority> {
  const genuine = decode(csca.certificate, Certificate)
  const { subject, validity } = genuine.tbsCertificate
  const algorithm = impostorAlgorithm
  const privateKey = await generateKey(algorithm, random)
  const keyIdentifier = statedKeyIdentifier(genuine)
  const notAfter = validity.notAfter.getTime()
  const certificate = await issueCountryCa(
    {
      state,
      name: subject,
      privateKey,
      algorithm,
      keyIdentifier,
      notBefore: validity.notBefore.getTime(),
      notAfter,
      keyUsedUntil: notAfter,
    },
    { crypto, random },
  )
  return { certificate, privateKey, algorithm }
}
