import type { Attack } from './Attack.js'

export const clone: Attack = {
  name: 'clone',
  description: {
    vi: 'Sao chép toàn bộ tệp sang chip khác; khóa riêng không sao chép được.',
    en: 'All files copied to another chip; the private keys cannot be copied.',
  },
  apply: async (card) => ({ ...card, privateKeys: {} }),
  expected: [
    { id: 'aa.signature', status: 'failed', reason: 'signature-wrong' },
    { id: 'ca.keys', status: 'failed', reason: 'session-keys-wrong' },
  ],
}
