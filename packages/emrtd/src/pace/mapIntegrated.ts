import { encodeTlv, wipe } from '@cccd/core'
import type { CardChannel } from '@cccd/iso7816'
import type { ProtocolContext } from '../access/ProtocolContext.js'
import { EmrtdError } from '../errors.js'
import { generalAuthenticate } from './generalAuthenticate.js'
import type { MappedNonce, MappingInput } from './MapNonce.js'
import { paceRefused } from './paceRefused.js'
import { integratedNonceLength, pseudoRandom } from './pseudoRandom.js'
import { withElement } from './withElement.js'

const step = 'pace.map-nonce'

/**
 * Integrated mapping: the terminal shows a nonce t, as long as a key, and both sides turn R(s,t) into the generator by themselves
 * (Doc 9303-11, 4.4.3.3.2). Turkey, Spain. The chip has nothing to answer: `7C 00`, `7C 02 82 00` and no data are all seen.
 * @throws EmrtdError `PACE_FAILED`, `PACE_BAD_ANSWER`
 */
export async function mapIntegrated(channel: CardChannel, context: ProtocolContext, input: MappingInput): Promise<MappedNonce> {
  const { group, suite, nonce } = input
  if (nonce.length !== integratedNonceLength(suite))
    throw new EmrtdError('PACE_BAD_ANSWER', 'the nonce has a wrong length', { step, params: { length: nonce.length } })
  const terminalNonce = context.random(suite.keyLength)
  const data = encodeTlv(0x81, terminalNonce)
  await generalAuthenticate(channel, context, { step, data, mayBeEmpty: true, refused: paceRefused(step) })
  const value = pseudoRandom(suite, nonce, terminalNonce, 8 * group.fieldLength)
  const generator = await withElement(step, () => group.mapPseudoRandom(value))
  context.intermediate?.('nonce_t', terminalNonce.slice())
  context.intermediate?.('PRF_R', value.slice())
  context.intermediate?.('mapped_generator', generator)
  wipe(value, terminalNonce)
  return { generator }
}
