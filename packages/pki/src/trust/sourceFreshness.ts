import type { TrustSource } from './TrustSource.js'

/** A source with its age. Plain data. */
export interface SourceFreshness extends TrustSource {
  readonly daysSinceLoaded?: number
  readonly daysSinceSigned?: number
}

/**
 * How old a source is at an instant, in whole days.
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
  return Math.floor((Date.parse(later) - Date.parse(earlier)) / 86_400_000)
}
