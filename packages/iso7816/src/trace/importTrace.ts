import { decodeJson, type PlainData } from '@cccd/core'
import { TransportError, type TransportErrorCode, transportErrorCodes } from '../errors/TransportError.js'
import { type Exchange, Trace } from './Trace.js'

const maxExchanges = 100_000
/** Seven bytes of header and length, 65,535 of data, two of Le. */
const maxApdu = 65_544
const maxRandomness = 65_536
const none = new Uint8Array(0)

/**
 * The trace that {@link Trace.export} wrote, in version 2 or 1 of the format (`docs/trace-format.md`).
 * @throws TransportError `TRANSPORT_TRACE_INVALID`
 * @example
 * const trace = importTrace(await readFile('read.trace.json', 'utf8'))
 * trace.exchanges.length
 */
export function importTrace(text: string): Trace {
  let value: PlainData
  try {
    value = decodeJson(text)
  } catch (cause) {
    throw new TransportError('TRANSPORT_TRACE_INVALID', 'text is not a trace', { cause })
  }
  if (!isRecord(value) || (value.version !== 1 && value.version !== 2)) throw invalid('version')
  const { limits, exchanges, randomness, answerToReset, context, scrubbed } = value
  if (!isRecord(limits) || !isLength(limits.maxCommandLength) || !isLength(limits.maxResponseLength)) throw invalid('limits')
  if (!isList(exchanges)) throw invalid('exchanges')
  if (!isList(randomness)) throw invalid('randomness')
  if (answerToReset !== undefined && !isBytes(answerToReset, 0, 256)) throw invalid('answerToReset')
  return new Trace({
    limits: { maxCommandLength: limits.maxCommandLength, maxResponseLength: limits.maxResponseLength },
    exchanges: exchanges.map(exchangeOf),
    randomness: randomness.map((bytes) => {
      if (isBytes(bytes, 0, maxRandomness)) return bytes
      throw invalid('randomness')
    }),
    ...(answerToReset === undefined ? {} : { answerToReset }),
    ...(context === undefined ? {} : { context }),
    scrubbed: scrubbed === true,
  })
}

/** Version 1 knew answers alone; version 2 has `error` in the place of an answer that did not come. */
function exchangeOf(value: PlainData): Exchange {
  if (!isRecord(value)) throw invalid('exchanges')
  const { command, response, error, ms } = value
  if (!isBytes(command, 0, maxApdu)) throw invalid('exchanges')
  if (ms !== undefined && typeof ms !== 'number') throw invalid('exchanges')
  const time = ms === undefined ? {} : { ms }
  if (error !== undefined) {
    if (response !== undefined || !isTransportErrorCode(error)) throw invalid('exchanges')
    return { command, response: none, error, ...time }
  }
  if (!isBytes(response, 2, maxApdu)) throw invalid('exchanges')
  return { command, response, ...time }
}

function isRecord(value: PlainData): value is { readonly [key: string]: PlainData } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}

function isList(value: PlainData): value is readonly PlainData[] {
  return Array.isArray(value) && value.length <= maxExchanges
}

function isBytes(value: PlainData, least: number, most: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length >= least && value.length <= most
}

function isLength(value: PlainData): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 2 && value <= 0x20000
}

function isTransportErrorCode(value: PlainData): value is TransportErrorCode {
  return transportErrorCodes.some((code) => code === value)
}

function invalid(field: string): TransportError {
  return new TransportError('TRANSPORT_TRACE_INVALID', 'text is not a trace', { params: { field } })
}
