import { signCard } from '../card/signCard.js'
import { createIssuer } from '../issuer/createIssuer.js'
import type { Attack } from './Attack.js'
import { issuerLike } from './issuerLike.js'

export const unknownCsca: Attack = {
  name: 'unknown-csca',
  description: {
    vi: 'Thẻ tự làm, ký bởi một CSCA tự lập mà không ai tin cậy.',
    en: 'A self-made card, signed under a self-made country CA that nobody trusts.',
  },
  async apply(card, { crypto, random }) {
    const issuer = await createIssuer({ ...issuerLike(card), random, crypto, name: 'DEMO CSCA of an Attacker' })
    return signCard({ ...card, issuer }, { crypto, random })
  },
  expected: () => [{ id: 'chain.csca', status: 'inconclusive', reason: 'no-trust-anchor' }],
}
