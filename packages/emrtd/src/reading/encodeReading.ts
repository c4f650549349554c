import { encodeBase64Url } from '@cccd/core'
import type { ChipReading } from './ChipReading.js'

/**
 * The one JSON form of a reading, described by the JSON Schema of `@cccd/emrtd/schema`: bytes are base64url, names as in
 * {@link ChipReading}, keys in the order of their letters, so the same reading gives the same text. It holds everything the chip gave:
 * personal data in clear.
 * @example await store.put(id, encodeReading(reading))
 */
export function encodeReading(reading: ChipReading): string {
  return JSON.stringify(withText(reading))
}

function withText(value: unknown): unknown {
  if (value instanceof Uint8Array) return encodeBase64Url(value)
  if (Array.isArray(value)) return value.map(withText)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, withText(inner)]))
}
