/** How a chip behaves where real chips differ. */
export interface ChipProfile {
  /** Answer to SELECT of the master file (3F00). The Vietnamese card refuses it. */
  readonly masterFile: 'selectable' | '6D00'
  /** EF.CardAccess (011C) before the LDS application is selected: by SELECT and by short identifier, by SELECT alone, or not at all. */
  readonly cardAccess: 'readable' | 'selectable' | '6982'
  /** Whether Basic Access Control opens the chip too. */
  readonly bac: boolean
  /** Whether extended length is understood; the historical bytes say the same. */
  readonly extendedLength: boolean
  /** Whether EF.ATR/INFO (2F01) exists and names the buffer sizes. */
  readonly atrInfo: boolean
  /** The most plain data that one READ BINARY returns. */
  readonly maxRead: number
  /** Data object around the answer to READ BINARY with odd instruction under secure messaging. */
  readonly oddReadObject: 0x85 | 0x87
}

/** The card of facts about the Vietnamese chip: SELECT of 3F00 is 6D00, of 011C 9000, and BAC works as well. */
export const vietnameseProfile: ChipProfile = {
  masterFile: '6D00',
  cardAccess: 'readable',
  bac: true,
  extendedLength: true,
  atrInfo: false,
  maxRead: 65536,
  oddReadObject: 0x85,
}

/**
 * Named profiles: `vietnam-select` gives EF.CardAccess to SELECT alone, `vietnam-locked` not at all, `vietnam-short` has short length
 * only; `pace-only` is another country's chip, with a master file, EF.ATR/INFO and no BAC.
 */
export const chipProfiles = {
  vietnam: vietnameseProfile,
  'vietnam-select': { ...vietnameseProfile, cardAccess: 'selectable' },
  'vietnam-locked': { ...vietnameseProfile, cardAccess: '6982' },
  'vietnam-short': { ...vietnameseProfile, extendedLength: false },
  'pace-only': { ...vietnameseProfile, masterFile: 'selectable', bac: false, atrInfo: true },
} as const satisfies Readonly<Record<string, ChipProfile>>

export type ChipProfileName = keyof typeof chipProfiles
