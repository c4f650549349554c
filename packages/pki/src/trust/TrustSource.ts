import type { MasterListResult } from './verifyMasterList.js'

/** A file or list that trust material came from. Plain data. */
export interface TrustSource {
  readonly name: string
  /** When it was loaded, ISO 8601; absent when nobody told the time. */
  readonly loadedAt?: string
  /** When the master list says that it was signed. */
  readonly signedAt?: string
}

/** The sources of a store by name: of several of one name the oldest times count, so that nothing looks fresher than its oldest part. */
export function mergeSources(
  given: readonly TrustSource[],
  masterLists: readonly MasterListResult[],
  named: Iterable<string>,
): readonly TrustSource[] {
  const byName = new Map<string, TrustSource>()
  const note = (source: TrustSource): void => {
    const { loadedAt: a, signedAt: c, ...known } = byName.get(source.name) ?? source
    const loadedAt = older(a, source.loadedAt)
    const signedAt = older(c, source.signedAt)
    byName.set(source.name, { ...known, ...(loadedAt && { loadedAt }), ...(signedAt && { signedAt }) })
  }
  given.forEach(note)
  for (const { source, signingTime } of masterLists)
    if (source !== undefined) note({ name: source, ...(signingTime !== undefined && { signedAt: signingTime }) })
  for (const name of named) note({ name })
  return [...byName.values()]
}

function older(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && Date.parse(b) < Date.parse(a)) ? b : a
}
