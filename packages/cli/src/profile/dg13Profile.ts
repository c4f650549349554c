import type { Facts } from './Facts.js'

/** Fields whose presence, or emptiness, says something of the holder: marks, parents, spouse, former number. */
const ofTheHolder = [10, 13, 14, 15]

/**
 * The layout of DG13: field numbers, string types, whether values stand there and can be read. Known forms of a value (a date, the
 * words for no expiry) are not told apart: no expiry tells an age.
 */
export async function dg13Profile(bytes: Uint8Array | undefined): Promise<{ facts: Facts; fields: Facts }> {
  if (bytes === undefined) return { facts: {}, fields: {} }
  const { tryParseDg13 } = await import('@cccd/emrtd')
  const parsed = tryParseDg13(bytes)
  if (!parsed.ok) return { facts: { error: parsed.error.code }, fields: {} }
  const { value, findings } = parsed
  const common = value.fields.filter(({ id }) => !ofTheHolder.includes(id))
  const fields = common.map(({ id, values }): [string, string] => {
    const parts = values.map(({ type, text }) =>
      text === undefined ? `${type} unreadable` : text === '' ? `${type} empty` : type,
    )
    return [String(id), parts.length === 0 ? 'no value' : parts.join(' + ')]
  })
  const shapes = value.fields.find(({ id }) => id === 16)?.values.map(({ text }) => shapeOf(text)) ?? []
  const doubts = findings.filter(({ field }) => !ofTheHolder.some((id) => field === `DG13.${id}`))
  return {
    facts: {
      version: value.version,
      encodingOid: value.encodingOid,
      ascending: value.fields.every(({ id }, i) => i === 0 || id > (value.fields[i - 1]?.id ?? 0)),
      expiryFormKnown: value.dateOfExpiry !== undefined,
      field16: shapes.length === 0 ? 'absent' : shapes.join(' + '),
      findings: [...new Set(doubts.map(({ code, field }) => `${code} ${field ?? ''}`.trim()))],
    },
    fields: Object.fromEntries(fields),
  }
}

/** What kind of characters, and how many in classes wide enough to hold everybody's. */
function shapeOf(text: string | undefined): string {
  if (text === undefined) return 'unreadable'
  if (text === '') return 'empty'
  const kind = /^\d{9}$/.test(text)
    ? 'nine digits'
    : /^[0-9A-F]+$/i.test(text)
      ? 'hexadecimal digits'
      : /^[0-9A-Z]+$/i.test(text)
        ? 'letters and digits'
        : 'text'
  return `${kind}, ${text.length === 16 ? '16' : text.length < 16 ? 'fewer than 16' : 'more than 16'} characters`
}
