import type { Attack } from './Attack.js'
import { camKey } from './camKey.js'

export const clone: Attack = {
  name: 'clone',
  description: {
    vi: 'Sao chép toàn bộ tệp sang chip khác; khóa riêng không sao chép được.',
    en: 'All files copied to another chip; the private keys cannot be copied.',
  },
  apply: async (card) => ({
    ...card,
    privateKeys: {},
    chipKeys: card.chipKeys.map(({ secret: _secret, ...key }) => key),
  }),
  expected: (card) => [
    ...(card.activeAuthentication === undefined
      ? []
      : [{ id: 'aa.signature', status: 'failed', reason: 'signature-wrong' } as const]),
    ...(card.chipKeys.some(({ use }) => use === 'chip-authentication')
      ? [{ id: 'ca.keys', status: 'failed', reason: 'session-keys-wrong' } as const]
      : []),
    ...camKey.expected(card),
  ],
}
