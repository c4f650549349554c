import type { Attack } from './Attack.js'

export const camKey: Attack = {
  name: 'cam-key',
  description: {
    vi: 'Bản sao không có khóa riêng dùng cho PACE-CAM.',
    en: 'A copy without the private key of chip-authentication mapping.',
  },
  apply: async (card) => ({
    ...card,
    chipKeys: card.chipKeys.map(({ secret, ...key }) =>
      key.use === 'mapping' || secret === undefined ? key : { ...key, secret },
    ),
  }),
  expected: ({ chipKeys }) =>
    chipKeys.some(({ use }) => use === 'mapping') ? [{ id: 'cam.key', status: 'failed', reason: 'other-key' }] : [],
}
