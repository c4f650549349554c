import { decodeBase64, encodeBase64Url } from './base64.js'
import { CoreError } from './errors/CoreError.js'

/** What the plain data of this SDK consists of. */
export type PlainData =
  | string
  | number
  | boolean
  | null
  | undefined
  | Uint8Array
  | readonly PlainData[]
  | { readonly [key: string]: PlainData }

const bytesKey = '$bytes'

/**
 * JSON of any parsed object of this SDK: bytes become `{"$bytes": base64url}`, absent members are left out.
 * `decodeJson` gives the same object back. A `ChipReading` has its own, published form: `encodeReading`.
 * @throws TypeError for what is not plain data (functions, Dates, BigInts, cycles)
 */
export function encodeJson(value: unknown): string {
  return JSON.stringify(toJsonValue(value, 0))
}

function toJsonValue(value: unknown, depth: number): unknown {
  if (depth > 64) throw new TypeError('value is nested too deep')
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('number is not finite')
    return value
  }
  if (value instanceof Uint8Array) return { [bytesKey]: encodeBase64Url(value) }
  if (Array.isArray(value)) return value.map((inner) => toJsonValue(inner, depth + 1))
  if (typeof value === 'object' && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
    return Object.fromEntries(entries.map(([key, inner]) => [key, toJsonValue(inner, depth + 1)]))
  }
  throw new TypeError('value is not plain data')
}

/**
 * The object that {@link encodeJson} wrote.
 * @throws CoreError `JSON_INVALID`
 */
export function decodeJson(text: string, options: { readonly maxLength?: number } = {}): PlainData {
  if (text.length > (options.maxLength ?? 32 * 1024 * 1024))
    throw new CoreError('JSON_INVALID', 'text is larger than allowed', { params: { length: text.length } })
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new CoreError('JSON_INVALID', 'text is not JSON')
  }
  return fromJsonValue(parsed, 0)
}

function fromJsonValue(value: unknown, depth: number): PlainData {
  if (depth > 64) throw new CoreError('JSON_INVALID', 'value is nested too deep')
  if (Array.isArray(value)) return value.map((inner) => fromJsonValue(inner, depth + 1))
  if (typeof value !== 'object' || value === null) return value as string | number | boolean | null
  const entries = Object.entries(value)
  const [first] = entries
  if (entries.length === 1 && first !== undefined && first[0] === bytesKey && typeof first[1] === 'string') {
    try {
      return decodeBase64(first[1])
    } catch {
      throw new CoreError('JSON_INVALID', 'bytes are not base64url')
    }
  }
  const out: Record<string, PlainData> = {}
  for (const [key, inner] of entries)
    Object.defineProperty(out, key, {
      value: fromJsonValue(inner, depth + 1),
      enumerable: true,
      writable: true,
      configurable: true,
    })
  return out
}
