import type { TrustSource } from './TrustSource.js'

/** A source with its age. Plain data. */
export interface SourceFreshness extends TrustSource {
  readonly daysSinceLoaded?: number
  readonly daysSinceSigned?: number
}

/**
 * How old a source is at an instant, in calendar days (UTC); one that is younger than the instant, 0.
 * @example
 * report.trust.sources.map((source) => sourceFreshness(source, report.at)) // [{ name: 'DE_ML.ml', signedAt: …, daysSinceSigned: 12 }]
 */
export function sourceFreshness(source: TrustSource, at: string): SourceFreshness {
  const { loadedAt, signedAt } = source
  return {
    ...source,
    ...(loadedAt !== undefined && { daysSinceLoaded: daysBetween(loadedAt, at) }),
    ...(signedAt !== undefined && { daysSinceSigned: daysBetween(signedAt, at) }),
  }
}

function daysBetween(earlier: string, later: string): number {
  const days = (Date.parse(later.slice(0, 10)) - Date.parse(earlier.slice(0, 10))) / 86_400_000
  return Math.max(0, days)
}
