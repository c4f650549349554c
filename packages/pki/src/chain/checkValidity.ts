import type { Check } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import { isCalendarDay } from '../trust/pins.js'
import type { ChainCheckId, ValidityReason } from './chainReasons.js'

/** A day, or an instant with its zone: one without would be another time on another machine. */
const instantForm = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/

/** An instant in the form of {@link Certificate.notBefore}, from a day or an ISO 8601 instant with its zone. @throws RangeError */
export function readInstant(text: string, argument: string): string {
  const time = instantForm.test(text) && isCalendarDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN
  const instant = Number.isNaN(time) ? '' : new Date(time).toISOString()
  // Times are compared as text: years of more than four digits would come before all others.
  if (instant.length !== 24) throw new RangeError(`${argument} must be an ISO 8601 day, or an instant with its zone`)
  return `${instant.slice(0, 19)}Z`
}

/**
 * Whether every certificate of a path, the signer first, is valid at an instant. The check does not repeat it: the second at which a
 * document was signed tells it from every other.
 */
export function checkValidity(id: ChainCheckId, path: readonly Certificate[], at: string): Check<ChainCheckId> {
  for (const [position, { notBefore, notAfter }] of path.entries()) {
    const reason: ValidityReason | undefined = at < notBefore ? 'not-yet-valid' : at > notAfter ? 'expired' : undefined
    if (reason !== undefined) {
      const certificate = position === 0 ? 'signer' : position === path.length - 1 ? 'csca' : 'link'
      return { id, status: 'failed', reason, data: { certificate, notBefore, notAfter } }
    }
  }
  return { id, status: 'passed', data: { certificates: path.length } }
}
