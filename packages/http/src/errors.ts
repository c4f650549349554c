import { CccdError, type CccdErrorOptions } from '@cccd/core'

/** Every code of a request that leaves the machine. */
export const httpErrorCodes = [
  'HTTP_URL',
  'HTTP_REFUSED',
  'HTTP_NAME_UNKNOWN',
  'HTTP_CONNECTION',
  'HTTP_TIMEOUT',
  'HTTP_ABORTED',
  'HTTP_REDIRECT',
  'HTTP_TOO_LARGE',
  'HTTP_CONTENT',
  'HTTP_UNAVAILABLE',
] as const

export type HttpErrorCode = (typeof httpErrorCodes)[number]

const retryableCodes: readonly HttpErrorCode[] = ['HTTP_NAME_UNKNOWN', 'HTTP_CONNECTION', 'HTTP_TIMEOUT']

/** A request that did not go out, or whose answer was not taken. `params.host` names the host; the rest of the address is never in it. */
export class HttpError extends CccdError<HttpErrorCode> {
  override readonly name = 'HttpError'

  constructor(code: HttpErrorCode, message: string, options: CccdErrorOptions = {}) {
    super(code, message, { retryable: retryableCodes.includes(code), step: 'http', ...options })
  }
}
