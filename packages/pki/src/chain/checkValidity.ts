import type { Check } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import type { ChainCheckId, ValidityReason } from './chainReasons.js'

/** An instant in the form of {@link Certificate.notBefore}, from a day or an ISO 8601 instant. @throws RangeError */
export function readInstant(text: string, argument: string): string {
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new RangeError(`${argument} must be an ISO 8601 day or instant`)
  return `${new Date(time).toISOString().slice(0, 19)}Z`
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
