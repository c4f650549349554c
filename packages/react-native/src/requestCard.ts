import { NfcSessionError } from './errors.js'
import type { NfcLibrary } from './NfcLibrary.js'
import { nfcSessionError } from './nfcSessionError.js'

/** NfcAdapter: NFC-A, NFC-B, and no look for NDEF, which would spend half a second on the chip before the first command. */
const readerModeFlags = 0x01 | 0x02 | 0x80
/** Milliseconds. Android asks an idle chip whether it is still there; some chips take the question badly in the middle of PACE. */
const readerModeDelay = 1000

const longestTimer = 0x7fffffff

export interface RequestCardOptions {
  readonly prompt: string
  readonly deadline: number
  readonly signal?: AbortSignal | undefined
}

/** Opens the session and waits for a card that speaks ISO/IEC 7816-4. Whoever calls ends the session, also after a rejection. */
export function requestCard({ default: manager, NfcError }: NfcLibrary, options: RequestCardOptions): Promise<void> {
  const { prompt, deadline, signal } = options
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
    const fail = (error: unknown): void => {
      finish()
      reject(nfcSessionError(error, NfcError))
    }
    const onAbort = (): void => fail(aborted())
    const timer = setTimeout(
      () => fail(new NfcSessionError('NFC_TIMEOUT', 'no card came in time', { params: { deadline } })),
      Math.min(deadline, longestTimer),
    )
    signal?.addEventListener('abort', onAbort)
    if (signal?.aborted) return onAbort()
    manager
      .requestTechnology('IsoDep', { alertMessage: prompt, isReaderModeEnabled: true, readerModeFlags, readerModeDelay })
      .then((technology) => {
        if (technology === null) return fail(new NfcSessionError('NFC_WRONG_CARD', 'the card does not speak ISO/IEC 7816-4'))
        finish()
        resolve()
      }, fail)
  })
}

export function aborted(): NfcSessionError {
  return new NfcSessionError('NFC_ABORTED', 'the app stopped the session')
}
