import { DerCursor, encodeOid, equalBytes, expectTag, parseTlv, readTime } from '@cccd/core'
import type { DistinguishedName } from '../certificate/DistinguishedName.js'
import { type Extension, readExtensionList } from '../certificate/extensions.js'
import { PkiError } from '../errors.js'
import { readGeneralNames } from '../names/GeneralName.js'
import { directoryNameKey } from '../names/nameKeys.js'
import type { RevokedEntry } from './RevocationList.js'
import { revocationCodes } from './RevocationVerdict.js'

/** Where revokedCertificates lies in the bytes of a list. */
export interface EntryRange {
  readonly raw: Uint8Array
  readonly start: number
  readonly end: number
}

const reasonCode = '2.5.29.21'
const invalidityDate = '2.5.29.24'
const certificateIssuer = '2.5.29.29'
const processed: readonly string[] = [reasonCode, invalidityDate, certificateIssuer]

interface EntryPlace {
  readonly serialStart: number
  readonly serialEnd: number
  readonly timeStart: number
  readonly timeEnd: number
  readonly end: number
}

/**
 * Visits every entry: `SEQUENCE { userCertificate INTEGER, revocationDate Time, crlEntryExtensions OPTIONAL }`.
 * @throws CoreError, PkiError for one that is malformed
 */
function visit({ raw, start, end }: EntryRange, entry: (place: EntryPlace) => void): void {
  const cursor = new DerCursor(raw)
  for (let at = start; at < end; ) {
    const { end: entryEnd, valueStart } = enter(cursor, at, end, 0x30)
    const serial = enter(cursor, valueStart, entryEnd, 0x02)
    const [serialStart, serialEnd] = [shortest(raw, serial.valueStart, serial.end), serial.end]
    const time = cursor.enter(serialEnd, entryEnd)
    if (time.tag !== 0x17 && time.tag !== 0x18) throw malformed()
    entry({ serialStart, serialEnd, timeStart: time.start, timeEnd: time.end, end: entryEnd })
    at = entryEnd
  }
}

/** Where the shortest form of an INTEGER begins: a serial number written longer is the same number, and its certificate no less revoked. */
function shortest(raw: Uint8Array, from: number, to: number): number {
  let start = from
  while (to - start > 1 && raw[start] === 0 && (raw[start + 1] as number) < 0x80) start++
  return start
}

function enter(cursor: DerCursor, at: number, limit: number, tag: number): { valueStart: number; end: number } {
  if (cursor.enter(at, limit).tag !== tag) throw malformed()
  return { valueStart: cursor.valueStart, end: cursor.end }
}

const malformed = (): PkiError => new PkiError('PKI_BAD_REVOCATION_LIST', 'entry is malformed')

function extensionsAt({ raw }: EntryRange, { timeEnd, end }: EntryPlace): readonly Extension[] {
  if (timeEnd === end) return []
  return readExtensionList(parseTlv(raw.subarray(timeEnd, end), { rules: 'der', tag: 0x30 }))
}

const criticalTrue = /* @__PURE__ */ Uint8Array.of(0x01, 0x01, 0xff)
const issuerOid = /* @__PURE__ */ encodeOid(certificateIssuer)

/** Whether an entry may hold a critical extension at all: most hold a reason code and nothing else. */
function mayMatter(raw: Uint8Array, { timeEnd, end }: EntryPlace): boolean {
  return holds(raw, timeEnd, end, criticalTrue) || holds(raw, timeEnd, end, issuerOid)
}

function holds(raw: Uint8Array, from: number, to: number, bytes: Uint8Array): boolean {
  for (let at = from; at + bytes.length <= to; at++) {
    let same = 0
    while (same < bytes.length && raw[at + same] === bytes[same]) same++
    if (same === bytes.length) return true
  }
  return false
}

/** How many entries there are, and critical extensions in them that nobody here processes. */
export function surveyEntries(range: EntryRange): { readonly size: number; readonly unknownCritical: readonly string[] } {
  let size = 0
  const unknown = new Set<string>()
  visit(range, (place) => {
    size++
    if (place.timeEnd === place.end || !holds(range.raw, place.timeEnd, place.end, criticalTrue)) return
    for (const { oid, critical } of extensionsAt(range, place)) if (critical && !processed.includes(oid)) unknown.add(oid)
  })
  return { size, unknownCritical: [...unknown] }
}

/**
 * The entry with a serial number, of a certificate by `issuer`. In an indirect list an entry belongs to the issuer that the last
 * certificateIssuer extension before it named, at first to the list's own (RFC 5280 5.3.3).
 */
export function findEntry(
  range: EntryRange,
  listIssuer: DistinguishedName,
  serialNumber: Uint8Array,
  issuer: DistinguishedName,
): RevokedEntry | undefined {
  const wanted = directoryNameKey(issuer)
  let current = directoryNameKey(listIssuer)
  let found: RevokedEntry | undefined
  visit(range, (place) => {
    const { serialStart: start, serialEnd: end } = place
    const hit = end - start === serialNumber.length && equalBytes(range.raw.subarray(start, end), serialNumber)
    if (!hit && (place.timeEnd === place.end || !mayMatter(range.raw, place))) return
    const extensions = extensionsAt(range, place)
    const named = extensions.find(({ oid }) => oid === certificateIssuer)
    if (named !== undefined) current = issuerKey(named.value)
    if (!hit || current !== wanted || found !== undefined) return
    found = readEntry(range, place, extensions)
  })
  return found
}

function issuerKey(value: Uint8Array): string {
  const name = readGeneralNames(parseTlv(value, { rules: 'der', tag: 0x30 })).find(({ type }) => type === 'directoryName')
  if (name?.type !== 'directoryName') throw malformed()
  return directoryNameKey(name.name)
}

function readEntry({ raw }: EntryRange, { timeStart, timeEnd }: EntryPlace, extensions: readonly Extension[]): RevokedEntry {
  const revokedAt = readTime(parseTlv(raw.subarray(timeStart, timeEnd), { rules: 'der' }))
  const reason = extensions.find(({ oid }) => oid === reasonCode)
  if (reason === undefined) return { revokedAt }
  const code = revocationCodes[expectTag(parseTlv(reason.value, { rules: 'der' }), 0x0a).value[0] ?? 0]
  return code === undefined ? { revokedAt } : { revokedAt, code }
}
