import { decodeHex } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { fingerprintOf } from '../certificate/fingerprintOf.js'
import { PkiError } from '../errors.js'

/** A document signer that the operator vouches for, where no country CA is published. */
export interface PinInput {
  /** The signer's certificate (DER), or its fingerprint. */
  readonly certificate?: Uint8Array
  /** SHA-256 of the certificate, hexadecimal in either case. */
  readonly fingerprint?: string
  /** Where the certificate was got. */
  readonly source: string
  /** Who confirmed it; blank names do not count. Empty: recorded, not yet confirmed. */
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
  const given = input.fingerprint === undefined ? undefined : normalised(input.fingerprint)
  const fingerprint = computed ?? given
  if (fingerprint === undefined) throw new PkiError('PKI_BAD_PIN', 'pin names no certificate')
  if (given !== undefined && given !== fingerprint)
    throw new PkiError('PKI_BAD_PIN', 'fingerprint is not that of the certificate')
  for (const date of [from, to])
    if (date !== undefined && (!day.test(date) || Number.isNaN(Date.parse(date))))
      throw new PkiError('PKI_BAD_PIN', 'period of the pin is not in days')
  if (from !== undefined && to !== undefined && from > to)
    throw new PkiError('PKI_BAD_PIN', 'period of the pin ends before it begins')
  return {
    fingerprint,
    source,
    confirmedBy: [...new Set(confirmedBy.map((name) => name.trim()))].filter((name) => name !== ''),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    withdrawn: input.withdrawn ?? false,
  }
}

function normalised(fingerprint: string): string {
  const lower = fingerprint.replaceAll(':', '').toLowerCase()
  try {
    if (decodeHex(lower).length === 32) return lower
  } catch {
    // Falls through to the same error: the text is not repeated.
  }
  throw new PkiError('PKI_BAD_PIN', 'fingerprint is not a SHA-256 in hexadecimal')
}
