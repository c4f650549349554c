import { decodeHex } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { fingerprintOf } from '../certificate/fingerprintOf.js'
import { PkiError } from '../errors.js'
import { distinctOperators } from './operatorName.js'

/** A document signer that the operator vouches for, where no country CA is published. */
export interface PinInput {
  /** The signer's certificate (DER), or its fingerprint. */
  readonly certificate?: Uint8Array
  /** SHA-256 of the certificate, hexadecimal in either case. */
  readonly fingerprint?: string
  /** Where the certificate was got. */
  readonly source: string
  /**
   * Who confirmed it. It takes two: with fewer, or with one person written in two ways, the pin is recorded and passes nothing.
   */
  readonly confirmedBy: readonly string[]
  /** First day on which the pin counts, `YYYY-MM-DD`. */
  readonly from?: string
  /** Last day on which the pin counts, `YYYY-MM-DD`. */
  readonly to?: string
  readonly withdrawn?: boolean
}

/** A pin as the store keeps it. Plain data. */
export interface Pin {
  readonly fingerprint: string
  readonly source: string
  readonly confirmedBy: readonly string[]
  readonly from?: string
  readonly to?: string
  readonly withdrawn: boolean
}

const day = /^\d{4}-\d{2}-\d{2}$/

/** Checks a pin and gives it its fingerprint. @throws PkiError `PKI_BAD_PIN` */
export function readPin(input: PinInput, crypto: CryptoPort): Pin {
  const { certificate, from, to, source, confirmedBy } = input
  const computed = certificate === undefined ? undefined : fingerprintOf(certificate, crypto)
  const given = input.fingerprint === undefined ? undefined : normalisedFingerprint(input.fingerprint)
  const fingerprint = computed ?? given
  if (fingerprint === undefined) throw new PkiError('PKI_BAD_PIN', 'pin names no certificate')
  if (given !== undefined && given !== fingerprint)
    throw new PkiError('PKI_BAD_PIN', 'fingerprint is not that of the certificate')
  const period = readPeriod(from, to)
  return {
    fingerprint,
    source,
    confirmedBy: distinctOperators(confirmedBy),
    ...period,
    withdrawn: input.withdrawn ?? false,
  }
}

/** The days of a pin. @throws PkiError `PKI_BAD_PIN` */
export function readPeriod(from: string | undefined, to: string | undefined): Pick<PinInput, 'from' | 'to'> {
  for (const date of [from, to])
    if (date !== undefined && (!day.test(date) || !isCalendarDay(date)))
      throw new PkiError('PKI_BAD_PIN', 'period of the pin is not in days')
  if (from !== undefined && to !== undefined && from > to)
    throw new PkiError('PKI_BAD_PIN', 'period of the pin ends before it begins')
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

/** Date.parse takes 31 February for 3 March. */
export function isCalendarDay(date: string): boolean {
  const time = Date.parse(date)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
}

/** A SHA-256 in lower-case hexadecimal; colons are left out. @throws PkiError `PKI_BAD_PIN` */
export function normalisedFingerprint(fingerprint: string): string {
  const lower = fingerprint.replaceAll(':', '').toLowerCase()
  try {
    if (decodeHex(lower).length === 32) return lower
  } catch {
    // Falls through to the same error: the text is not repeated.
  }
  throw new PkiError('PKI_BAD_PIN', 'fingerprint is not a SHA-256 in hexadecimal')
}
