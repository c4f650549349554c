import type { Check } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import type { Pin } from '../trust/pins.js'
import type { TrustStore } from '../trust/TrustStore.js'
import type { ChainCheckId, PinReason } from './chainReasons.js'
import { isDemo } from './pathProblem.js'

const id = 'signer.pinned'

/** One person may be mistaken, bribed, or impersonated. */
const operatorsNeeded = 2

/** Whether the operator pinned this very certificate, two operators confirmed it, and the pin counts on that day. */
export function checkPin(signer: Certificate, trust: TrustStore, at: string): Check<ChainCheckId> {
  const reason = (text: PinReason): { reason: PinReason } => ({ reason: text })
  if (trust.pins.length === 0) return { id, status: 'not-performed', ...reason('none-given') }
  const pin = trust.findPin(signer)
  if (pin === undefined) return { id, status: 'inconclusive', ...reason('not-confirmed') }
  const data = { source: pin.source, confirmedBy: pin.confirmedBy.length }
  if (pin.withdrawn) return { id, status: 'failed', ...reason('pin-withdrawn'), data }
  if (isDemo(signer) && !trust.allowDemo) return { id, status: 'failed', ...reason('demo-certificate'), data }
  if (pin.confirmedBy.length < operatorsNeeded || !counts(pin, at.slice(0, 10)))
    return { id, status: 'inconclusive', ...reason('not-confirmed'), data }
  return { id, status: 'passed', data }
}

function counts({ from, to }: Pin, day: string): boolean {
  return (from === undefined || from <= day) && (to === undefined || day <= to)
}
