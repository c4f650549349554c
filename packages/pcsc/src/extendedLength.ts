/** What the exchanges of a process have shown about readers that say nothing about extended length. */
export interface ExtendedLengthMemory {
  /** Whether a reader lost the card over the first extended command it was ever given. */
  readonly isShort: (reader: string) => boolean
  readonly note: (reader: string, command: Uint8Array, answered: boolean) => void
}

/**
 * A reader without extended length that does not say so fails as if the card were gone. Once a reader has carried an extended command it is
 * never taken for one of these: then the card was.
 */
export function extendedLengthMemory(): ExtendedLengthMemory {
  const carried = new Map<string, boolean>()
  return {
    isShort: (reader) => carried.get(reader) === false,
    note(reader, command, answered) {
      if (isExtended(command) && carried.get(reader) !== true) carried.set(reader, answered)
    },
  }
}

/** ISO/IEC 7816-4, 5.2: a zero where a short command has Lc, and more after it. */
function isExtended(command: Uint8Array): boolean {
  return command.length > 5 && command[4] === 0
}
