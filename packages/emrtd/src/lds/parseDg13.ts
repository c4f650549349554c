import {
  type CccdError,
  equalBytes,
  expectTag,
  type Finding,
  isCccdError,
  type ParseOutcome,
  readOid,
  readSmallInteger,
  type TlvNode,
} from '@cccd/core'
import { normaliseText, parseSex, type Sex } from '@cccd/identity'
import { type Dg13Field, readDg13Values } from './dg13Value.js'
import { attempt, malformed, openFile, type Parsed, personal, within } from './openFile.js'
import { saysNoExpiry, vietnameseDate } from './vietnameseDate.js'

/**
 * DG13 of the Vietnamese identity card. Every member is left out when its field is absent, empty or not understood; {@link fields} has
 * everything as it stands. Texts are NFC. Dates are `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
 */
export interface VietnameseIdentityData {
  readonly version: number
  /** Says which character set the texts have, `1.0.10646.1.0.8` (UTF-8) as far as is known. */
  readonly encodingOid: string
  /** Field 1: twelve digits. */
  readonly personalNumber?: string
  /** Field 2. */
  readonly fullName?: string
  /** Field 3. */
  readonly dateOfBirth?: string
  /** Field 4: `Nam` or `Nữ`. */
  readonly sex?: Sex
  /** Field 5, in words. */
  readonly nationality?: string
  /** Field 6: sensitive personal data. */
  readonly ethnicity?: string
  /** Field 7: sensitive personal data. */
  readonly religion?: string
  /** Field 8. */
  readonly placeOfOrigin?: string
  /** Field 9. */
  readonly placeOfResidence?: string
  /** Field 10. */
  readonly identifyingMarks?: string
  /** Field 11. */
  readonly dateOfIssue?: string
  /** Field 12; `none`: does not expire. */
  readonly dateOfExpiry?: string
  /** Field 13, first name in it. */
  readonly fatherName?: string
  /** Field 13, second name in it. */
  readonly motherName?: string
  /** Field 14. */
  readonly spouseName?: string
  /** Field 15 (some implementations: 16): nine digits of the former identity card. */
  readonly previousIdNumber?: string
  /** Every field, unknown ones too, in the order of the file. */
  readonly fields: readonly Dg13Field[]
}

type Members = { -readonly [M in Exclude<keyof VietnameseIdentityData, 'version' | 'encodingOid' | 'fields'>]?: string }

const label = 'VietnameseIdentityData'
const maxFields = 128
const utf8Oid = '1.0.10646.1.0.8'
const textFields = [
  [2, 'fullName'],
  [5, 'nationality'],
  [6, 'ethnicity'],
  [7, 'religion'],
  [8, 'placeOfOrigin'],
  [9, 'placeOfResidence'],
  [10, 'identifyingMarks'],
  [14, 'spouseName'],
] as const
const knownFields = 16

export function readDg13(bytes: Uint8Array): Parsed<VietnameseIdentityData> {
  const root = openFile(bytes, 'DG13')
  return within('DG13', () => {
    const findings: Finding[] = []
    const [body, ...extra] = root.children()
    const [versionNode, oidNode, list, ...more] = expectTag(body, 0x30).children()
    if (extra.length > 0 || more.length > 0) throw malformed('DG13', 'bytes follow the list of fields')
    const version = readSmallInteger(versionNode)
    const encodingOid = readOid(oidNode)
    if (encodingOid !== utf8Oid) findings.push({ code: 'dg13-encoding-oid', severity: 'info', field: 'DG13' })
    const fields = readFields(list, findings)
    const members = membersOf(fields, findings)
    const value = { version, encodingOid, ...members, fields } as VietnameseIdentityData
    return { value, findings }
  })
}

/** The SET is in ascending field number, not in DER order: no order is enforced, BER lengths are read. */
function readFields(list: TlvNode | undefined, findings: Finding[]): Dg13Field[] {
  if (list?.tag === 0x30) findings.push({ code: 'dg13-sequence-for-set', severity: 'info', field: 'DG13' })
  else expectTag(list, 0x31)
  const entries = list?.children() ?? []
  if (entries.length > maxFields) throw malformed('DG13', 'too many fields', { count: entries.length })
  const seen = new Map<number, TlvNode>()
  const fields: Dg13Field[] = []
  for (const entry of entries) {
    const [number, ...values] = expectTag(entry, 0x30).children()
    const id = readSmallInteger(number)
    const before = seen.get(id)
    if (before !== undefined) {
      if (!equalBytes(before.raw, entry.raw)) throw malformed('DG13', 'a field stands twice with different values', { id })
      findings.push({ code: 'dg13-field-twice', severity: 'warning', field: `DG13.${id}` })
      continue
    }
    seen.set(id, entry)
    fields.push({ id, values: readDg13Values(values, id, findings) })
    if (id < 1 || id > knownFields) findings.push({ code: 'dg13-unknown-field', severity: 'info', field: `DG13.${id}` })
  }
  return fields
}

function membersOf(fields: readonly Dg13Field[], findings: Finding[]): Members {
  const texts = new Map(
    fields.map(({ id, values }) => [id, values.map(({ text }) => (text === undefined ? '' : normaliseText(text)))]),
  )
  const first = (id: number): string | undefined => texts.get(id)?.find((text) => text !== '')
  const odd = (id: number): void => {
    findings.push({ code: 'dg13-odd-value', severity: 'warning', field: `DG13.${id}` })
  }
  /** A value that must have a form; what has not is reported and left out. */
  const formed = (id: number, form: (text: string) => string | undefined): string | undefined => {
    const text = first(id)
    const value = text === undefined ? undefined : form(text)
    if (text !== undefined && value === undefined) odd(id)
    return value
  }
  const out: Members = {}
  const set = (member: keyof Members, value: string | undefined): void => {
    if (value !== undefined && value !== '') out[member] = value
  }
  set(
    'personalNumber',
    formed(1, (text) => (/^\d{12}$/.test(text) ? text : undefined)),
  )
  for (const [id, member] of textFields) set(member, first(id))
  set('dateOfBirth', formed(3, vietnameseDate))
  set('sex', formed(4, sexOf))
  set('dateOfIssue', formed(11, vietnameseDate))
  set(
    'dateOfExpiry',
    formed(12, (text) => (saysNoExpiry(text) ? 'none' : vietnameseDate(text))),
  )
  const parents = texts.get(13) ?? []
  if (parents.length > 2) odd(13)
  if (parents.length === 1) findings.push({ code: 'dg13-one-parent', severity: 'info', field: 'DG13.13' })
  set('fatherName', parents[0])
  set('motherName', parents[1])
  set('previousIdNumber', previousIdNumber(first(15), first(16), findings))
  return out
}

function sexOf(text: string): Sex | undefined {
  try {
    return parseSex(text)
  } catch (error) {
    if (isCccdError(error)) return undefined
    throw error
  }
}

/** The byte evidence says 15; three implementations say 16, whose meaning is unconfirmed. Nine digits in 16 are taken when 15 has none. */
function previousIdNumber(in15: string | undefined, in16: string | undefined, findings: Finding[]): string | undefined {
  const nineDigits = /^\d{9}$/
  if (in15 !== undefined) {
    if (!nineDigits.test(in15)) findings.push({ code: 'dg13-odd-value', severity: 'warning', field: 'DG13.15' })
    return in15
  }
  if (in16 === undefined || !nineDigits.test(in16)) return undefined
  findings.push({ code: 'dg13-previous-id-in-16', severity: 'info', field: 'DG13.16' })
  return in16
}

/**
 * DG13 of the Vietnamese identity card: `6D { SEQUENCE { version, OID, SET { SEQUENCE { number, value … } … } } }`. No public document
 * describes it; this follows the bytes that independent implementations agree on. A field with an unexpected value is a finding, not an error.
 *
 * @throws EmrtdError `EMRTD_FILE_MALFORMED` (not this structure, text that is no UTF-8, a field twice with different values), `EMRTD_FILE_TOO_LARGE`
 * @example
 * const { fullName, dateOfExpiry } = parseDg13(bytes) // 'Nguyễn Văn Thử', '2030-08-15' or 'none'
 */
export function parseDg13(bytes: Uint8Array): VietnameseIdentityData {
  return personal(readDg13(bytes), label).value
}

/** As {@link parseDg13}, with findings (`dg13-…`) and without throwing for bad data. */
export function tryParseDg13(bytes: Uint8Array): ParseOutcome<VietnameseIdentityData, CccdError> {
  return attempt(() => personal(readDg13(bytes), label))
}
