import { dg13 } from '../lds/dg13.js'
import type { Attack } from './Attack.js'

export const editDg13: Attack = {
  name: 'edit-dg13',
  description: {
    vi: 'Sửa nơi cư trú trong DG13, giữ nguyên các tệp còn lại.',
    en: 'The place of residence in DG13 changed, all other files left as they are.',
  },
  async apply(card) {
    const edited = dg13({ ...card.citizen, placeOfResidence: 'Số 99 Đường Giả Mạo, Phường Mẫu, Quận Mẫu, Hà Nội' })
    return { ...card, files: { ...card.files, DG13: edited } }
  },
  expected: ({ files, citizen }) =>
    files.DG13 === undefined || citizen.document !== undefined
      ? []
      : [{ id: 'dg13.hash', status: 'failed', reason: 'hash-differs' }],
}
