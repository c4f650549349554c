/** What an error may carry besides its code. Nothing here may hold personal data or key material. */
export interface CccdErrorOptions {
  /** The protocol step in which it happened, e.g. `pace.map-nonce`. */
  readonly step?: string | undefined
  /** The status word the chip answered with, when it answered. */
  readonly sw?: number | undefined
  /** Whether the same call may succeed when tried again (default: false). */
  readonly retryable?: boolean | undefined
  /** Numbers, lengths, names of fields and algorithms. Never a value read from a card. */
  readonly params?: ErrorParams | undefined
  readonly cause?: unknown
}

export type ErrorParams = Readonly<Record<string, string | number | boolean>>

const brand = Symbol.for('@cccd/error')

/**
 * The base of every error that bad data, a bad card or a bad link causes.
 *
 * A foreign `cause` (an error of a library or of the runtime) is reduced to its name and code: its
 * message may quote the bytes it stumbled over.
 *
 * @example
 * try { parseQr(text) } catch (error) { if (isCccdError(error, 'QR_FIELD_COUNT')) ask(error.params.count) }
 */
export abstract class CccdError<Code extends string = string> extends Error {
  readonly code: Code
  readonly step?: string
  readonly sw?: number
  readonly retryable: boolean
  readonly params: ErrorParams

  constructor(code: Code, message: string, options: CccdErrorOptions = {}) {
    super(`${code}: ${message}`, options.cause === undefined ? undefined : { cause: withoutData(options.cause) })
    this.code = code
    if (options.step !== undefined) this.step = options.step
    if (options.sw !== undefined) this.sw = options.sw
    this.retryable = options.retryable ?? false
    this.params = options.params ?? {}
    Object.defineProperty(this, brand, { value: true })
  }

  /** Whether a value is an error of this SDK, also one of another copy or module format of it. */
  static is(value: unknown): value is CccdError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true
  }

  /** Where the error is described. */
  get docs(): string {
    return `docs/errors.md#${this.code.toLowerCase()}`
  }
}

/** Whether a value is an error of this SDK and, when a code is given, that error. */
export function isCccdError<Code extends string>(value: unknown, code?: Code): value is CccdError<Code> {
  return CccdError.is(value) && (code === undefined || value.code === code)
}

/** What is left of a foreign error: its class name and machine-readable code. */
export class ForeignError extends Error {
  readonly code?: string
  constructor(name: string, code: string | undefined) {
    super(code === undefined ? name : `${name} ${code}`)
    this.name = name
    if (code !== undefined) this.code = code
  }
}

const machineReadable = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

function withoutData(cause: unknown): Error {
  if (CccdError.is(cause) || cause instanceof ForeignError) return cause
  if (!(cause instanceof Error)) return new ForeignError('UnknownError', undefined)
  const code: unknown = 'code' in cause ? cause.code : undefined
  const name = machineReadable.test(cause.name) ? cause.name : 'Error'
  return new ForeignError(name, typeof code === 'string' && machineReadable.test(code) ? code : undefined)
}
