import type { Attack } from './Attack.js'

export const replayedAa: Attack = {
  name: 'replayed-aa',
  description: {
    vi: 'Chip trả lời xác thực chủ động bằng chữ ký đã ghi lại của một thử thách khác.',
    en: 'The chip answers active authentication with a recorded signature over another challenge.',
  },
  apply: async (card) => card,
  behaviour: { signedChallenge: /* @__PURE__ */ Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
  expected: ({ activeAuthentication }) =>
    activeAuthentication === undefined ? [] : [{ id: 'aa.signature', status: 'failed', reason: 'signature-wrong' }],
}
