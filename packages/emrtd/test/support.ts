import { decodeHex, encodeHex } from '@cccd/core'
import type { CryptoPort, RandomSource } from '@cccd/crypto'
import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'
import type { CardChannel, ChannelLimits } from '@cccd/iso7816'

/** Every suite of worked examples runs over both. */
export const backends: readonly [string, CryptoPort][] = [
  ['node', nodeCrypto()],
  ['portable', portableCrypto()],
]

export const shortLimits: ChannelLimits = { maxCommandLength: 261, maxResponseLength: 258 }

/** The values given, one a call, each of the length that was asked for. */
export function fixedRandom(...values: readonly string[]): RandomSource {
  const queue = values.map(decodeHex)
  return (length) => {
    const next = queue.shift()
    if (next?.length !== length) throw new Error(`no random value of ${length} bytes is left`)
    return next
  }
}

/** Different bytes at each call, the same in each run. */
export function countingRandom(seed = 1): RandomSource {
  let state = seed
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state >>> 24
    })
}

export interface ScriptedChannel extends CardChannel {
  readonly sent: string[]
}

/** A chip that says its lines: each command must be the one written down. */
export function scripted(exchanges: readonly (readonly [string, string])[], limits = shortLimits): ScriptedChannel {
  const sent: string[] = []
  return {
    limits,
    sent,
    async transmit(command) {
      const line = exchanges[sent.length]
      const hex = encodeHex(command)
      sent.push(hex)
      if (line === undefined) throw new Error(`command after the end: ${hex}`)
      if (line[0].toLowerCase() !== hex) throw new Error(`expected ${line[0].toLowerCase()}, got ${hex}`)
      return decodeHex(line[1])
    },
    async close() {},
  }
}

/** A chip that answers by a function. */
export function answering(
  answer: (command: Uint8Array, index: number) => Uint8Array | string,
  limits = shortLimits,
): ScriptedChannel {
  const sent: string[] = []
  return {
    limits,
    sent,
    async transmit(command) {
      const reply = answer(command, sent.length)
      sent.push(encodeHex(command))
      return typeof reply === 'string' ? decodeHex(reply) : reply
    },
    async close() {},
  }
}

/** Collects intermediate values as hexadecimal. */
export function collector(): { values: Record<string, string>; intermediate: (name: string, value: Uint8Array) => void } {
  const values: Record<string, string> = {}
  return {
    values,
    intermediate(name, value) {
      values[name] = encodeHex(value)
    },
  }
}
