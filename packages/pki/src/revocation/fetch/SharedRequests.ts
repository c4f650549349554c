import { Deadline } from '@cccd/http'
import type { Errand } from '../../fetch/Errand.js'

/** A request on its way, as whoever sends it sees it. */
export interface SharedRequest {
  /** Ends when nobody waits any longer, and after the time that one request may take. */
  readonly deadline: Deadline
  /** Nobody waits any longer: what comes now changes nothing. */
  readonly abandoned: boolean
}

interface Underway extends SharedRequest {
  abandoned: boolean
  waiting: number
  readonly outcome: Promise<unknown>
}

/** Requests that several callers wait for, each as long as it likes. */
export class SharedRequests {
  readonly #underway = new Map<string, Underway>()

  has(key: string): boolean {
    return this.#underway.has(key)
  }

  /** Joins the request of a key, or sends it. @throws HttpError `HTTP_TIMEOUT`, `HTTP_ABORTED` of the errand */
  async join<Value>(key: string, errand: Errand, send: (request: SharedRequest) => Promise<Value>): Promise<Value> {
    errand.deadline.check()
    const request = this.#underway.get(key) ?? this.#send(key, errand, send)
    request.waiting++
    try {
      return (await errand.deadline.race(request.outcome)) as Value
    } finally {
      if (--request.waiting === 0) {
        request.abandoned = true
        request.deadline.end()
        this.#underway.delete(key)
      }
    }
  }

  #send(key: string, errand: Errand, send: (request: SharedRequest) => Promise<unknown>): Underway {
    const state = { deadline: new Deadline(errand.requestDeadline), abandoned: false, waiting: 0 }
    const request = Object.assign(state, { outcome: send(state) })
    this.#underway.set(key, request)
    return request
  }
}
