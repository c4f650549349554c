import type { Citizen } from '../citizen/Citizen.js'
import { mrzLines } from '../citizen/mrzLines.js'
import { dg1 } from '../lds/smallFiles.js'
import type { Attack } from './Attack.js'

export const editDg1: Attack = {
  name: 'edit-dg1',
  description: {
    vi: 'Sửa DG1 kèm số kiểm tra đúng, giữ nguyên các tệp còn lại.',
    en: 'DG1 changed, its check digits too, all other files left as they are.',
  },
  apply: async (card) => ({ ...card, files: { ...card.files, DG1: dg1(mrzLines(edited(card.citizen))) } }),
  expected: ({ citizen }) => [
    { id: 'dg1.hash', status: 'failed', reason: 'hash-differs' },
    // The Vietnamese DG13 says the date of birth too.
    ...(citizen.document === undefined ? [{ id: 'document.consistency', status: 'failed' } as const] : []),
  ],
}

/** Somebody a year older; on another state's document, the holder of another number. */
function edited(citizen: Citizen): Citizen {
  const { document, dateOfBirth } = citizen
  if (document !== undefined) {
    const { documentNumber } = document
    const digit = documentNumber.endsWith('0') ? '1' : '0'
    return { ...citizen, document: { ...document, documentNumber: documentNumber.slice(0, -1) + digit } }
  }
  return { ...citizen, dateOfBirth: `${Number(dateOfBirth.slice(0, 4)) - 1}${dateOfBirth.slice(4)}` }
}
