import { CccdError } from '@cccd/core'
import { type NfcErrorCode, NfcSessionError } from './errors.js'
import type { NfcErrorClasses } from './NfcLibrary.js'

/** Reader session errors of Core NFC by their class, the sentences of the Android module by what they say. */
const classes: readonly (readonly [keyof NfcErrorClasses, NfcErrorCode])[] = [
  ['UserCancel', 'NFC_CANCELLED'],
  ['Timeout', 'NFC_TIMEOUT'],
  ['SystemBusy', 'NFC_BUSY'],
  ['SessionInvalidated', 'NFC_SESSION_ENDED'],
  ['SecurityViolation', 'NFC_NOT_PERMITTED'],
  ['RadioDisabled', 'NFC_DISABLED'],
  ['UnsupportedFeature', 'NFC_UNSUPPORTED'],
]
const sentences: readonly (readonly [string, NfcErrorCode])[] = [
  ['You can only issue one request at a time', 'NFC_BUSY'],
  ['Duplicated registration', 'NFC_BUSY'],
  ['no nfc support', 'NFC_UNSUPPORTED'],
  ['Not support in this device', 'NFC_UNSUPPORTED'],
]

/** The coded error for what the library rejected with; its text goes no further. */
export function nfcSessionError(error: unknown, errors: NfcErrorClasses): CccdError {
  if (CccdError.is(error)) return error
  const text = error instanceof Error ? error.message : error
  const code =
    classes.find(([name]) => error instanceof errors[name])?.[1] ??
    sentences.find(([sentence]) => sentence === text)?.[1] ??
    'NFC_FAILED'
  return new NfcSessionError(code, 'the NFC of the phone gave no session', { cause: error })
}
