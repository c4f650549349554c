import { readFileSync } from 'node:fs'

/** The version of this package, from its manifest: beside `src` in the repository, beside `dist` when installed. */
export function ownVersion(): string {
  try {
    const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
    if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version)
  } catch {
    // A bundle that was moved away from its manifest still runs.
  }
  return '0.0.0'
}
