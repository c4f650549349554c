/** Ends a command with a status word. It never leaves the chip: the command loop turns it into the answer. */
export class StatusError extends Error {
  readonly sw: number
  /** Whether secure messaging ends with it: the answer is plain and the keys are gone (Doc 9303-11, 9.8.8). */
  readonly endsSession: boolean

  constructor(sw: number, endsSession = false) {
    super(sw.toString(16))
    this.sw = sw
    this.endsSession = endsSession
  }
}
