import { cardAccess } from '../lds/cardAccess.js'
import type { PaceOffer } from '../lds/protocols.js'
import type { Attack } from './Attack.js'

/** The weakest that terminals still take. */
const weakest: PaceOffer = { cipher: '3DES', parameterId: 12 }

export const paceDowngrade: Attack = {
  name: 'pace-downgrade',
  description: {
    vi: 'Sửa EF.CardAccess để đầu đọc dùng PACE yếu hơn chip thật.',
    en: 'EF.CardAccess changed, so that the terminal takes a weaker PACE than the genuine chip has.',
  },
  async apply(card) {
    const pace = [weakest]
    return { ...card, pace, files: { ...card.files, CardAccess: cardAccess(pace, []) } }
  },
  // The attacker's chip has its own PACE, without the defects of the genuine one.
  traits: { paceToken: 'checked' },
  expected: ({ pace }) =>
    pace.length === 0 || pace.some(({ cipher }) => cipher === '3DES')
      ? []
      : [
          { id: 'pace.downgrade', status: 'failed', reason: 'not-offered' },
          { id: 'card-access.match', status: 'failed', reason: 'differs' },
        ],
}
