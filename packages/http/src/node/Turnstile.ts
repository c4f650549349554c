/** Lets so many in at a time; the others wait in their order. */
export class Turnstile {
  readonly #waiting = new Set<() => void>()
  #free: number

  constructor(places: number) {
    this.#free = places
  }

  /** Resolves when there is a place; `leave` gives it back, or gives up waiting. */
  enter(): { readonly entered: Promise<void>; readonly leave: () => void } {
    if (this.#free > 0) {
      this.#free--
      return { entered: Promise.resolve(), leave: () => this.#next() }
    }
    let admit = (): void => undefined
    const entered = new Promise<void>((resolve) => {
      admit = resolve
    })
    this.#waiting.add(admit)
    return { entered, leave: () => (this.#waiting.delete(admit) ? undefined : this.#next()) }
  }

  #next(): void {
    const [first] = this.#waiting
    if (first === undefined) this.#free++
    else {
      this.#waiting.delete(first)
      first()
    }
  }
}
