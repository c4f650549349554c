import { type PcscEvent, type ReaderInfo, readerInfo } from './ReaderInfo.js'

/** What is known of the readers; each change of the native state bits becomes the events it means. */
export interface ReaderTable {
  readonly list: () => ReaderInfo[]
  readonly get: (name: string) => ReaderInfo | undefined
  /** Takes new state bits in. @returns what changed */
  readonly update: (name: string, bits: number) => PcscEvent[]
  readonly remove: (name: string) => PcscEvent[]
}

/** The high half of the bits counts insertions and removals where the service does so (pcsc-lite). */
const changesOf = (bits: number): number => bits >>> 16

export function readerTable(): ReaderTable {
  const readers = new Map<string, { info: ReaderInfo; changes: number }>()
  return {
    list: () => [...readers.values()].map(({ info }) => info).sort((a, b) => (a.name < b.name ? -1 : 1)),
    get: (name) => readers.get(name)?.info,
    update(reader, bits) {
      const before = readers.get(reader)
      const info = readerInfo(reader, bits)
      readers.set(reader, { info, changes: changesOf(bits) })
      const events: PcscEvent[] = before === undefined ? [{ type: 'reader-added', reader }] : []
      const was = before !== undefined && before.info.card !== 'absent'
      const is = info.card !== 'absent'
      // Two changes at once: one card was taken away and another put in between two looks.
      const swapped = was && is && changesOf(bits) >= (before?.changes ?? 0) + 2
      if ((was && !is) || swapped) events.push({ type: 'card-removed', reader })
      if ((!was && is) || swapped) events.push({ type: 'card-inserted', reader })
      return events
    },
    remove(reader) {
      const before = readers.get(reader)
      if (before === undefined) return []
      readers.delete(reader)
      const gone: PcscEvent = { type: 'reader-removed', reader }
      return before.info.card === 'absent' ? [gone] : [{ type: 'card-removed', reader }, gone]
    },
  }
}
