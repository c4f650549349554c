import { decodeJson, type PlainData } from '@cccd/core'
import { TransportError } from '../errors/TransportError.js'
import { type Exchange, Trace } from './Trace.js'

const maxExchanges = 100_000

/**
 * The trace that {@link Trace.export} wrote.
 * @throws TransportError `TRANSPORT_TRACE_INVALID`
 */
export function importTrace(text: string): Trace {
  let value: PlainData
  try {
    value = decodeJson(text)
  } catch (cause) {
    throw new TransportError('TRANSPORT_TRACE_INVALID', 'text is not a trace', { cause })
  }
  if (!isRecord(value) || value.version !== 1) throw invalid('version')
  const { limits, exchanges, randomness, answerToReset } = value
  if (!isRecord(limits) || !isLength(limits.maxCommandLength) || !isLength(limits.maxResponseLength)) throw invalid('limits')
  if (!isList(exchanges)) throw invalid('exchanges')
  if (!isList(randomness)) throw invalid('randomness')
  if (answerToReset !== undefined && !(answerToReset instanceof Uint8Array)) throw invalid('answerToReset')
  return new Trace({
    limits: { maxCommandLength: limits.maxCommandLength, maxResponseLength: limits.maxResponseLength },
    exchanges: exchanges.map(exchangeOf),
    randomness: randomness.map((bytes) => {
      if (bytes instanceof Uint8Array) return bytes
      throw invalid('randomness')
    }),
    ...(answerToReset === undefined ? {} : { answerToReset }),
  })
}

function exchangeOf(value: PlainData): Exchange {
  if (!isRecord(value)) throw invalid('exchanges')
  const { command, response, ms } = value
  if (!(command instanceof Uint8Array) || !(response instanceof Uint8Array) || response.length < 2) throw invalid('exchanges')
  if (ms !== undefined && typeof ms !== 'number') throw invalid('exchanges')
  return { command, response, ...(ms === undefined ? {} : { ms }) }
}

function isRecord(value: PlainData): value is { readonly [key: string]: PlainData } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}

function isList(value: PlainData): value is readonly PlainData[] {
  return Array.isArray(value) && value.length <= maxExchanges
}

function isLength(value: PlainData): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 2 && value <= 0x20000
}

function invalid(field: string): TransportError {
  return new TransportError('TRANSPORT_TRACE_INVALID', 'text is not a trace', { params: { field } })
}
