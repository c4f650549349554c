import { PcscError, type PcscErrorCode } from '../errors.js'

interface Meaning {
  readonly code: PcscErrorCode
  readonly message: string
}

const serviceLost: Meaning = { code: 'PCSC_SERVICE_LOST', message: 'the smart card service went away' }
const noService: Meaning = { code: 'PCSC_NO_SERVICE', message: 'the smart card service does not run' }
const noReader: Meaning = { code: 'PCSC_NO_READER', message: 'no such reader' }
const noCard: Meaning = { code: 'PCSC_NO_CARD', message: 'no card in the reader' }
const mute: Meaning = { code: 'PCSC_CARD_MUTE', message: 'the card does not respond' }
const sharing: Meaning = { code: 'PCSC_SHARING_VIOLATION', message: 'another program uses the reader' }
const denied: Meaning = { code: 'PCSC_ACCESS_DENIED', message: 'the reader may not be used by this account' }

/** The name that pcsc-mini gives to an SCARD_ error, its number, what it means here. */
const table: readonly (readonly [name: string, number: number, meaning: Meaning])[] = [
  ['NoService', 0x8010001d, noService],
  ['ServiceStopped', 0x8010001e, noService],
  // "Internal communications error": the library lost the daemon, not the reader the card.
  ['CommError', 0x80100013, serviceLost],
  ['InvalidHandle', 0x80100003, serviceLost],
  ['Shutdown', 0x80100018, serviceLost],
  ['SystemCancelled', 0x80100012, serviceLost],
  ['NoReadersAvailable', 0x8010002e, noReader],
  ['UnknownReader', 0x80100009, noReader],
  ['ReaderUnavailable', 0x80100017, noReader],
  ['NoSmartCard', 0x8010000c, noCard],
  ['RemovedCard', 0x80100069, noCard],
  ['UnresponsiveCard', 0x80100066, mute],
  ['UnpoweredCard', 0x80100067, mute],
  ['UnsupportedCard', 0x80100065, mute],
  ['ProtoMismatch', 0x8010000f, mute],
  ['SharingViolation', 0x8010000b, sharing],
  ['NoAccess', 0x80100027, denied],
  ['SecurityViolation', 0x8010006a, denied],
]

/** The coded error for what a PC/SC library threw: its number stands in the message of pcsclite, its name in the code of pcsc-mini. */
export function scardError(error: unknown): PcscError {
  if (error instanceof PcscError) return error
  const name = error instanceof Error && 'code' in error ? error.code : undefined
  const hexadecimal = error instanceof Error ? /\(0x[0-9a-f]*?([0-9a-f]{8})\)/i.exec(error.message)?.[1] : undefined
  const number = hexadecimal === undefined ? undefined : Number.parseInt(hexadecimal, 16)
  const entry = table.find(([entryName, entryNumber]) => entryName === name || entryNumber === number)
  if (entry !== undefined) return new PcscError(entry[2].code, entry[2].message, { cause: error })
  return new PcscError('PCSC_FAILED', 'the PC/SC library reports an error', {
    cause: error,
    params: number === undefined ? {} : { scard: `0x${number.toString(16)}` },
  })
}
