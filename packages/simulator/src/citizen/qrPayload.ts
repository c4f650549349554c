import { formatSex, formatVietnameseDate } from '@cccd/identity'
import type { Citizen } from './Citizen.js'

/** The text of the QR code on a citizen's card: seven fields, on the newer card four empty ones more. */
export function qrPayload(citizen: Citizen): string {
  const fields = [
    citizen.personalNumber,
    citizen.previousIdNumber ?? '',
    citizen.fullName,
    formatVietnameseDate(citizen.dateOfBirth, 'compact'),
    formatSex(citizen.sex),
    citizen.placeOfResidence,
    formatVietnameseDate(citizen.dateOfIssue, 'compact'),
  ]
  return [...fields, ...(citizen.generation === '2024' ? ['', '', '', ''] : [])].join('|').normalize('NFC')
}
