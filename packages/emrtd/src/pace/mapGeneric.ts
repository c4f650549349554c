import { encodeTlv, equalBytes, wipe } from '@cccd/core'
import type { CardChannel } from '@cccd/iso7816'
import type { ProtocolContext } from '../access/ProtocolContext.js'
import { generalAuthenticate, requiredObject } from './generalAuthenticate.js'
import type { MappedNonce, MappingInput } from './MapNonce.js'
import { paceRefused } from './paceRefused.js'
import { reflectedKey, withElement } from './withElement.js'

const step = 'pace.map-nonce'

/**
 * Generic mapping: G' = s × G + H, or g' = g^s × h, where H is an anonymous key agreement (Doc 9303-11, 4.4.3.3.1). Chip-authentication
 * mapping begins alike (4.4.3.3.3).
 * @throws EmrtdError `PACE_FAILED`, `PACE_BAD_ANSWER`
 */
export async function mapGeneric(channel: CardChannel, context: ProtocolContext, input: MappingInput): Promise<MappedNonce> {
  const { group, nonce } = input
  const scalar = group.randomScalar(context.random)
  try {
    const own = await group.publicKey(scalar)
    const answer = await generalAuthenticate(channel, context, { step, data: encodeTlv(0x81, own), refused: paceRefused(step) })
    const chip = requiredObject(answer, 0x82, step)
    // A chip that echoes our key knows nothing of its own.
    if (equalBytes(chip, own)) throw reflectedKey(step)
    const shared = await withElement(step, () => group.multiply(scalar, chip))
    const generator = await withElement(step, () => group.mapNonce(nonce, shared))
    context.intermediate?.('map.terminal_private', scalar.slice())
    context.intermediate?.('map.terminal_public', own)
    context.intermediate?.('map.chip_public', chip)
    context.intermediate?.(group.agreement === 'DH' ? 'map.shared_h' : 'map.shared_H', shared)
    context.intermediate?.('map.mapped_generator', generator)
    return { generator, chipKey: chip }
  } finally {
    wipe(scalar)
  }
}
