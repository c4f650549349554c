import { markPersonal } from '@cccd/core'
import { type FileName, fileNames } from '../lds/fileNames.js'
import type { ChipAuthenticationTranscript, ChipReading, FileStatus } from '../reading/ChipReading.js'
import { type Observation, type ObservedAuthentication, observe } from '../reading/observation.js'
import { completeFiles } from './authenticateActively.js'
import { knownLimits } from './ChipLimits.js'
import type { ChipSession } from './ChipSession.js'

/** The reading of a session as it stands, and, beside it, what this process saw of the live channel. */
export function finishReading(session: ChipSession): ChipReading {
  const { cardAccess, record, partial, channel } = session
  const files = completeFiles(session)
  if (cardAccess?.bytes !== undefined) files.CardAccess = cardAccess.bytes
  const reading: ChipReading = {
    version: 1,
    readAt: new Date(session.clock()).toISOString(),
    files,
    fileStatus: statusOfEveryFile(session, files),
    ...(record === undefined ? {} : { access: record }),
    chipAuthentication: transcript(session),
    ...(partial.activeAuthentication === undefined ? {} : { activeAuthentication: partial.activeAuthentication }),
    ...(session.masterFiles === undefined ? {} : { masterFiles: session.masterFiles }),
    ...(channel.answerToReset === undefined ? {} : { answerToReset: channel.answerToReset }),
    limits: { ...channel.limits },
    chipLimits: knownLimits(session.limits),
    timing: session.timing,
  }
  const marked = markPersonal(reading, 'ChipReading')
  if (record !== undefined) observe(marked, observation(session, record))
  return marked
}

function statusOfEveryFile(
  { partial, cardAccess }: ChipSession,
  files: Partial<Record<FileName, Uint8Array>>,
): Record<FileName, FileStatus> {
  const statusOf = (name: FileName): FileStatus => {
    if (files[name] !== undefined) return { status: 'read' }
    if (name === 'CardAccess' && cardAccess?.source !== undefined)
      return { status: cardAccess.source === 'not-read' ? 'not-found' : 'access-denied' }
    return partial.fileStatus[name] ?? { status: 'not-asked' }
  }
  return Object.fromEntries(fileNames.map((name) => [name, statusOf(name)])) as Record<FileName, FileStatus>
}

function transcript({ chipAuthentication }: ChipSession): ChipAuthenticationTranscript {
  if (chipAuthentication === undefined) return { status: 'not-asked' }
  const { status, oid, keyId, sw, reason } = chipAuthentication
  return {
    status: status === 'passed' || status === 'unproven' ? 'performed' : status,
    ...(oid === undefined ? {} : { oid }),
    ...(keyId === undefined ? {} : { keyId }),
    ...(sw === undefined ? {} : { sw }),
    ...(reason === undefined ? {} : { reason }),
  }
}

function observation(session: ChipSession, access: Observation['access']): Observation {
  const { cardAccess } = session
  return {
    access,
    ...(cardAccess?.bytes === undefined ? {} : { cardAccess: cardAccess.bytes }),
    chipAuthentication: observed(session),
    ...(session.mapping === undefined ? {} : { chipAuthenticationMapping: session.mapping }),
  }
}

/** Keys that no answer has proven are not proven. */
function observed({ chipAuthentication }: ChipSession): ObservedAuthentication {
  const { status = 'not-asked', oid = '', keyId, reason, publicKeyInfo = new Uint8Array(0) } = chipAuthentication ?? {}
  return {
    status: status === 'unproven' ? 'failed' : status,
    oid,
    publicKeyInfo,
    ...(keyId === undefined ? {} : { keyId }),
    ...(status === 'unproven' ? { reason: 'not-proven' } : reason === undefined ? {} : { reason }),
  }
}
