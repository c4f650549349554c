import type { FileName } from '@cccd/emrtd'

/** How a chip behaves where real chips differ. */
export interface ChipTraits {
  /** Answer to SELECT of the master file (3F00). The Vietnamese card refuses it. */
  readonly masterFile: 'selectable' | '6D00'
  /** SELECT of the master file without its identifier: does it, or says 9000 and leaves things as they were. */
  readonly unnamedMasterFile: 'selectable' | 'ignored'
  /** What is selected after power-on; `application`: the system of the phone was faster. */
  readonly powerOn: 'master-file' | 'application'
  /** EF.CardAccess (011C) at the level of the master file: by SELECT and by short identifier, by SELECT alone (or with P1 = 02 alone), or not. */
  readonly cardAccess: 'readable' | 'selectable' | 'selectable-p1-02' | '6982' | '6A82'
  /** Answer to SELECT of EF.CardSecurity under the PACE channel; its short identifier works in any case. */
  readonly cardSecurity: 'selectable' | '6A80'
  /** Name of an application of the state that selects the same files. */
  readonly nationalApplication?: Uint8Array
  /** Data groups that are refused with 6982 beyond those that the card itself denies. */
  readonly deniedFiles: readonly FileName[]
  /** Whether Basic Access Control opens the chip too. */
  readonly bac: boolean
  /** Whether READ BINARY takes short file identifiers. */
  readonly shortFileIdentifiers: boolean
  /** The longest command and response APDU of extended length, or short length only. */
  readonly extendedLength: false | { readonly command: number; readonly response: number }
  /** Where the chip says so. */
  readonly extendedLengthSaid: readonly ('historical-bytes' | 'atr-info')[]
  /** Whether EF.DIR exists. */
  readonly directory: boolean
  /** The most plain data that one READ BINARY returns. */
  readonly maxRead: number
  /** A READ BINARY for more than that: as much as there may be, 6700, 6CXX with what may be, or 6700 and the secure channel is gone. */
  readonly overlongRead: 'shortened' | '6700' | '6CXX' | 'channel-lost'
  /** A READ BINARY that names more bytes than are left: they come with 6282 or 9000, or 6B00 comes alone. */
  readonly endOfFile: '6282' | '9000' | '6B00'
  /** Bytes after the content of every file. */
  readonly padding: number
  /** Data object around the answer to READ BINARY with odd instruction under secure messaging. */
  readonly oddReadObject: 0x85 | 0x87
  /** Le that GENERAL AUTHENTICATE insists on; another one is 6700. */
  readonly generalAuthenticateLe: 'any' | '256'
  /** `6300`: refuses the right token of the terminal as well. */
  readonly paceToken: 'checked' | '6300'
}

/** What no profile says otherwise: a chip that does all that Doc 9303 allows, and BAC. */
export const standardTraits: ChipTraits = {
  masterFile: 'selectable',
  unnamedMasterFile: 'selectable',
  powerOn: 'master-file',
  cardAccess: 'readable',
  cardSecurity: 'selectable',
  deniedFiles: [],
  bac: true,
  shortFileIdentifiers: true,
  extendedLength: { command: 65_544, response: 65_538 },
  extendedLengthSaid: ['historical-bytes'],
  directory: false,
  maxRead: 65_536,
  overlongRead: '6700',
  endOfFile: '6282',
  padding: 0,
  oddReadObject: 0x85,
  generalAuthenticateLe: 'any',
  paceToken: 'checked',
}
