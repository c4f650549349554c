import { decodeBase64, decodeHex } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { accessFromCan, readChip, verifyReading } from '@cccd/emrtd'
import { type CardChannel, importTrace, replay } from '@cccd/iso7816'
import { createTrustStore } from '@cccd/pki'

/** A recorded read as texts, for a runtime without files. */
export interface RecordedRead {
  readonly trace: string
  readonly can: string
  readonly anchor: string
  readonly challenge: string
  readonly at: string
}

/** Milliseconds of a runtime's own work for one read and its verification, without chip and link. */
export interface ReadCost {
  readonly readMs: number
  readonly verifyMs: number
  /** SHA-256 over all files that were read. */
  readonly hashMs: number
  /** The longest that the event loop waited while reading and while verifying. */
  readonly longestReadTaskMs: number
  readonly longestVerifyTaskMs: number
}

/**
 * Replays a read and verifies it. A task ends where the runtime may do something else: at each APDU, which on a phone is an
 * asynchronous call, and at each pause of the cryptography, which is an immediate or a timer of zero.
 */
export async function replayedRead({ trace, can, anchor, challenge, at }: RecordedRead): Promise<ReadCost> {
  const tasks = watchTasks()
  const recorded = replay(importTrace(trace))
  const channel: CardChannel = {
    ...recorded,
    async transmit(command, options) {
      await tasks.turn()
      return recorded.transmit(command, options)
    },
  }
  const bytes = decodeHex(challenge)
  const trust = await createTrustStore({ anchors: [{ certificate: decodeBase64(anchor) }], allowDemo: true })
  await tasks.turn()

  tasks.begin()
  const reading = await readChip(channel, {
    access: accessFromCan(can),
    files: ['DG1', 'DG2', 'DG13', 'DG14', 'DG15'],
    activeAuthentication: { challenge: bytes },
    random: recorded.random,
    clock: () => Date.parse(at),
  })
  const read = tasks.begin()
  const report = await verifyReading(reading, { trust, at, expect: { activeAuthenticationChallenge: bytes } })
  const verified = tasks.begin()
  tasks.end()
  if (report.summary.issuer !== 'country-ca' || report.summary.clone !== 'passed') throw new Error('the reading does not verify')

  const crypto = defaultCrypto()
  const before = now()
  for (const file of Object.values(reading.files)) crypto.hash('sha256', file)
  return {
    readMs: read.busyMs,
    verifyMs: verified.busyMs,
    hashMs: now() - before,
    longestReadTaskMs: read.longestMs,
    longestVerifyTaskMs: verified.longestMs,
  }
}

const now = (): number => (typeof performance === 'object' ? performance.now() : Date.now())

function watchTasks() {
  const { setTimeout: timer, setImmediate: soon } = globalThis
  let began = now()
  let sofar = { busyMs: 0, longestMs: 0 }
  const stop = (): void => {
    const ms = now() - began
    sofar = { busyMs: sofar.busyMs + ms, longestMs: Math.max(sofar.longestMs, ms) }
  }
  const turn = (action: () => void): void => {
    stop()
    timer(() => {
      began = now()
      action()
    }, 0)
  }
  // Deadlines never come in a replay; a pause is an immediate or a timer of zero.
  const patched = (action: () => void, ms = 0): void => (ms === 0 ? turn(action) : undefined)
  Object.assign(globalThis, { setTimeout: patched, setImmediate: patched })
  return {
    turn: () => new Promise<void>(turn),
    /** What was seen since the last call. */
    begin() {
      stop()
      const seen = sofar
      sofar = { busyMs: 0, longestMs: 0 }
      began = now()
      return seen
    },
    end() {
      Object.assign(globalThis, { setTimeout: timer, setImmediate: soon })
    },
  }
}
