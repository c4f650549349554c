/**
 * What a chip showed of its limits: plain data, nothing of the person, the same for every chip of a kind. `reading.chipLimits` holds
 * what a read learnt; store it by kind of chip (issuer, answer to reset) and hand it to the next read as `chipLimits`, which then
 * learns nothing twice. Limits of another kind of chip cost time, never bytes; keep those of readings that verified.
 */
export interface ChipLimits {
  /** `false`: READ BINARY takes no short file identifier, every file is selected. */
  readonly shortFileIdentifiers?: boolean | undefined
  /** Data bytes of the longest answer, as the chip says in its historical bytes or EF.ATR/INFO: 256 is short length only. */
  readonly answerLength?: number | undefined
  /** The chip refused an extended Le, whatever it says of itself. */
  readonly refusesExtended?: boolean | undefined
  /** The most bytes of a file that it gives in one answer, where that is less than fits. */
  readonly largestBlock?: number | undefined
  /** It refuses to be asked for bytes beyond the end of a file: the length of a file is read before the rest of it. */
  readonly headerFirst?: boolean | undefined
}

/** The limits of a running read, changed as the chip shows them. */
export type ReadLimits = { -readonly [Limit in keyof ChipLimits]: ChipLimits[Limit] }

const longestAnswer = 65_536

/** Only what is known, for a reading to keep. */
export function knownLimits(limits: ChipLimits): ChipLimits {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined))
}

/** @throws TypeError, RangeError for limits that are none */
export function assertChipLimits(limits: ChipLimits): void {
  for (const name of ['shortFileIdentifiers', 'refusesExtended', 'headerFirst'] as const)
    if (limits[name] !== undefined && typeof limits[name] !== 'boolean')
      throw new TypeError(`chipLimits.${name} must be true or false`)
  for (const [name, least] of [
    ['answerLength', 256],
    ['largestBlock', 1],
  ] as const) {
    const limit = limits[name]
    if (limit !== undefined && !(Number.isInteger(limit) && limit >= least && limit <= longestAnswer))
      throw new RangeError(`chipLimits.${name} must be a whole number from ${least} to ${longestAnswer}`)
  }
}
