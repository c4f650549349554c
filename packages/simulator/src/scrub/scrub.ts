import { markPersonal } from '@cccd/core'
import { type CryptoPort, type RandomSource, systemRandom } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import { type AccessCandidate, parseTraceContext, type TracedOptions } from '@cccd/emrtd'
import { Trace } from '@cccd/iso7816'
import type { PortraitEncoder } from '../portrait/PortraitEncoder.js'
import { answerChallenge } from './answerChallenge.js'
import { assertNothingStays } from './assertNothingStays.js'
import { Disguise } from './Disguise.js'
import { demoContext } from './demoContext.js'
import { Eavesdropper } from './Eavesdropper.js'
import { learnPerson } from './learnPerson.js'
import type { Overheard } from './Overheard.js'
import { provenMappingKey } from './provenMappingKey.js'
import { Reenactment } from './Reenactment.js'
import { Rekeying } from './Rekeying.js'
import { ScrubAuthorities } from './ScrubAuthorities.js'
import { scrubAccess } from './scrubAccess.js'
import { scrubAnswerToReset } from './scrubAnswerToReset.js'
import { likewise, type ScrubTools } from './scrubCertificate.js'
import { scrubFiles } from './scrubFiles.js'
import { scrubRefused } from './scrubRefused.js'
import type { TracedName } from './TracedFiles.js'

export interface ScrubOptions {
  /** How the chip was opened, where the trace does not keep it. */
  readonly access?: readonly AccessCandidate[]
  /** For portraits in JPEG 2000: `jpeg2000Encoder` of `@cccd/simulator/jpeg2000`. Without it such a portrait becomes a grey area. */
  readonly encoders?: readonly PortraitEncoder[]
  /** Default `systemRandom`. */
  readonly random?: RandomSource
  readonly crypto?: CryptoPort
}

/** A trace of nobody. */
export interface ScrubResult {
  /** Says of itself that it was scrubbed; holds the passwords and the anchors of the DEMO. */
  readonly trace: Trace
  /** Certificates of the DEMO country CAs, DER, for a trust store with `allowDemo`. */
  readonly anchors: readonly Uint8Array[]
  readonly access: readonly AccessCandidate[]
  /** Files of which nothing but the length is left: not read to their end, or not well-formed. */
  readonly blanked: readonly TracedName[]
}

/**
 * Makes of the recording of a read one of a DEMO person with a DEMO issuer, which can be attached to a bug report: as many APDUs, of the
 * same lengths, with the same status words; other names, numbers, dates, pictures, passwords, keys and random bytes. It replays, and
 * verifies where the original did.
 *
 * What stays: which files there are and how long they are, the protocols and kinds of keys, country and type of the document, sex,
 * years of issue and expiry, usage and validity of certificates, whole milliseconds. What a signature or hash had wrong stays wrong, but
 * for the signature of the security object, which is made anew. A trace that cannot be opened, or holds what cannot be replaced in its
 * own size, is refused whole.
 *
 * @throws SimulatorError `SIMULATOR_SCRUB_REFUSED` (`params.reason`); TransportError, IsoError, EmrtdError for a trace that is damaged
 * @example
 * const { trace, anchors } = await scrub(importTrace(text))
 * await writeFile('read.demo.trace.json', trace.export({ sensitive: true }))
 */
export async function scrub(trace: Trace, options: ScrubOptions = {}): Promise<ScrubResult> {
  const { crypto = defaultCrypto(), random = systemRandom, encoders = [] } = options
  const recorded = recordedOptions(trace, options)
  const disguise = new Disguise(random)
  const authorities = new ScrubAuthorities(crypto, random)
  const tools: ScrubTools = { crypto, random, disguise, keys: new Rekeying(random), authorities }

  const eavesdropper = new Eavesdropper(trace, recorded.access, crypto)
  const conversation = await eavesdropper.listen()
  const traced = eavesdropper.files.all()
  const person = learnPerson(traced, recorded.access, disguise, random)
  const access = scrubAccess(recorded.access, disguise)
  const { files, blanked, activeAuthentication } = await scrubFiles(traced, person, tools, { random, encoders })

  const answer = async ({ command, response }: Overheard, newChallenge: Uint8Array): Promise<Uint8Array | undefined> => {
    const dg15 = eavesdropper.files.whole('DG15')
    if (dg15 === undefined || activeAuthentication === undefined || response === undefined) return undefined
    const challenge = command.data ?? new Uint8Array(0)
    const about = { challenge, response: response.data, dg15, dg14: eavesdropper.files.whole('DG14') }
    return answerChallenge({ ...about, key: activeAuthentication, newChallenge }, tools)
  }
  const reenactment = new Reenactment({
    tools,
    files,
    passwordFor: (password) => access[recorded.access.indexOf(password)] ?? password,
    mappingKey: (run) =>
      provenMappingKey(run, { before: eavesdropper.files.whole('CardSecurity'), after: files.get('CardSecurity') }, tools),
    answerChallenge: answer,
  })
  await reenactment.play(conversation)
  const { activeAuthentication: asked } = recorded
  const scrubbed = new Trace({
    limits: trace.limits,
    ...(trace.answerToReset && { answerToReset: scrubAnswerToReset(trace.answerToReset) }),
    exchanges: reenactment.exchanges,
    randomness: reenactment.randomness,
    context: demoContext(
      { ...recorded, access, ...(asked && { activeAuthentication: { challenge: likewise(asked.challenge, tools) } }) },
      authorities.anchors,
    ),
    scrubbed: true,
  })
  assertNothingStays(trace, scrubbed, [...files.values()], disguise)
  return markPersonal({ trace: scrubbed, anchors: authorities.anchors, access, blanked }, 'ScrubResult')
}

function recordedOptions({ context }: Trace, { access }: ScrubOptions): TracedOptions {
  if (context === undefined && access === undefined) throw scrubRefused('no-access')
  const options = context === undefined ? undefined : parseTraceContext(context)
  return { ...options, access: access ?? options?.access ?? [] }
}
