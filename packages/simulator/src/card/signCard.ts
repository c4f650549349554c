import type { CryptoPort, RandomSource } from '@cccd/crypto'
import type { FileName } from '@cccd/emrtd'
import { cardSecurity } from '../issuer/cardSecurity.js'
import { securityObject } from '../issuer/securityObject.js'
import type { CardImage } from './CardImage.js'

export interface SignCardOptions {
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

/** The card with a security object that its issuer signs over its present data groups, and EF.CardSecurity where PACE needs it. */
export async function signCard(card: CardImage, options: SignCardOptions): Promise<CardImage> {
  const { issuer, signedAt: signingTime, chipKeys, pace } = card
  const { signer } = issuer
  const dataGroups = new Map<number, Uint8Array>()
  for (const [name, file] of Object.entries(card.files) as [FileName, Uint8Array][])
    if (name.startsWith('DG')) dataGroups.set(Number(name.slice(2)), file)
  const SOD = await securityObject({ ...card.securityObject, ...options, signer, dataGroups, signingTime })
  // Chip-authentication mapping is nothing without an authentic key (Doc 9303-11, 4.4.3.3.3).
  const CardSecurity = chipKeys.some(({ use }) => use === 'mapping')
    ? await cardSecurity({ ...options, signer, pace, chipKeys, signingTime })
    : undefined
  return { ...card, files: { ...card.files, SOD, ...(CardSecurity && { CardSecurity }) } }
}
