import { CccdError } from '@cccd/core'

/** Every code that `@cccd/simulator` itself throws. */
export const simulatorErrorCodes = [
  'SIMULATOR_CARD_INVALID',
  'SIMULATOR_UNSUPPORTED',
  'SIMULATOR_IMAGE_ENCODER',
  'SIMULATOR_SCRUB_REFUSED',
  'SIMULATOR_VPCD_UNREACHABLE',
  'SIMULATOR_VPCD_PROTOCOL',
] as const

export type SimulatorErrorCode = (typeof simulatorErrorCodes)[number]

/** A card image that is none, an algorithm that the software card does not have, or a virtual reader that is not there. */
export class SimulatorError extends CccdError<SimulatorErrorCode> {
  override readonly name = 'SimulatorError'
}
