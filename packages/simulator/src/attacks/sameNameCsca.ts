import { Certificate } from '@peculiar/asn1-x509'
import { decode } from '../asn1/encode.js'
import { signCard } from '../card/signCard.js'
import { createIssuer } from '../issuer/createIssuer.js'
import { statedKeyIdentifier } from '../issuer/issueSigner.js'
import type { Attack } from './Attack.js'
import { issuerLike } from './issuerLike.js'

export const sameNameCsca: Attack = {
  name: 'same-name-csca',
  description: {
    vi: 'Thẻ tự làm, ký bởi CSCA giả mang cùng tên và cùng mã khóa với CSCA thật.',
    en: 'A self-made card, signed under a country CA with the name and key identifier of the genuine one, and another key.',
  },
  async apply(card, { crypto, random }) {
    const genuine = decode(card.issuer.csca.certificate, Certificate)
    const issuer = await createIssuer({
      ...issuerLike(card),
      random,
      crypto,
      keyIdentifier: statedKeyIdentifier(genuine),
    })
    return signCard({ ...card, issuer }, { crypto, random })
  },
  expected: () => [{ id: 'chain.csca', status: 'failed', reason: 'signature-wrong' }],
}
