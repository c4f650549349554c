import { encodeBase64Url } from '@cccd/core'
import type { IdentityFields, VerificationReport } from '@cccd/emrtd'
import { mask } from '../mask.js'

/** The report as plain JSON: checks, summary and findings as they are, personal data masked unless asked otherwise. */
export function reportJson(report: VerificationReport, reveal: boolean): object {
  const { identity, unverified, path, ...facts } = report
  return {
    ...facts,
    path: path.map(certificateJson),
    identity: fieldsJson(identity, reveal),
    unverified: fieldsJson(unverified, reveal),
  }
}

function fieldsJson(fields: IdentityFields, reveal: boolean): object {
  const entries = Object.entries(fields).map(([field, entry]) => {
    const { value, ...rest } = entry
    const text = typeof value === 'string' ? value : undefined
    if (text !== undefined) return [field, { value: reveal ? text : mask(field, text), ...rest }]
    return [field, { present: true, ...rest }]
  })
  return Object.fromEntries(entries)
}

/** Byte strings of a certificate as base64url, the JSON form of bytes everywhere in this SDK. */
export function certificateJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return encodeBase64Url(value)
  if (Array.isArray(value)) return value.map(certificateJson)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, certificateJson(inner)]))
}
