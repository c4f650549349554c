import { mrzLines } from '../citizen/mrzLines.js'
import { dg1 } from '../lds/smallFiles.js'
import type { Attack } from './Attack.js'

export const editDg1: Attack = {
  name: 'edit-dg1',
  description: {
    vi: 'Sửa ngày sinh trong DG1 kèm số kiểm tra đúng, giữ nguyên các tệp còn lại.',
    en: 'The date of birth in DG1 changed, its check digits too, all other files left as they are.',
  },
  async apply(card) {
    const { citizen } = card
    const [year = '', month, day] = citizen.dateOfBirth.split('-')
    const edited = { ...citizen, dateOfBirth: `${Number(year) - 1}-${month}-${day}` }
    return { ...card, files: { ...card.files, DG1: dg1(mrzLines(edited)) } }
  },
  expected: ({ files }) => [
    { id: 'dg1.hash', status: 'failed', reason: 'hash-differs' },
    // Where another file says the date of birth too.
    ...(files.DG13 === undefined ? [] : [{ id: 'document.consistency', status: 'failed' } as const]),
  ],
}
