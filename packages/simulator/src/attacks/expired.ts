import { signCard } from '../card/signCard.js'
import { mrzLines } from '../citizen/mrzLines.js'
import { issueSigner } from '../issuer/issueSigner.js'
import { shiftDate } from '../issuer/shiftDate.js'
import { dg13 } from '../lds/dg13.js'
import { dg1 } from '../lds/smallFiles.js'
import type { Attack } from './Attack.js'

export const expired: Attack = {
  name: 'expired',
  description: {
    vi: 'Thẻ thật nhưng đã hết hạn, chứng thư của người ký cũng đã hết hạn.',
    en: "A genuine card that has expired, and whose document signer's certificate has expired too.",
  },
  async apply(card, { crypto, random }) {
    const { issuer } = card
    const signedAt = shiftDate(issuer.at, { years: -3 })
    const signer = await issueSigner(issuer.csca, {
      random,
      crypto,
      state: issuer.state,
      country: 'as-csca',
      algorithm: issuer.signer.algorithm,
      notBefore: shiftDate(signedAt, { days: -1 }),
      notAfter: shiftDate(issuer.at, { days: -30 }),
      addresses: issuer.addresses,
    })
    const citizen = { ...card.citizen, dateOfExpiry: shiftDate(issuer.at, { days: -30 }).toISOString().slice(0, 10) }
    const files = {
      ...card.files,
      DG1: dg1(mrzLines(citizen)),
      ...(card.files.DG13 !== undefined && citizen.document === undefined && { DG13: dg13(citizen) }),
    }
    // What opens the chip stays: the terminal was told before the card was seen.
    const old = { ...card, citizen, files, signedAt: signedAt.toISOString(), issuer: { ...issuer, signer } }
    return signCard(old, { crypto, random })
  },
  expected: () => [
    { id: 'document.expiry', status: 'failed', reason: 'expired' },
    { id: 'chain.validity-now', status: 'failed', reason: 'expired' },
  ],
}
