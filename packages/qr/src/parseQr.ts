import { CccdError, type Finding, markPersonal, type ParseOutcome } from '@cccd/core'
import { parsePersonalNumber, parsePreviousIdNumber, parseSex, parseVietnameseDate, personalNumberFindings } from '@cccd/identity'
import type { CardGeneration, CardQr } from './CardQr.js'
import { QrError, type QrErrorCode } from './errors.js'
import { decodePayload } from './payload/decodePayload.js'
import { maxFields, type QrField, qrFields } from './payload/fields.js'
import type { QrFindingCode } from './payload/findings.js'

/**
 * The QR payload of a Vietnamese chip identity card: seven fields (2021), eleven (2024), or any number up to 24, the unknown ones kept by
 * position. Takes what scanners make of it: CR/LF, BOM, NFD, UTF-8 read as Latin-1; says so in `findings`.
 *
 * The QR is a claim, not a proof: it is not signed.
 *
 * @param payload text, or better the bytes of the code (decoded as strict UTF-8)
 * @throws QrError `QR_EMPTY`, `QR_TOO_LARGE`, `QR_ENCODING`, `QR_CONTROL_CHARACTER`, `QR_NOT_A_CARD`, `QR_FIELD_COUNT`
 *   (`params.count`), and with `params.field` and `params.index`: `QR_PERSONAL_NUMBER`, `QR_PREVIOUS_ID_NUMBER`, `QR_FULL_NAME`,
 *   `QR_DATE_OF_BIRTH`, `QR_SEX`, `QR_ISSUE_DATE`
 * @example
 * const qr = parseQr('001090000123||Nguyễn Văn Thử|15081990|Nam|Phố Mẫu, Hà Nội|20052021')
 * qr.dateOfBirth       // '1990-08-15'
 * expiryCandidates(qr) // of @cccd/identity: [{ dateOfExpiry: '2030-08-15', … }]
 */
export function parseQr(payload: string | Uint8Array): CardQr {
  const findings: Finding<QrFindingCode>[] = []
  const text = decodePayload(payload, findings)
  const fields = splitFields(text)
  const trimmed = fields.slice(0, qrFields.length).map((field) => field.replace(/\s+/g, ' ').trim())
  const note = (code: QrFindingCode, severity: 'info' | 'warning' | 'error', field?: QrField) =>
    findings.push({ code, severity, ...(field === undefined ? {} : { field }) })
  for (const [index, field] of qrFields.entries()) if (trimmed[index] !== fields[index]) note('blanks-removed', 'info', field)

  const [number = '', previous = '', name = '', birth = '', sexWord = '', placeOfResidence = '', issue = ''] = trimmed
  const personalNumber = inField('personalNumber', 'QR_PERSONAL_NUMBER', () => parsePersonalNumber(number).value)
  const previousIdNumber = inField('previousIdNumber', 'QR_PREVIOUS_ID_NUMBER', () =>
    previous === '' ? undefined : parsePreviousIdNumber(previous),
  )
  const fullName = isName(name) ? name : wrong('fullName', 'QR_FULL_NAME')
  const dateOfBirth = inField('dateOfBirth', 'QR_DATE_OF_BIRTH', () => parseQrDate(birth))
  const sex = inField('sex', 'QR_SEX', () => parseSex(sexWord))
  const issueDate = inField('issueDate', 'QR_ISSUE_DATE', () => parseQrDate(issue))
  if (issueDate.length !== 10) wrong('issueDate', 'QR_ISSUE_DATE')

  const unknownFields = fields.slice(qrFields.length)
  const generation: CardGeneration = unknownFields.length === 0 ? 'cccd-2021' : 'can-cuoc-2024'
  if (dateOfBirth.length !== 10) note('birth-date-incomplete', 'info', 'dateOfBirth')
  if (issueDate < dateOfBirth) note('issue-before-birth', 'error', 'issueDate')
  if (placeOfResidence === '') note('place-of-residence-empty', 'warning', 'placeOfResidence')
  if (unknownFields.some((field) => field !== '')) note('unknown-fields-filled', 'info')
  if ((generation === 'can-cuoc-2024') !== issueDate >= firstIssueOf2024Card) note('generation-unclear', 'info')
  const context = { dateOfBirth, sex }
  findings.push(...personalNumberFindings(parsePersonalNumber(personalNumber, context), context))

  return markPersonal(
    {
      personalNumber,
      ...(previousIdNumber === undefined ? {} : { previousIdNumber }),
      fullName,
      dateOfBirth,
      sex,
      placeOfResidence,
      issueDate,
      unknownFields,
      generation,
      // Frozen: unlike the rest they hold nothing personal, and stay readable in a log.
      findings: Object.freeze(findings),
    },
    'CardQr',
  )
}

/** The parsed payload with its findings, or the error of {@link parseQr}. */
export function tryParseQr(payload: string | Uint8Array): ParseOutcome<CardQr, QrError> {
  try {
    const value = parseQr(payload)
    return { ok: true, value, findings: value.findings }
  } catch (error) {
    if (error instanceof QrError) return { ok: false, error }
    throw error
  }
}

/** The Law on Identity 2023 came into force. */
const firstIssueOf2024Card = '2024-07-01'

function splitFields(text: string): string[] {
  if (text.trim() === '') throw new QrError('QR_EMPTY', 'the payload is empty')
  const fields = text.split('|')
  if (fields.length === 1) throw new QrError('QR_NOT_A_CARD', 'the payload has no fields')
  if (fields.length < qrFields.length || fields.length > maxFields)
    throw new QrError('QR_FIELD_COUNT', 'the payload has too few or too many fields', { params: { count: fields.length } })
  return fields
}

/** The QR writes dates without separators; anything else is another code that looks like the card's. */
function parseQrDate(text: string): string {
  return parseVietnameseDate(/^\d+$/.test(text) ? text : '')
}

const longestName = 128

function isName(text: string): boolean {
  return text.length <= longestName && /[^\s'.,-]/.test(text) && !/[0-9!"#$%&()*+/:;<=>?@[\\\]^_{}~]/.test(text)
}

function inField<Value>(field: QrField, code: QrErrorCode, parse: () => Value): Value {
  try {
    return parse()
  } catch (error) {
    if (CccdError.is(error)) return wrong(field, code)
    throw error
  }
}

function wrong(field: QrField, code: QrErrorCode): never {
  throw new QrError(code, 'the field holds what it cannot hold', { params: { field, index: qrFields.indexOf(field) } })
}
