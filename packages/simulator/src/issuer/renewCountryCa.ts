import { type CryptoPort, publicKeyOf, type RandomSource } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import { Certificate } from '@peculiar/asn1-x509'
import { decode } from '../asn1/encode.js'
import { createIssuer } from './createIssuer.js'
import type { DemoIssuer } from './DemoIssuer.js'
import { issueCertificate, keyIdentifierOf } from './issueCertificate.js'
import { statedKeyIdentifier } from './issueSigner.js'
import type { KeyAlgorithm } from './KeyAlgorithm.js'
import { shiftDate } from './shiftDate.js'

export interface RenewOptions {
  readonly random: RandomSource
  readonly crypto?: CryptoPort
  /** When the new key takes over, ISO 8601 (default: four years after `issuer.at`). */
  readonly at?: string
  readonly algorithms?: { readonly csca?: KeyAlgorithm; readonly signer?: KeyAlgorithm }
}

/**
 * The issuer with a new country CA key and document signer, and a link certificate: the new key under the same name, signed by the
 * old one (Doc 9303-12, 7.1). A store that trusts only the old certificate reaches the new signer through it.
 */
export async function renewCountryCa(issuer: DemoIssuer, options: RenewOptions): Promise<DemoIssuer> {
  const { random } = options
  const crypto = options.crypto ?? defaultCrypto()
  const at = options.at ?? shiftDate(issuer.at, { years: 4 }).toISOString()
  const old = decode(issuer.csca.certificate, Certificate)
  const { state, addresses } = issuer
  const next = await createIssuer({ state, ...(addresses !== undefined && { addresses }), ...options, crypto, at })
  const publicKey = publicKeyOf(next.csca.privateKey)
  const notBefore = shiftDate(at, { days: -1 })
  const link = await issueCertificate(
    {
      role: 'csca',
      state,
      subject: old.tbsCertificate.subject,
      subjectKey: publicKey,
      subjectAlgorithm: next.csca.algorithm,
      subjectKeyIdentifier: keyIdentifierOf(publicKey, next.csca.algorithm, crypto),
      issuer: old.tbsCertificate.subject,
      issuerKey: issuer.csca.privateKey,
      issuerAlgorithm: issuer.csca.algorithm,
      issuerKeyIdentifier: statedKeyIdentifier(old),
      notBefore,
      notAfter: old.tbsCertificate.validity.notAfter.getTime(),
      keyUsedUntil: shiftDate(notBefore, { years: 5 }),
      addresses,
    },
    { crypto, random },
  )
  return { ...next, links: [...issuer.links, link], formerCsca: issuer.formerCsca ?? issuer.csca.certificate }
}
