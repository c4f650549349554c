import type { PcscError } from '../errors.js'

/**
 * What this package needs of a PC/SC library. Two are served, `pcsclite` and `pcsc-mini`; another one is another object.
 * Everything rejects or throws with PcscError, nothing is thrown outside a call.
 */
export interface PcscBinding {
  readonly name: 'pcsclite' | 'pcsc-mini' | (string & {})
  /** Begins to watch readers. @throws PcscError `PCSC_NO_SERVICE`, `PCSC_ACCESS_DENIED`, `PCSC_FAILED` */
  open(listener: SessionListener): PcscSession
}

export interface SessionListener {
  /** A reader and its SCARD_STATE_ bits, at first and after each change. */
  state(reader: string, bits: number): void
  removed(reader: string): void
  /** The service is gone; the session is dead and still wants to be closed. */
  lost(error: PcscError): void
}

export interface PcscSession {
  /** @throws PcscError `PCSC_NO_READER`, `PCSC_NO_CARD`, `PCSC_CARD_MUTE`, `PCSC_SHARING_VIOLATION`, `PCSC_SERVICE_LOST`, `PCSC_FAILED` */
  connect(reader: string, options: { readonly exclusive: boolean }): Promise<PcscCard>
  /** Frees everything; nothing of it keeps the process alive afterwards. */
  close(): Promise<void>
}

export interface PcscCard {
  readonly answerToReset?: Uint8Array
  transmit(command: Uint8Array, maxResponseLength: number): Promise<Uint8Array>
  /** Asks the driver of the reader, not the card (SCardControl, no input). Absent where the library cannot. */
  control?(code: number): Promise<Uint8Array>
  /** Lets go of the card and resets it: no session that was opened on it survives. */
  disconnect(): Promise<void>
}

/** SCARD_STATE_ bits of the PC/SC specification, part 5. */
export const readerStateBits = {
  unknown: 0x04,
  unavailable: 0x08,
  present: 0x20,
  exclusive: 0x80,
  inUse: 0x100,
  mute: 0x200,
} as const

/** SCARD_SHARE_ and disposition numbers of the PC/SC specification, part 5. */
export const shareMode = { exclusive: 1, shared: 2 } as const
export const resetCard = 1

/** SCARD_CTL_CODE: the number of a question to a driver, which Windows writes in its own way. */
export function controlCode(question: number): number {
  return process.platform === 'win32' ? (0x31 << 16) | (question << 2) : 0x42000000 + question
}

/** What an answer of a driver may have: a dozen properties of a few bytes each. */
export const longestControlAnswer = 512
