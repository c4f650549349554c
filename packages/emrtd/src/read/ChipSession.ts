import { type CryptoPort, loadCrypto, type RandomSource, systemRandom } from '@cccd/crypto'
import { type CardChannel, type CommandApdu, type ResponseApdu, TransportError } from '@cccd/iso7816'
import type { AccessCandidate } from '../access/AccessCandidate.js'
import type { ProtocolContext } from '../access/ProtocolContext.js'
import { sendStep } from '../access/sendStep.js'
import type { SecureChannel } from '../channel/secureMessaging.js'
import type { FileName } from '../lds/fileNames.js'
import type { PaceInfo, SecurityInfo } from '../lds/securityInfos.js'
import type { ChipAuthenticationMapping } from '../pace/ChipAuthenticationMapping.js'
import type { PaceParameters } from '../pace/paceParameters.js'
import type { AccessRecord, ChipReading, StepTiming } from '../reading/ChipReading.js'
import type { ObservedAuthentication } from '../reading/observation.js'
import type { ReadLimits } from './ChipLimits.js'
import { createPartialReading, type PartialReading } from './PartialReading.js'
import type { ReadChipOptions, ReadStep } from './ReadChipOptions.js'
import { type Announcement, trackProgress } from './trackProgress.js'

/** EF.CardAccess, or what stands in for it. */
export interface CardAccess {
  readonly source: AccessRecord['cardAccess']
  /** As read; absent for the built-in default. */
  readonly bytes?: Uint8Array
  readonly infos: readonly SecurityInfo[]
}

/** Chip Authentication of this channel. `unproven`: new keys are in use, no answer has come under them yet. */
export interface ChipAuthenticationState {
  readonly status: 'unproven' | 'passed' | 'failed' | 'not-offered'
  readonly oid?: string
  readonly keyId?: number
  readonly publicKeyInfo?: Uint8Array
  readonly sw?: number
  readonly reason?: string
}

/** The mapping of a channel, and what it ran over. */
export interface MappedChip extends ChipAuthenticationMapping {
  readonly info: PaceInfo
  readonly parameters: PaceParameters
}

/** One chip on one channel, step by step: what `readChip` walks through. */
export interface ChipSession {
  readonly channel: CardChannel
  readonly context: ProtocolContext & { readonly crypto: CryptoPort; readonly random: RandomSource }
  readonly candidates: readonly AccessCandidate[]
  readonly allowBac: boolean
  readonly maxFileLength: number
  /** Limits that the chip showed; the partial reading keeps them over a lost link. */
  readonly limits: ReadLimits
  readonly partial: PartialReading
  readonly timing: StepTiming[]
  readonly clock: () => number
  readonly progress: (at: Announcement) => void
  readonly stepDeadlines: NonNullable<ReadChipOptions['stepDeadlines']>
  /** When the step that runs must be done, by `clock`. */
  stepEnds: number
  secure?: SecureChannel | undefined
  cardAccess?: CardAccess
  /** EF.ATR/INFO and EF.DIR, where they were asked for and given. */
  masterFiles?: NonNullable<ChipReading['masterFiles']>
  record?: AccessRecord
  chipAuthentication?: ChipAuthenticationState
  /** Whether the LDS application is selected; before that the files of the master file answer. */
  applicationSelected: boolean
  /** What PACE with chip-authentication mapping left on this channel, until it is checked. */
  mapped?: MappedChip | undefined
  /** How the mapping came out, over every opening of this read. */
  mapping?: ObservedAuthentication
  /** The largest block that came whole: what refuses as many bytes elsewhere minds the end of the file. */
  provenBlock: number
  /** File and offset at which the protected channel was last lost. */
  lostAt?: string
  /** How often the chip may still be opened again after it dropped the protected channel. */
  reopenings: number
}

const mebibyte = 1_048_576
const defaultDeadline = 5000

export async function startSession(channel: CardChannel, options: ReadChipOptions): Promise<ChipSession> {
  const { random = systemRandom, signal, clock = Date.now, into: partial = createPartialReading() } = options
  const crypto = options.crypto ?? (await loadCrypto())
  const limits: ReadLimits = { ...options.chipLimits, ...partial.chipLimits }
  partial.chipLimits = limits
  const session: ChipSession = {
    channel,
    context: { crypto, random, deadline: (step) => timeLeft(session, step, options.deadline), signal },
    candidates: options.access,
    allowBac: options.allowBac ?? false,
    maxFileLength: options.maxFileLength ?? mebibyte,
    limits,
    partial,
    timing: [],
    clock,
    progress: trackProgress(options, partial, clock),
    stepDeadlines: options.stepDeadlines ?? {},
    stepEnds: Number.POSITIVE_INFINITY,
    applicationSelected: false,
    provenBlock: 0,
    reopenings: 8,
  }
  return session
}

/** Milliseconds for the next APDU: its own, or what is left of its step. */
function timeLeft({ stepEnds, clock }: ChipSession, step: string, deadline = defaultDeadline): number {
  const left = stepEnds - clock()
  if (left <= 0) throw new TransportError('TRANSPORT_TIMEOUT', 'the step took too long', { step })
  return Math.min(deadline, left)
}

/** One command over the protected channel, or the plain one before there is any. The first answer under new keys proves them. */
export async function exchange(session: ChipSession, step: string, command: CommandApdu): Promise<ResponseApdu> {
  const { secure } = session
  const response = await sendStep(secure ?? session.channel, session.context, step, command)
  const { chipAuthentication } = session
  if (secure !== undefined && chipAuthentication?.status === 'unproven')
    session.chipAuthentication = { ...chipAuthentication, status: 'passed' }
  return response
}

/** Runs a step, announces it and notes how long it took. */
export async function timed<Result>(
  session: ChipSession,
  at: { readonly step: ReadStep; readonly file?: FileName },
  action: () => Promise<Result>,
): Promise<Result> {
  const start = session.clock()
  session.stepEnds = start + (session.stepDeadlines[at.step] ?? Number.POSITIVE_INFINITY)
  session.progress(at)
  try {
    return await action()
  } finally {
    session.stepEnds = Number.POSITIVE_INFINITY
    session.timing.push({ ...at, ms: Math.max(0, session.clock() - start) })
  }
}
