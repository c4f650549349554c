import type { CryptoPort, HashAlgorithm, RandomSource } from '@cccd/crypto'
import type { FileName } from '@cccd/emrtd'
import { securityObject } from '../issuer/securityObject.js'
import type { CardImage } from './CardImage.js'

export interface SignCardOptions {
  readonly crypto: CryptoPort
  readonly random: RandomSource
  readonly hash?: HashAlgorithm
  readonly ldsVersion?: 0 | 1
}

/** The card with a security object that its issuer signs over its present data groups. */
export async function signCard(card: CardImage, options: SignCardOptions): Promise<CardImage> {
  const dataGroups = new Map<number, Uint8Array>()
  for (const [name, file] of Object.entries(card.files) as [FileName, Uint8Array][])
    if (name.startsWith('DG')) dataGroups.set(Number(name.slice(2)), file)
  const sod = await securityObject({ ...options, signer: card.issuer.signer, dataGroups, signingTime: card.signedAt })
  return { ...card, files: { ...card.files, SOD: sod } }
}
