import { SimulatorError } from '../errors.js'

/** Why a trace cannot be scrubbed. */
export type ScrubRefusal =
  /** The passwords or the random bytes of the read are not in the trace, or do not fit it. */
  | 'no-access'
  /** A protocol, password or key that this package does not speak. */
  | 'unsupported'
  /** An APDU or data object that does not have the structure which its place demands. */
  | 'structure'
  /** No replacement of exactly the same size was found. */
  | 'size'
  /** Something of the original would have stayed. */
  | 'leak'

/** The error of a trace that cannot be scrubbed. Nothing of the trace is in it. */
export function scrubRefused(reason: ScrubRefusal, params: Readonly<Record<string, string | number>> = {}): SimulatorError {
  return new SimulatorError('SIMULATOR_SCRUB_REFUSED', 'the trace cannot be scrubbed', { params: { reason, ...params } })
}
