import { encodeTlv, parseTlv } from '@cccd/core'
import { type CryptoPort, type RandomSource, signIso9796_2 } from '@cccd/crypto'
import { parsePublicKeyInfo } from '@cccd/pki'
import type { ActiveAuthenticationMethod, CardImage } from '../card/CardImage.js'
import { StatusError } from './StatusError.js'

export interface SignContext {
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

/**
 * The chip's signature over a challenge (Doc 9303-11, 6.1). A chip that was copied without its key answers with bytes of the right
 * length, which is the most that it can do.
 * @throws StatusError 6D00 when the card has no active authentication
 */
export async function activeAuthentication(card: CardImage, challenge: Uint8Array, context: SignContext): Promise<Uint8Array> {
  const { activeAuthentication: method, privateKeys } = card
  if (method === undefined) throw new StatusError(0x6d00)
  const { crypto, random } = context
  if (privateKeys.activeAuthentication === undefined) return madeUp(card, method, random)
  const key = await crypto.importPrivateKey(privateKeys.activeAuthentication)
  if (method.type === 'rsa') return signIso9796_2(key, challenge, { crypto, trailer: method.trailer, random })
  return key.sign({ type: 'ecdsa', hash: method.hash, format: method.format ?? 'plain' }, challenge, random)
}

function madeUp({ files }: CardImage, method: ActiveAuthenticationMethod, random: RandomSource): Uint8Array {
  const key = parsePublicKeyInfo(parseTlv(files.DG15 ?? new Uint8Array(0), { tag: 0x6f }).value)
  const bytes = random(key.type === 'rsa' ? key.modulus.length : key.point.length - 1)
  // Below the modulus, and positive in DER.
  bytes[0] = ((bytes[0] as number) & 0x3f) | 1
  if (method.type === 'rsa' || method.format !== 'der') return bytes
  const half = bytes.length / 2
  bytes[half] = ((bytes[half] as number) & 0x3f) | 1
  return encodeTlv(0x30, encodeTlv(0x02, bytes.slice(0, half)), encodeTlv(0x02, bytes.slice(half)))
}
