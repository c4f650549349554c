import { concatBytes } from '@cccd/core'
import {
  type DecodedCommand,
  decodeCommand,
  decodeResponse,
  type Exchange,
  encodeResponse,
  type ResponseApdu,
  type TransportErrorCode,
} from '@cccd/iso7816'

/** One command with its whole answer: parts that 61xx announced and GET RESPONSE fetched are joined. */
export interface WireExchange {
  readonly command: DecodedCommand
  /** Absent when no answer came. */
  readonly response?: ResponseApdu
  readonly error?: TransportErrorCode
  /** As recorded, the command first, then each GET RESPONSE. */
  readonly parts: readonly Exchange[]
}

/** Exchanges as a protocol sees them. @throws IsoError `APDU_MALFORMED` */
export function joinExchanges(exchanges: readonly Exchange[]): WireExchange[] {
  const out: WireExchange[] = []
  for (let at = 0; at < exchanges.length; ) {
    const first = exchanges[at++] as Exchange
    const parts = [first]
    const command = decodeCommand(first.command)
    const pieces: Uint8Array[] = []
    let last = answerOf(first)
    while (last !== undefined && last.sw >> 8 === 0x61 && exchanges[at]?.command[1] === 0xc0) {
      pieces.push(last.data)
      const next = exchanges[at++] as Exchange
      parts.push(next)
      last = answerOf(next)
    }
    const { error = 'LINK_LOST' } = parts[parts.length - 1] as Exchange
    out.push({
      command,
      parts,
      ...(last === undefined ? { error } : { response: { data: concatBytes(...pieces, last.data), sw: last.sw } }),
    })
  }
  return out
}

/** The recorded exchanges again, with another command and other data of the same length cut as the recorded data was. */
export function splitExchange(wire: WireExchange, command: Uint8Array, data: Uint8Array): Exchange[] {
  let at = 0
  return wire.parts.map((part, index) => {
    const answer = answerOf(part)
    const piece = answer === undefined ? undefined : data.subarray(at, at + answer.data.length)
    at += piece?.length ?? 0
    return {
      ...coarse(part),
      command: index === 0 ? command : part.command,
      response: answer === undefined || piece === undefined ? new Uint8Array(0) : encodeResponse({ data: piece, sw: answer.sw }),
    }
  })
}

function answerOf({ response, error }: Exchange): ResponseApdu | undefined {
  return error === undefined ? decodeResponse(response) : undefined
}

/** Whole milliseconds: more would tell one chip from another. */
function coarse({ command, error, ms }: Exchange): Exchange {
  return {
    command,
    response: new Uint8Array(0),
    ...(error === undefined ? {} : { error }),
    ...(ms === undefined ? {} : { ms: Math.round(ms) }),
  }
}
