import { formatSex, formatVietnameseDate } from '@cccd/identity'
import type { CardQr } from './CardQr.js'

/** What a payload is written from: a parsed one, or the same fields. */
export type QrFields = Pick<CardQr, 'personalNumber' | 'fullName' | 'dateOfBirth' | 'sex' | 'placeOfResidence' | 'issueDate'> &
  Partial<Pick<CardQr, 'previousIdNumber' | 'unknownFields'>>

/**
 * The payload of a card, in NFC, for simulators and tests. Seven fields, and one more for each of `unknownFields` (the card of 2024 has
 * four, empty in every public sample).
 *
 * @throws RangeError when a text holds the separator, or a date is not one
 * @example
 * formatQr({ personalNumber: '001090000123', fullName: 'Nguyễn Văn Thử', dateOfBirth: '1990-08-15', sex: 'male',
 *   placeOfResidence: 'Hà Nội', issueDate: '2024-10-04', unknownFields: ['', '', '', ''] })
 */
export function formatQr(fields: QrFields): string {
  const texts = [
    fields.personalNumber,
    fields.previousIdNumber ?? '',
    fields.fullName,
    formatVietnameseDate(fields.dateOfBirth, 'compact'),
    formatSex(fields.sex),
    fields.placeOfResidence,
    formatVietnameseDate(fields.issueDate, 'compact'),
    ...(fields.unknownFields ?? []),
  ]
  if (texts.some((text) => text.includes('|'))) throw new RangeError('fields must not hold the separator |')
  return texts.join('|').normalize('NFC')
}
