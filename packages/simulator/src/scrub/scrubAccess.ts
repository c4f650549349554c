import type { AccessCandidate } from '@cccd/emrtd'
import type { Disguise } from './Disguise.js'

/** The passwords of the substitute. */
export function scrubAccess(access: readonly AccessCandidate[], disguise: Disguise): AccessCandidate[] {
  return access.map((candidate) => {
    const value = candidate.password === 'MRZ' ? '' : disguise.characters(candidate.value)
    if (candidate.password === 'PIN' && candidate.can !== undefined)
      return { ...candidate, value, can: disguise.characters(candidate.can) }
    if (candidate.password !== 'MRZ') return { ...candidate, value }
    const number = candidate.documentNumber.replace(/<+$/, '')
    return {
      ...candidate,
      documentNumber: disguise.characters(number) + candidate.documentNumber.slice(number.length),
      dateOfBirth: disguise.birth(candidate.dateOfBirth),
      dateOfExpiry: disguise.date(candidate.dateOfExpiry),
    }
  })
}
