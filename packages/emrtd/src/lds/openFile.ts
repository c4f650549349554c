import { assertBytes, CccdError, type Finding, markPersonal, type ParseOutcome, parseTlv, type TlvNode } from '@cccd/core'
import { EmrtdError } from '../errors.js'
import { type FileName, files } from './fileNames.js'

/** A value with the doubts that came up while it was read. */
export interface Parsed<Value> {
  readonly value: Value
  readonly findings: readonly Finding[]
}

/** Largest file accepted, in bytes; files with images may be larger than the others. */
const maxLengths: Partial<Record<FileName, number>> = {
  COM: 4_096,
  SOD: 131_072,
  CardSecurity: 131_072,
  DG1: 1_024,
  DG5: 1_048_576,
  DG7: 1_048_576,
  DG8: 1_048_576,
  DG9: 1_048_576,
  DG10: 1_048_576,
  DG11: 262_144,
  DG12: 262_144,
  DG13: 131_072,
  DG14: 65_536,
  DG15: 16_384,
  DG16: 65_536,
}
const largest = 4 * 1024 * 1024

/** Largest accepted length of a file, in bytes. */
export function maxFileLength(file: FileName): number {
  return maxLengths[file] ?? largest
}

/**
 * The one element a file consists of. Bytes after it are refused: files are cut to the length in their header when they are read.
 * @throws EmrtdError `EMRTD_FILE_TOO_LARGE`, `EMRTD_FILE_MALFORMED`
 */
export function openFile(bytes: Uint8Array, file: FileName): TlvNode {
  assertBytes(bytes, file)
  if (bytes.length > maxFileLength(file))
    throw new EmrtdError('EMRTD_FILE_TOO_LARGE', 'file is larger than allowed', { params: { file, length: bytes.length } })
  return within(file, () => parseTlv(bytes, { tag: files[file].tag }))
}

/** Runs a reader of a file's content; what it stumbles over becomes `EMRTD_FILE_MALFORMED` with the file's name. */
export function within<Value>(file: FileName, read: () => Value): Value {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof EmrtdError || !CccdError.is(cause)) throw cause
    throw new EmrtdError('EMRTD_FILE_MALFORMED', 'file is not what Doc 9303-10 says', { params: { file }, cause })
  }
}

/** A file that breaks a rule of its own. */
export function malformed(file: FileName, message: string, params: Readonly<Record<string, string | number>> = {}): EmrtdError {
  return new EmrtdError('EMRTD_FILE_MALFORMED', message, { params: { file, ...params } })
}

/** What a public parser hands out of a file about a person: printed masked. */
export function personal<Value>({ value, findings }: Parsed<Value>, label: string): Parsed<Value> {
  return { value: markPersonal(value, label), findings }
}

/** The `tryParse` form of a reader: the value with its findings, or the coded error. Anything else is a bug and is thrown. */
export function attempt<Value>(read: () => Parsed<Value>): ParseOutcome<Value, CccdError> {
  try {
    return { ok: true, ...read() }
  } catch (error) {
    if (CccdError.is(error)) return { ok: false, error }
    throw error
  }
}
