import { PkiError } from '../errors.js'
import { operatorKey } from './operatorName.js'
import { normalisedFingerprint, type PinInput, readPeriod } from './pins.js'

/** One line of a pin file's history: it is only ever added to. */
export interface PinEvent {
  /** `pin` asks for a pin, and by a second operator confirms it; `unpin` withdraws it. */
  readonly action: 'pin' | 'unpin'
  /** SHA-256 of the signer's certificate, lower-case hexadecimal. */
  readonly fingerprint: string
  readonly operator: string
  /** ISO 8601 instant, UTC. */
  readonly at: string
  /** Where the certificate was got and why it is believed in. Needed by who asks; who confirms confirms that very text. */
  readonly source?: string
  readonly from?: string
  readonly to?: string
}

/** The pins of an operator with everything that was ever done to them. Plain data. */
export interface PinFile {
  readonly format: 'cccd-pins'
  readonly version: 1
  readonly events: readonly PinEvent[]
}

/** What became of one fingerprint. */
interface PinState {
  readonly status: 'requested' | 'confirmed' | 'withdrawn'
  readonly input: PinInput
}

export const emptyPinFile: PinFile = /* @__PURE__ */ Object.freeze({ format: 'cccd-pins', version: 1, events: [] })

const maxLength = 16 * 1024 * 1024
const maxEvents = 100_000
const maxText = 1000

/**
 * The pin file with one more event, or a refusal: a first operator asks, a second one confirms, the same one never does both however the name is
 * written; anybody withdraws at once, and after that it takes two again.
 *
 * @throws PkiError `PKI_PIN_REFUSED` (`params.reason`: `same-operator`, `already-confirmed`, `not-pinned`, `no-source`, `differs`), `PKI_BAD_PIN`
 * @example
 * const requested = addPinEvent(emptyPinFile, { action: 'pin', fingerprint, operator: 'an', at, source: 'two branches compared' })
 * const confirmed = addPinEvent(requested, { action: 'pin', fingerprint, operator: 'binh', at })
 */
export function addPinEvent(file: PinFile, event: PinEvent): PinFile {
  const normal = readEvent(event)
  const states = statesOf(file.events)
  states.set(normal.fingerprint, nextState(states.get(normal.fingerprint), normal))
  return { ...file, events: [...file.events, normal] }
}

/** The pins of a file as a trust store takes them; one that was asked for and not confirmed is there, and passes nothing. */
export function pinsOf(file: PinFile): PinInput[] {
  return [...statesOf(file.events).values()].map(({ input }) => input)
}

/**
 * The pin file in a text, its whole history replayed by the rules of {@link addPinEvent}.
 * @throws PkiError `PKI_BAD_PIN_FILE`
 * @example
 * const trust = await createTrustStore({ pins: pinsOf(parsePinFile(text)) })
 */
export function parsePinFile(text: string): PinFile {
  if (text.length > maxLength) throw bad('pin file is larger than allowed')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw bad('pin file is not JSON')
  }
  if (!isRecord(value) || value.format !== 'cccd-pins') throw bad('not a pin file')
  if (value.version !== 1) throw bad('pin file is of another version')
  if (!Array.isArray(value.events) || value.events.length > maxEvents) throw bad('history of the pin file is malformed')
  try {
    const events = value.events.map((event: unknown) => readEvent(eventOf(event)))
    statesOf(events)
    return { format: 'cccd-pins', version: 1, events }
  } catch (cause) {
    if (cause instanceof PkiError) throw new PkiError('PKI_BAD_PIN_FILE', 'history of the pin file is malformed', { cause })
    throw cause
  }
}

/** The text of a pin file: one event a line, so that changes show. */
export function formatPinFile({ format, version, events }: PinFile): string {
  const lines = events.map((event) => `    ${JSON.stringify(event)}`).join(',\n')
  return `{\n  "format": ${JSON.stringify(format)},\n  "version": ${version},\n  "events": [${lines === '' ? '' : `\n${lines}\n  `}]\n}\n`
}

function statesOf(events: readonly PinEvent[]): Map<string, PinState> {
  const states = new Map<string, PinState>()
  for (const event of events) states.set(event.fingerprint, nextState(states.get(event.fingerprint), event))
  return states
}

function nextState(state: PinState | undefined, event: PinEvent): PinState {
  const { action, operator, source, from, to } = event
  if (action === 'unpin') {
    if (state === undefined || state.status === 'withdrawn') throw refused('not-pinned')
    return { status: 'withdrawn', input: { ...state.input, withdrawn: true } }
  }
  if (state?.status === 'confirmed') throw refused('already-confirmed')
  if (state?.status === 'requested') {
    const { input } = state
    if (input.confirmedBy.some((name) => operatorKey(name) === operatorKey(operator))) throw refused('same-operator')
    // Who confirms may repeat what was asked for; other words are another pin.
    if (source !== undefined && source !== input.source) throw refused('differs')
    if (from !== undefined && from !== input.from) throw refused('differs')
    if (to !== undefined && to !== input.to) throw refused('differs')
    return { status: 'confirmed', input: { ...input, confirmedBy: [...input.confirmedBy, operator] } }
  }
  if (source === undefined) throw refused('no-source')
  const period = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  return { status: 'requested', input: { fingerprint: event.fingerprint, source, confirmedBy: [operator], ...period } }
}

function readEvent(event: PinEvent): PinEvent {
  const { action, at, source, from, to } = event
  if (action !== 'pin' && action !== 'unpin') throw new PkiError('PKI_BAD_PIN', 'action of no known kind')
  const fingerprint = normalisedFingerprint(event.fingerprint)
  const operator = event.operator.trim()
  if (operatorKey(operator) === '' || operator.length > maxText) throw new PkiError('PKI_BAD_PIN', 'operator has no name')
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(at) || Number.isNaN(Date.parse(at)))
    throw new PkiError('PKI_BAD_PIN', 'time is no instant')
  if (source !== undefined && (source.trim() === '' || source.length > maxText))
    throw new PkiError('PKI_BAD_PIN', 'source is empty or too long')
  const period = readPeriod(from, to)
  return { action, fingerprint, operator, at, ...(source !== undefined && { source }), ...period }
}

function eventOf(value: unknown): PinEvent {
  if (!isRecord(value)) throw bad('event is malformed')
  const { action, fingerprint, operator, at, source, from, to } = value
  if (action !== 'pin' && action !== 'unpin') throw bad('action of no known kind')
  const optional = (name: 'source' | 'from' | 'to', field: unknown) => (field === undefined ? {} : { [name]: text(field) })
  return {
    action,
    fingerprint: text(fingerprint),
    operator: text(operator),
    at: text(at),
    ...optional('source', source),
    ...optional('from', from),
    ...optional('to', to),
  }
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw bad('member is no text')
  return value
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function bad(message: string): PkiError {
  return new PkiError('PKI_BAD_PIN_FILE', message)
}

function refused(reason: string): PkiError {
  return new PkiError('PKI_PIN_REFUSED', 'pin cannot be changed this way', { params: { reason } })
}
