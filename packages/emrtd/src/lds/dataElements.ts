import {
  decodeLatin1,
  decodeUtf8,
  encodeHex,
  equalBytes,
  type Finding,
  type FindingSeverity,
  isCccdError,
  type TlvNode,
} from '@cccd/core'
import { isCalendarDate, normaliseText } from '@cccd/identity'
import type { FileName } from './fileNames.js'
import { malformed } from './openFile.js'

/** A data element as it stands: `5F0E` and the like, with its bytes. */
export interface DataElement {
  readonly tag: number
  readonly bytes: Uint8Array
}

/** A name by its identifiers, fillers as blanks, in the script that the file has it in. */
export interface DocumentName {
  readonly primaryIdentifier: string
  readonly secondaryIdentifier: string
}

const maxElements = 256
/** Longest text, in bytes. */
const maxText = 16_384

/** The elements of a file's template, opened to texts, names and dates. Doubts are findings with the tag of their element. */
export class DataElements {
  readonly #file: FileName
  readonly #findings: Finding[]
  readonly #elements = new Map<number, TlvNode[]>()

  constructor(file: FileName, nodes: readonly TlvNode[], findings: Finding[]) {
    if (nodes.length > maxElements) throw malformed(file, 'too many elements', { count: nodes.length })
    this.#file = file
    this.#findings = findings
    for (const node of nodes) this.#elements.set(node.tag, [...(this.#elements.get(node.tag) ?? []), node])
  }

  get tags(): number[] {
    return [...this.#elements.keys()]
  }

  all(tag: number): readonly TlvNode[] {
    return this.#elements.get(tag) ?? []
  }

  /** The one element with a tag. Issuers repeat elements; the same twice says the same. @throws EmrtdError when two differ */
  one(tag: number): TlvNode | undefined {
    const [first, ...others] = this.all(tag)
    if (first === undefined || others.length === 0) return first
    if (others.some((other) => !equalBytes(other.value, first.value)))
      throw malformed(this.#file, 'an element stands twice with different values', { tag: tag.toString(16) })
    this.find('element-twice', 'info', tag)
    return first
  }

  /** A text in NFC, fillers as blanks; undefined when it is absent or blank. UTF-8 by the standard, Latin-1 in the field. */
  text(tag: number): string | undefined {
    return this.parts(tag)?.join(' ')
  }

  /** The parts of a text that fillers separate. */
  parts(tag: number): readonly string[] | undefined {
    const node = this.one(tag)
    if (node === undefined) return undefined
    const parts = this.#decode(node)
      .split(/<+/)
      .map(normaliseText)
      .filter((part) => part !== '')
    return parts.length === 0 ? undefined : parts
  }

  name(tag: number): DocumentName | undefined {
    const node = this.one(tag)
    return node === undefined ? undefined : this.nameOf(node)
  }

  /** Identifiers apart by two fillers, words by one (Doc 9303-10, 4.7.11); some write the words apart by blanks. */
  nameOf(node: TlvNode): DocumentName | undefined {
    const [primary = '', ...others] = this.#decode(node)
      .split('<<')
      .map((identifier) => normaliseText(identifier.replace(/</g, ' ')))
    const named = others.filter((identifier) => identifier !== '')
    if (primary === '' && named.length === 0) return undefined
    if (named.length > 1) this.find('name-odd', 'info', node.tag)
    return { primaryIdentifier: primary, secondaryIdentifier: named.join(' ') }
  }

  /** A date of eight digits, in four bytes or as letters; what zeros stand for is unknown and left out. */
  date(tag: number): string | undefined {
    const digits = this.#digits(tag, 8)
    if (digits === undefined) return undefined
    const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)]
    const date = month === '00' ? year : day === '00' ? `${year}-${month}` : `${year}-${month}-${day}`
    if (year !== '0000' && isCalendarDate(date)) return date
    this.find('value-odd', 'warning', tag)
    return undefined
  }

  /** A date and time of fourteen digits as `YYYY-MM-DDThh:mm:ss`; of which zone is not stated. */
  dateTime(tag: number): string | undefined {
    const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(this.#digits(tag, 14) ?? '')
    if (match === null) return undefined
    const [, year, month, day, hour = '', minute = '', second = ''] = match
    if (isCalendarDate(`${year}-${month}-${day}`) && hour < '24' && minute < '60' && second < '60')
      return `${year}-${month}-${day}T${hour}:${minute}:${second}`
    this.find('value-odd', 'warning', tag)
    return undefined
  }

  find(code: string, severity: FindingSeverity, tag: number): void {
    this.#findings.push({ code, severity, field: `${this.#file}.${tag.toString(16).toUpperCase()}` })
  }

  #digits(tag: number, length: 8 | 14): string | undefined {
    const node = this.one(tag)
    if (node === undefined || node.length === 0) return undefined
    // Half a byte a digit, or a letter a digit with fillers for what is unknown.
    if (node.length === length / 2) {
      const digits = encodeHex(node.value)
      if (/^\d+$/.test(digits)) return digits
    } else if (node.length === length) {
      const letters = decodeLatin1(node.value)
      if (/^\d+<*$/.test(letters)) return letters.replace(/</g, '0')
    }
    this.find('value-odd', 'warning', tag)
    return undefined
  }

  #decode(node: TlvNode): string {
    if (node.length > maxText) throw malformed(this.#file, 'a text is too long', { tag: node.tag.toString(16) })
    try {
      return decodeUtf8(node.value)
    } catch (error) {
      if (!isCccdError(error, 'UTF8_INVALID')) throw error
      this.find('text-latin1', 'info', node.tag)
      return decodeLatin1(node.value)
    }
  }
}

/** Elements as they stand. */
export function asTheyStand(nodes: readonly TlvNode[]): DataElement[] {
  return nodes.map(({ tag, value }) => ({ tag, bytes: value.slice() }))
}

/** The members that have a value. */
export function present<Members extends object>(
  members: Members,
): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [Name in keyof Members]?: Exclude<Members[Name], undefined> }
}
