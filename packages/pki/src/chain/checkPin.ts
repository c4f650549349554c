import type { Check } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import type { Pin } from '../trust/pins.js'
import type { TrustStore } from '../trust/TrustStore.js'
import type { ChainCheckId, PinReason } from './chainReasons.js'
import { countryCode } from './countries.js'
import { type ChainDocument, documentTypeProblem, isDemo } from './pathProblem.js'

const id = 'signer.pinned'

/** One person may be mistaken, bribed, or impersonated. */
const operatorsNeeded = 2

/**
 * Whether the operator pinned this very certificate, two operators confirmed it, and the pin counts on that day; and whether the certificate is of
 * the document's country and for its type (Doc 9303-12, 7.1.1): who pinned one state's signer did not pin it for another's documents.
 */
export function checkPin(signer: Certificate, trust: TrustStore, at: string, document: ChainDocument): Check<ChainCheckId> {
  const reason = (text: PinReason): { reason: PinReason } => ({ reason: text })
  if (trust.pins.length === 0) return { id, status: 'not-performed', ...reason('none-given') }
  const pin = trust.findPin(signer)
  if (pin === undefined) return { id, status: 'inconclusive', ...reason('not-confirmed') }
  const data = { source: pin.source, confirmedBy: pin.confirmedBy.length }
  if (pin.withdrawn) return { id, status: 'failed', ...reason('pin-withdrawn'), data }
  if (isDemo(signer) && !trust.allowDemo) return { id, status: 'failed', ...reason('demo-certificate'), data }
  const misused = misuseOf(signer, document)
  if (misused !== undefined) return { id, status: 'failed', ...reason(misused), data }
  if (pin.confirmedBy.length < operatorsNeeded || !counts(pin, at.slice(0, 10)))
    return { id, status: 'inconclusive', ...reason('not-confirmed'), data }
  return { id, status: 'passed', data }
}

/** A certificate that names no country, or no types, was pinned as it is. */
function misuseOf(signer: Certificate, { country, type }: ChainDocument): PinReason | undefined {
  if (country !== undefined && signer.country !== undefined && countryCode(signer.country) !== countryCode(country))
    return 'country-differs'
  return documentTypeProblem(signer, type) === 'document-type' ? 'document-type' : undefined
}

function counts({ from, to }: Pin, day: string): boolean {
  return (from === undefined || from <= day) && (to === undefined || day <= to)
}
