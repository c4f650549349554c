import { concatBytes, decodeLatin1, isCccdError, parseTlv } from '@cccd/core'
import { type CryptoPort, loadCrypto } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { type CertificateInfo, describeCertificate } from '../certificate/describeCertificate.js'
import { fingerprintOf } from '../certificate/fingerprintOf.js'
import { parseSignedData } from '../cms/parseSignedData.js'
import { verifySignedData } from '../cms/verifySignedData.js'
import { PkiError } from '../errors.js'
import { CertificateMemory } from './CertificateMemory.js'
import type { TrustStore } from './TrustStore.js'

/** A document signer that was seen, and how often. Holds nothing of any card. Plain data. */
export interface CensusRow {
  /** SHA-256 of the signer's certificate, hexadecimal: what `cccd trust pin` takes. */
  readonly fingerprint: string
  readonly signer: CertificateInfo
  /** First and last time at which it signed, by the signed attribute of its documents; else when they were seen. */
  readonly firstSeen?: string
  readonly lastSeen?: string
  /** Whether both times are the signer's own. */
  readonly timesSigned: boolean
  /** Different security objects whose signature by this certificate is right. */
  readonly cards: number
  /** Of these, how many the ministry's service confirmed. */
  readonly confirmed: number
  /** Security objects that carry the certificate and are not signed by it. */
  readonly wrongSignatures: number
  /** Other signers have the same subject and issuer: a new certificate, or somebody who calls himself so. */
  readonly namesakes: number
}

export interface CensusInput {
  /** EF.SOD, or the CMS in it. */
  readonly sod: Uint8Array
  /** When it was read, ISO 8601: stands in for a signing time where there is none. */
  readonly seenAt?: string
  readonly confirmed?: boolean
}

export interface SignerCensusOptions {
  readonly crypto?: CryptoPort
  /** Its certificates are looked at for signers that a security object does not carry; whom it trusts is no question here. */
  readonly trust?: TrustStore
  /** A secret of this run: cards are told apart by a keyed hash that nobody can look up afterwards. */
  readonly key: Uint8Array
  /** Different signers that are counted, 10,000 unless told: whoever may store readings decides how many there are. */
  readonly maxSigners?: number
}

/** Counts document signers over any number of stored readings; made by {@link createSignerCensus}. */
export interface SignerCensus {
  /** Counts one security object. One that cannot be read is counted in `unreadable`. @throws PkiError `PKI_TOO_MANY_SIGNERS` */
  add(input: CensusInput): Promise<void>
  readonly unreadable: number
  /** The signers by number of cards. */
  rows(): CensusRow[]
  /** The certificates of the signers, in the order of `rows()`. */
  certificates(): Certificate[]
}

interface Tally {
  readonly certificate: Certificate
  readonly info: CertificateInfo
  readonly cards: Map<string, boolean>
  first: string | undefined
  last: string | undefined
  timesSigned: boolean
  wrongSignatures: number
}

const sodTag = 0x77

/**
 * A census of document signers from certificates alone. Every signature is verified, so that a certificate copied out of a genuine card
 * counts for nothing; who issued the certificate is no question here. Each certificate is a row of its own, whatever names it has. Of a card only a
 * keyed hash is kept, in memory.
 *
 * @example
 * const census = await createSignerCensus({ key: crypto.getRandomValues(new Uint8Array(32)) })
 * for (const sod of sods) await census.add({ sod })
 * census.rows() // [{ fingerprint, signer, cards: 412, … }]
 */
export async function createSignerCensus(options: SignerCensusOptions): Promise<SignerCensus> {
  if (options.key.length < 16) throw new RangeError('key has fewer than 16 bytes')
  const crypto = options.crypto ?? (await loadCrypto())
  const { maxSigners = 10_000 } = options
  const memory = options.trust?.memory ?? new CertificateMemory()
  const tallies = new Map<string, Tally>()
  let unreadable = 0

  const count = async ({ sod, seenAt, confirmed = false }: CensusInput): Promise<void> => {
    const cms = sod[0] === sodTag ? parseTlv(sod).value : sod
    const { signers } = await verifySignedData(parseSignedData(cms), { crypto, memory })
    if (signers.length === 0) throw new PkiError('PKI_BAD_SIGNED_DATA', 'nobody signed')
    const card = decodeLatin1(crypto.hash('sha256', concatBytes(options.key, cms)).subarray(0, 16))
    for (const { certificate, status, signingTime } of signers) {
      if (certificate === undefined) throw new PkiError('PKI_BAD_SIGNED_DATA', 'signer is not there')
      const tally = tallyOf(certificate)
      if (status !== 'passed') tally.wrongSignatures++
      else {
        tally.cards.set(card, confirmed || tally.cards.get(card) === true)
        const time = signingTime ?? seenAt
        if (signingTime === undefined) tally.timesSigned = false
        if (time !== undefined && (tally.first === undefined || time < tally.first)) tally.first = time
        if (time !== undefined && (tally.last === undefined || time > tally.last)) tally.last = time
      }
    }
  }
  const tallyOf = (certificate: Certificate): Tally => {
    const fingerprint = fingerprintOf(certificate.raw, crypto)
    const known = tallies.get(fingerprint)
    if (known !== undefined) return known
    if (tallies.size >= maxSigners) throw new PkiError('PKI_TOO_MANY_SIGNERS', 'more signers than a census counts')
    const info = describeCertificate(certificate)
    const tally = {
      certificate,
      info,
      cards: new Map(),
      first: undefined,
      last: undefined,
      timesSigned: true,
      wrongSignatures: 0,
    }
    tallies.set(fingerprint, tally)
    return tally
  }
  const sorted = (): [string, Tally][] =>
    [...tallies].sort(([a, { cards: m }], [b, { cards: n }]) => n.size - m.size || (a < b ? -1 : 1))

  return {
    async add(input) {
      try {
        await count(input)
      } catch (error) {
        // Nobody's signature may go uncounted unseen.
        if (!isCccdError(error) || isCccdError(error, 'PKI_TOO_MANY_SIGNERS')) throw error
        unreadable++
      }
    },
    get unreadable() {
      return unreadable
    },
    rows() {
      const named = new Map<string, number>()
      for (const { info } of tallies.values()) named.set(namesOf(info), (named.get(namesOf(info)) ?? 0) + 1)
      return sorted().map(([fingerprint, tally]) => ({
        fingerprint,
        signer: tally.info,
        ...(tally.first !== undefined && { firstSeen: tally.first }),
        ...(tally.last !== undefined && { lastSeen: tally.last }),
        timesSigned: tally.timesSigned,
        cards: tally.cards.size,
        confirmed: [...tally.cards.values()].filter((confirmed) => confirmed).length,
        wrongSignatures: tally.wrongSignatures,
        namesakes: (named.get(namesOf(tally.info)) ?? 1) - 1,
      }))
    },
    certificates() {
      return sorted().map(([, { certificate }]) => certificate)
    },
  }
}

function namesOf({ subject, issuer }: CertificateInfo): string {
  return JSON.stringify([subject, issuer])
}
