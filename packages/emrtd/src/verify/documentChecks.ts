import type { Check } from '@cccd/core'
import { check } from './CheckList.js'
import { type Claims, contradictions } from './identityFields.js'
import type { CheckId, FieldSource, IdentityField, IdentityFields } from './VerificationReport.js'

/** Files that the issuer signed are authentic only when their hash passed and the issuer is confirmed. */
export interface DocumentClaims extends Claims {
  readonly authentic: boolean
}

const fromChip = (source: string): boolean => source.startsWith('DG')

/**
 * `document.expiry`: whether the document is past its last day. A day ends with the day of its country: Vietnam's, seven hours ahead
 * of UTC, for Vietnamese documents.
 */
export function expiryCheck(claims: readonly DocumentClaims[], at: string): Check<CheckId> {
  const id = 'document.expiry'
  const known = claims.filter(({ source, values }) => fromChip(source) && values.dateOfExpiry !== undefined)
  // The MRZ is what every issuer fills; it goes before the national data group.
  const claim = known.find(({ source }) => source === 'DG1') ?? known[0]
  const date = claim?.values.dateOfExpiry
  if (claim === undefined || date === undefined) return check(id, 'not-performed', 'not-read')
  const vietnamese = claim.source === 'DG13' || claim.values.issuingState === 'VNM'
  const today = dayAt(at, vietnamese ? 7 : 0)
  // Whether the document has a last day at all is not told: only the old have none.
  if (date !== 'none' && date < today.slice(0, date.length)) return check(id, 'failed', 'expired')
  return claim.authentic ? check(id, 'passed') : check(id, 'inconclusive', 'data-not-authentic')
}

function dayAt(at: string, hoursAhead: number): string {
  return new Date(Date.parse(at) + hoursAhead * 3_600_000).toISOString().slice(0, 10)
}

/**
 * `document.consistency`: what DG1, DG11, DG13, QR, MRZ and the caller say about one person does not contradict. What the caller expects and
 * the chip does not say is confirmed by nobody, however many unsigned sources repeat it.
 */
export function consistencyCheck(claims: readonly DocumentClaims[], merged: IdentityFields): Check<CheckId> {
  const id = 'document.consistency'
  const { compared, different } = contradictions(merged)
  const saidBy = (fields: readonly IdentityField[]): FieldSource[] =>
    claims.filter(({ values }) => fields.some((field) => values[field] !== undefined)).map(({ source }) => source)
  if (different.length > 0) return check(id, 'failed', 'contradiction', { fields: different, sources: saidBy(compared) })
  const said = new Set(claims.filter(({ source }) => fromChip(source)).flatMap(({ values }) => Object.keys(values)))
  const expected = claims.filter(({ source }) => source === 'form').flatMap(({ values }) => Object.keys(values))
  const unheard = expected.filter((field) => !said.has(field))
  if (unheard.length > 0) return check(id, 'inconclusive', 'not-compared', { fields: unheard })
  if (compared.length === 0) return check(id, 'not-performed', 'single-source')
  const fields = compared.filter((field) => said.has(field))
  // Who has none of the compared fields (DG2 has the portrait only) has no say.
  const sources = saidBy(fields)
  const grounded =
    fields.length > 0 && claims.every(({ source, authentic }) => !fromChip(source) || authentic || !sources.includes(source))
  return grounded
    ? check(id, 'passed', undefined, { fields, sources })
    : check(id, 'inconclusive', 'data-not-authentic', { fields, sources })
}
