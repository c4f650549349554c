import type { Attack } from './Attack.js'

export const skipAa: Attack = {
  name: 'skip-aa',
  description: {
    vi: 'Bản sao giấu DG15 để đầu đọc bỏ qua bước xác thực chủ động.',
    en: 'A copy that hides DG15, so that a terminal may leave active authentication out.',
  },
  apply: async (card) => card,
  behaviour: { withheld: ['DG15'] },
  expected: ({ activeAuthentication }) =>
    activeAuthentication === undefined
      ? []
      : [
          { id: 'aa.signature', status: 'failed', reason: 'downgrade' },
          { id: 'dg15.hash', status: 'not-performed', reason: 'not-found' },
        ],
}
