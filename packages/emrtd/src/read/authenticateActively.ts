import { activeAuthentication } from '../authentication/activeAuthentication.js'
import type { FileName } from '../lds/fileNames.js'
import { tryParseDg15 } from '../lds/parseDg15.js'
import type { ActiveAuthenticationTranscript } from '../reading/ChipReading.js'
import { blockLength } from './blockLength.js'
import { type ChipSession, timed } from './ChipSession.js'
import { isComplete } from './PartialReading.js'
import type { ActiveAuthenticationChallenge } from './ReadChipOptions.js'
import { answerCapacity, carriedAnswer, shortAnswer } from './readBinary.js'
import { isChannelLost, reopenChip } from './reopenChip.js'
import { withinStep } from './withinStep.js'

/** Room for the answer of the longest key that is around, RSA with 16,384 bits, and its protection. */
const longSignature = 4096

/**
 * Active Authentication over the verifier's challenge, once: an answer that a partial reading already holds is kept. Without DG15
 * there is nothing to prove. A refusal is recorded.
 *
 * @throws RangeError when the challenge has not eight bytes
 * @throws TransportError when the link fails
 */
export async function authenticateActively(session: ChipSession, challenge: ActiveAuthenticationChallenge): Promise<void> {
  const { partial } = session
  if (partial.activeAuthentication?.response !== undefined || !isComplete(partial.files.DG15)) return
  partial.activeAuthentication = await timed(session, { step: 'active-authentication' }, async () => {
    return ask(session, typeof challenge === 'function' ? await fetched(session, challenge) : challenge)
  })
}

function fetched(
  session: ChipSession,
  fetch: Extract<ActiveAuthenticationChallenge, (...all: never) => unknown>,
): Promise<Uint8Array> {
  const { signal } = session.context
  return withinStep(session, 'active-authentication', fetch({ files: completeFiles(session), signal }))
}

/** The files of a session that are there whole. */
export function completeFiles({ partial }: ChipSession): Partial<Record<FileName, Uint8Array>> {
  const whole = Object.entries(partial.files).filter(([, file]) => isComplete(file))
  return Object.fromEntries(whole.map(([name, file]) => [name, file.bytes]))
}

async function ask(session: ChipSession, challenge: Uint8Array): Promise<ActiveAuthenticationTranscript> {
  const { deadline, signal } = session.context
  const le = answerLength(session)
  try {
    return await activeAuthentication(session.secure ?? session.channel, { challenge, deadline, signal, le })
  } catch (error) {
    if (!isChannelLost(error)) throw error
    await reopenChip(session, error)
    if (le <= shortAnswer) return { challenge: challenge.slice(), sw: error.sw ?? 0 }
    // An extended Le costs some chips their channel; they answer a short one in parts.
    session.limits.refusesExtended = true
    return ask(session, challenge)
  }
}

/**
 * A signature longer than a short protected answer holds needs extended length: where the chip says it has it, and also where only
 * the reader does and the key is that long; else the chip gives the answer in parts.
 */
function answerLength(session: ChipSession): number {
  const { limits, channel, secure, partial } = session
  const carried = carriedAnswer(channel)
  if (carried <= shortAnswer || limits.refusesExtended === true || secure === undefined) return shortAnswer
  if (signatureLength(partial.files.DG15?.bytes) <= blockLength(shortAnswer, secure.cipher)) return shortAnswer
  return blockLength(Math.max(answerCapacity(session), Math.min(carried, longSignature)), secure.cipher)
}

/** Of an unknown key nothing is known; it is asked short, and answers in parts if need be. */
function signatureLength(dg15: Uint8Array | undefined): number {
  const parsed = dg15 === undefined ? undefined : tryParseDg15(dg15)
  const key = parsed?.ok === true ? parsed.value.publicKey : undefined
  return key?.type === 'rsa' ? key.modulus.length : 0
}
