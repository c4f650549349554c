import type { TrustSource } from '@cccd/pki'
import type { Context } from '../Context.js'

/** When a source was signed and loaded, and how long before `at` that was. */
export async function sourceAge({ t }: Context, source: TrustSource, at: string): Promise<string> {
  const { sourceFreshness } = await import('@cccd/pki/trust')
  const { loadedAt, signedAt, daysSinceLoaded = 0, daysSinceSigned = 0 } = sourceFreshness(source, at)
  const known = [
    ...(signedAt === undefined ? [] : [t('source.signed', { day: signedAt.slice(0, 10), days: daysSinceSigned })]),
    ...(loadedAt === undefined ? [] : [t('source.loaded', { day: loadedAt.slice(0, 10), days: daysSinceLoaded })]),
  ]
  return known.length === 0 ? t('source.unknown') : known.join(' · ')
}
