import type { Pause } from './pause.js'

/** In units of one addition of points over one byte: 64 additions over 256 bits take Hermes 8 ms on a server. */
const sliceLength = 2 ** 16
/** Multiplications modulo a number that take the time of one addition of points over it. */
const multiplicationsPerAddition = 32
/** In shorter numbers the time does not go down any more: it is spent around the multiplications. */
const shortest = 32

/**
 * Cuts the work of a backend into tasks of a few milliseconds. It counts operations, whose time goes with the square of the length,
 * instead of looking at a clock: where the pauses fall depends on sizes alone and not on a secret.
 */
export class Slices {
  readonly #pause: Pause
  #left = sliceLength

  constructor(pause: Pause) {
    this.#pause = pause
  }

  /** Counts additions and doublings of points. Whether a pause is due. */
  points(count: number, fieldLength: number): boolean {
    this.#left -= count * Math.max(fieldLength, shortest) ** 2
    return this.#left <= 0
  }

  /** Counts multiplications modulo a number of so many bytes. Whether a pause is due. */
  multiplications(count: number, length: number): boolean {
    return this.points(count / multiplicationsPerAddition, length)
  }

  pause(): Promise<void> {
    this.#left = sliceLength
    return this.#pause()
  }
}
