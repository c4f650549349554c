/** What a status word means for the caller. Open: a later version may know more kinds. */
export type StatusKind =
  | 'success'
  | 'more-data'
  | 'warning'
  | 'verification-failed'
  | 'wrong-le'
  | 'wrong-length'
  | 'security'
  | 'blocked'
  | 'conditions'
  | 'not-found'
  | 'not-supported'
  | 'wrong-parameters'
  | 'execution'
  | 'unknown'
  | (string & {})

export interface StatusWord {
  readonly kind: StatusKind
  /** The words of ISO/IEC 7816-4, tables 6 and 7. */
  readonly name: string
}

/** Exactly 9000. A mask such as `sw & 0x9000` would take errors for success. */
export function isSuccess(sw: number): boolean {
  return sw === 0x9000
}

const exact: ReadonlyMap<number, StatusWord> = /* @__PURE__ */ new Map<number, StatusWord>([
  [0x9000, { kind: 'success', name: 'no further qualification' }],
  [0x6281, { kind: 'warning', name: 'part of returned data may be corrupted' }],
  [0x6282, { kind: 'warning', name: 'end of file reached before reading Ne bytes' }],
  [0x6283, { kind: 'warning', name: 'selected file deactivated' }],
  [0x6300, { kind: 'verification-failed', name: 'verification failed, no further information' }],
  [0x6700, { kind: 'wrong-length', name: 'wrong length' }],
  [0x6881, { kind: 'not-supported', name: 'logical channel not supported' }],
  [0x6882, { kind: 'not-supported', name: 'secure messaging not supported' }],
  [0x6883, { kind: 'conditions', name: 'last command of the chain expected' }],
  [0x6884, { kind: 'not-supported', name: 'command chaining not supported' }],
  [0x6981, { kind: 'conditions', name: 'command incompatible with file structure' }],
  [0x6982, { kind: 'security', name: 'security status not satisfied' }],
  [0x6983, { kind: 'blocked', name: 'authentication method blocked' }],
  [0x6984, { kind: 'blocked', name: 'reference data not usable' }],
  [0x6985, { kind: 'conditions', name: 'conditions of use not satisfied' }],
  [0x6986, { kind: 'conditions', name: 'command not allowed (no current EF)' }],
  [0x6987, { kind: 'security', name: 'expected secure messaging data objects missing' }],
  [0x6988, { kind: 'security', name: 'incorrect secure messaging data objects' }],
  [0x6a80, { kind: 'wrong-parameters', name: 'incorrect parameters in the command data field' }],
  [0x6a81, { kind: 'not-supported', name: 'function not supported' }],
  [0x6a82, { kind: 'not-found', name: 'file or application not found' }],
  [0x6a83, { kind: 'not-found', name: 'record not found' }],
  [0x6a86, { kind: 'wrong-parameters', name: 'incorrect parameters P1-P2' }],
  [0x6a88, { kind: 'not-found', name: 'referenced data or reference data not found' }],
  [0x6b00, { kind: 'wrong-parameters', name: 'wrong parameters P1-P2' }],
  [0x6d00, { kind: 'not-supported', name: 'instruction code not supported or invalid' }],
  [0x6e00, { kind: 'not-supported', name: 'class not supported' }],
  [0x6f00, { kind: 'execution', name: 'no precise diagnosis' }],
])

const byFirstByte: ReadonlyMap<number, StatusWord> = /* @__PURE__ */ new Map<number, StatusWord>([
  [0x61, { kind: 'more-data', name: 'more data available by GET RESPONSE' }],
  [0x62, { kind: 'warning', name: 'state of memory unchanged' }],
  [0x63, { kind: 'warning', name: 'state of memory changed' }],
  [0x64, { kind: 'execution', name: 'execution error, memory unchanged' }],
  [0x65, { kind: 'execution', name: 'execution error, memory changed' }],
  [0x66, { kind: 'security', name: 'security-related issue' }],
  [0x68, { kind: 'not-supported', name: 'function of CLA not supported' }],
  [0x69, { kind: 'conditions', name: 'command not allowed' }],
  [0x6a, { kind: 'wrong-parameters', name: 'wrong parameters P1-P2' }],
  [0x6c, { kind: 'wrong-le', name: 'wrong Le, SW2 is the exact number' }],
])

/**
 * The meaning of a status word. Texts are the standard's, not for the person at the counter: see `/messages`.
 * @example statusWord(0x6982).kind // 'security'
 */
export function statusWord(sw: number): StatusWord {
  const known = exact.get(sw)
  if (known !== undefined) return known
  if ((sw & 0xfff0) === 0x63c0) return { kind: 'verification-failed', name: `verification failed, ${sw & 15} tries left` }
  return byFirstByte.get(sw >> 8) ?? { kind: 'unknown', name: 'unknown status word' }
}
