import { concatBytes } from '@cccd/core'
import { decodeCommand, encodeResponse, extendedLimits, type ResponseApdu, TransportError } from '@cccd/iso7816'
import type { VpcdCard } from '@cccd/simulator/node'

export interface ScriptedCard extends VpcdCard {
  /** Commands that reached the card since it was made. */
  readonly commands: number
  readonly resets: number
}

/** An answer to reset of a card that speaks T=1 and announces nothing else (TCK last). */
export const answerToReset = Uint8Array.of(0x3b, 0x80, 0x80, 0x01, 0x01)

/** Byte n of the file that READ BINARY gives. */
export function patternByte(offset: number): number {
  return (offset * 7 + (offset >> 8)) & 0xff
}

export function pattern(offset: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => patternByte(offset + index))
}

/**
 * A card of six commands: READ BINARY gives Le bytes of a pattern, 80 10 echoes, 80 20 waits P1 × 10 ms, 80 30 never answers,
 * 80 40 pulls the card out, 80 50 answers 61xx until P1 × 256 bytes were fetched.
 */
export function scriptedCard(mark = 0): ScriptedCard {
  let commands = 0
  let resets = 0
  let pending = 0

  async function answer(bytes: Uint8Array): Promise<ResponseApdu> {
    const { cla, ins, p1, p2, data = new Uint8Array(), le = 0 } = decodeCommand(bytes)
    if (cla === 0x00 && ins === 0xb0) return { data: pattern((p1 << 8) | p2, le), sw: 0x9000 }
    if (cla === 0x00 && ins === 0xa4) return { data: Uint8Array.of(mark), sw: 0x9000 }
    if (ins === 0xc0 && pending > 0) {
      pending--
      return { data: pattern(0, 256), sw: pending > 0 ? 0x6100 : 0x9000 }
    }
    if (cla !== 0x80) return { data: new Uint8Array(), sw: 0x6e00 }
    if (ins === 0x10) return { data, sw: 0x9000 }
    if (ins === 0x20) await new Promise((resolve) => setTimeout(resolve, p1 * 10))
    if (ins === 0x30) await new Promise(() => undefined)
    if (ins === 0x40) throw new TransportError('LINK_LOST', 'the card was pulled out')
    if (ins === 0x50) {
      pending = p1
      return { data: new Uint8Array(), sw: 0x6100 }
    }
    return { data: concatBytes(Uint8Array.of(ins)), sw: ins === 0x20 ? 0x9000 : 0x6d00 }
  }

  return {
    limits: extendedLimits,
    answerToReset,
    async transmit(bytes) {
      commands++
      return encodeResponse(await answer(bytes))
    },
    reset() {
      resets++
      pending = 0
    },
    async close() {},
    get commands() {
      return commands
    },
    get resets() {
      return resets
    },
  }
}
