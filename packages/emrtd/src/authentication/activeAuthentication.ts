import { assertBytes } from '@cccd/core'
import type { CardChannel, ResponseApdu } from '@cccd/iso7816'
import type { ProtocolContext } from '../access/ProtocolContext.js'
import { sendStep } from '../access/sendStep.js'
import type { ActiveAuthenticationTranscript } from '../reading/ChipReading.js'

export interface ActiveAuthenticationOptions extends Pick<ProtocolContext, 'deadline' | 'signal'> {
  /** Eight bytes that only the verifier could know. */
  readonly challenge: Uint8Array
  /** The most bytes to ask for; more than 256 only where reader and chip carry extended length (default 256). */
  readonly le?: number
}

/**
 * Active Authentication: INTERNAL AUTHENTICATE over the verifier's challenge (Doc 9303-11, 6.1.2). A signature that does not fit a
 * short answer comes by extended length, or by 61xx and GET RESPONSE. Judges nothing: `verifyReading` does.
 *
 * @throws TypeError, RangeError when the challenge is not eight bytes
 * @throws TransportError, EmrtdError `SM_…` as the channel does
 */
export async function activeAuthentication(
  channel: CardChannel,
  options: ActiveAuthenticationOptions,
): Promise<ActiveAuthenticationTranscript> {
  const { challenge, le = 256 } = options
  assertBytes(challenge, 'challenge')
  if (challenge.length !== 8) throw new RangeError('challenge must have eight bytes')
  const ask = (length: number): Promise<ResponseApdu> =>
    sendStep(channel, options, 'active-authentication', { cla: 0, ins: 0x88, p1: 0, p2: 0, data: challenge, le: length })
  let response = await ask(le)
  // A chip that says "wrong length" to the extended form may still answer in parts.
  if (response.sw === 0x6700 && le > 256) response = await ask(256)
  const copy = challenge.slice()
  if (response.sw !== 0x9000 || response.data.length === 0) return { challenge: copy, sw: response.sw }
  return { challenge: copy, response: response.data, sw: response.sw }
}
