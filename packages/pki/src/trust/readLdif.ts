import { decodeBase64, decodeLatin1, decodeUtf8 } from '@cccd/core'
import { PkiError } from '../errors.js'

/** One value of an LDIF entry. */
export interface LdifValue {
  /** Attribute type without options, in lower case: `usercertificate`. */
  readonly attribute: string
  /** Attribute options in lower case: `['binary']`. */
  readonly options: readonly string[]
  readonly value: Uint8Array
}

/** One record of an LDIF file. */
export interface LdifEntry {
  /** Number of its first line, from 1. */
  readonly line: number
  /** What a change record does; `add` also for records that say nothing. */
  readonly change: 'add' | 'delete' | 'modify' | 'rename'
  /** Values of an entry that is added, or that a modification adds or puts in. */
  readonly values: readonly LdifValue[]
}

const maxLength = 256 * 1024 * 1024
const maxLineLength = 64 * 1024 * 1024
const maxValues = 100_000
/** Lines that one value may be folded into: of 76 characters, as they are published, more than its greatest length takes. */
const maxFolds = 1_000_000
const newline = 0x0a

/** Lines without their end, continuation lines joined (RFC 2849, note 2); both line ends. */
function* logicalLines(bytes: Uint8Array): Generator<{ line: number; parts: Uint8Array[] }> {
  let current: { line: number; parts: Uint8Array[] } | undefined
  let length = 0
  for (let at = 0, line = 1; at < bytes.length; line++) {
    const found = bytes.indexOf(newline, at)
    const end = found < 0 ? bytes.length : found
    const trimmed = bytes.subarray(at, end > at && bytes[end - 1] === 0x0d ? end - 1 : end)
    if (trimmed[0] === 0x20) {
      if (current === undefined) throw bad('continuation of nothing', line)
      current.parts.push(trimmed.subarray(1))
      length += trimmed.length
      if (length > maxLineLength || current.parts.length > maxFolds) throw bad('line is longer than allowed', line)
    } else {
      if (current !== undefined) yield current
      current = { line, parts: [trimmed] }
      length = trimmed.length
    }
    at = end + 1
  }
  if (current !== undefined) yield current
}

/**
 * The records of an LDIF file (RFC 2849), one at a time: content records and change records, folded lines, both line ends, comments, base64
 * values, attribute types and options in any case. Values given as URLs are refused, never fetched. Memory is that of one record.
 *
 * @throws PkiError `PKI_BAD_LDIF` with the number of the line
 * @example
 * for (const { values } of readLdif(bytes)) for (const { attribute, value } of values) console.log(attribute, value.length)
 */
export function* readLdif(bytes: Uint8Array): Generator<LdifEntry> {
  if (bytes.length > maxLength)
    throw new PkiError('PKI_BAD_LDIF', 'file is larger than allowed', { params: { length: bytes.length } })
  let entry: Draft | undefined
  for (const { line, parts } of logicalLines(bytes)) {
    const [first = new Uint8Array(0)] = parts
    if (first[0] === 0x23) continue
    if (first.length === 0 && parts.length === 1) {
      if (entry !== undefined) yield entry.done()
      entry = undefined
      continue
    }
    const text = parts.map(decodeLatin1).join('')
    const field = readField(text, line)
    if (entry === undefined) {
      if (field.name === 'version') {
        if (decodeLatin1(field.value()) !== '1') throw bad('version is not 1', line)
        continue
      }
      if (field.name !== 'dn') throw bad('record does not begin with its name', line)
      entry = new Draft(line)
    } else entry.add(field, line)
  }
  if (entry !== undefined) yield entry.done()
}

interface Field {
  readonly name: string
  readonly options: readonly string[]
  readonly value: () => Uint8Array
}

function readField(text: string, line: number): Field {
  if (text === '-') return { name: '-', options: [], value: () => new Uint8Array(0) }
  const colon = text.indexOf(':')
  const [name = '', ...options] = text.slice(0, Math.max(colon, 0)).toLowerCase().split(';')
  if (!/^[a-z0-9][a-z0-9.-]{0,127}$/.test(name)) throw bad('line is no attribute', line)
  const kind = text[colon + 1]
  if (kind === '<') throw bad('value is elsewhere', line)
  const body = text.slice(kind === ':' ? colon + 2 : colon + 1).replace(/^ +/, '')
  return { name, options, value: () => (kind === ':' ? base64(body.trim(), line) : latin1(body)) }
}

/** The bytes of text that was read as Latin-1. */
function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

function base64(text: string, line: number): Uint8Array {
  try {
    return decodeBase64(text)
  } catch (cause) {
    throw new PkiError('PKI_BAD_LDIF', 'value is not base64', { params: { line }, cause })
  }
}

/** A record while its lines come. */
class Draft {
  readonly #line: number
  readonly #values: LdifValue[] = []
  #change: LdifEntry['change'] = 'add'
  /** What the part of a modification does; undefined between two parts. */
  #operation: string | undefined

  constructor(line: number) {
    this.#line = line
  }

  add({ name, options, value }: Field, line: number): void {
    if (name === 'control') return
    if (name === 'changetype') this.#change = changeOf(decoded(value()), line)
    else if (this.#change === 'modify') this.#modify(name, options, value, line)
    else if (name === '-') throw bad('line is no attribute', line)
    else this.#push({ attribute: name, options, value: value() }, line)
  }

  #modify(name: string, options: readonly string[], value: () => Uint8Array, line: number): void {
    if (name === '-') this.#operation = undefined
    else if (this.#operation === undefined) {
      if (name !== 'add' && name !== 'replace' && name !== 'delete') throw bad('modification of no known kind', line)
      this.#operation = name
    } else if (this.#operation !== 'delete') this.#push({ attribute: name, options, value: value() }, line)
  }

  #push(value: LdifValue, line: number): void {
    if (this.#values.length >= maxValues) throw bad('record has too many values', line)
    this.#values.push(value)
  }

  done(): LdifEntry {
    return { line: this.#line, change: this.#change, values: this.#change === 'delete' ? [] : this.#values }
  }
}

const changes: ReadonlyMap<string, LdifEntry['change']> = /* @__PURE__ */ new Map([
  ['add', 'add'],
  ['delete', 'delete'],
  ['modify', 'modify'],
  ['modrdn', 'rename'],
  ['moddn', 'rename'],
])

function changeOf(text: string, line: number): LdifEntry['change'] {
  const change = changes.get(text.trim().toLowerCase())
  if (change === undefined) throw bad('change of no known kind', line)
  return change
}

function decoded(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes)
  } catch {
    return ''
  }
}

function bad(message: string, line: number): PkiError {
  return new PkiError('PKI_BAD_LDIF', message, { params: { line } })
}
