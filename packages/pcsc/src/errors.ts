import { CccdError, type CccdErrorOptions } from '@cccd/core'

/** Every code of readers and of the service that drives them. */
export const pcscErrorCodes = [
  'PCSC_NO_BINDING',
  'PCSC_NO_SERVICE',
  'PCSC_SERVICE_LOST',
  'PCSC_ACCESS_DENIED',
  'PCSC_NO_READER',
  'PCSC_NO_CARD',
  'PCSC_CARD_MUTE',
  'PCSC_SHARING_VIOLATION',
  'PCSC_TIMEOUT',
  'PCSC_ABORTED',
  'PCSC_CLOSED',
  'PCSC_FAILED',
] as const

export type PcscErrorCode = (typeof pcscErrorCodes)[number]

const retryableCodes: readonly PcscErrorCode[] = [
  'PCSC_NO_SERVICE',
  'PCSC_SERVICE_LOST',
  'PCSC_NO_READER',
  'PCSC_NO_CARD',
  'PCSC_CARD_MUTE',
  'PCSC_SHARING_VIOLATION',
  'PCSC_TIMEOUT',
]

/** No reader, no card, no service, or somebody else has it. What happens during an exchange is a TransportError of `@cccd/iso7816`. */
export class PcscError extends CccdError<PcscErrorCode> {
  override readonly name = 'PcscError'

  constructor(code: PcscErrorCode, message: string, options: CccdErrorOptions = {}) {
    super(code, message, { retryable: retryableCodes.includes(code), ...options })
  }
}
