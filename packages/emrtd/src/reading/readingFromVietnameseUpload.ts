import { decodeBase64 } from '@cccd/core'
import { EmrtdError } from '../errors.js'
import type { FileName } from '../lds/fileNames.js'
import { maxFileLength } from '../lds/openFile.js'
import type { ChipReading } from './ChipReading.js'
import { type ReadingFromFilesOptions, readingFromFiles } from './readingFromFiles.js'

/** The members that Vietnamese capture SDKs send for a chip: base64 texts, `null` or empty for what was not read. */
export interface VietnameseUpload {
  readonly sodData?: string | null
  readonly comDataB64?: string | null
  readonly dg1DataB64?: string | null
  readonly dg2DataB64?: string | null
  readonly dg13DataB64?: string | null
  readonly dg14DataB64?: string | null
  readonly dg15DataB64?: string | null
  /** Answer to INTERNAL AUTHENTICATE. */
  readonly aaSignature?: string | null
  /** What the device says it was asked with; the verifier compares it with the challenge it made. */
  readonly aaChallenge?: string | null
}

const members: readonly (readonly [keyof VietnameseUpload, FileName])[] = [
  ['sodData', 'SOD'],
  ['comDataB64', 'COM'],
  ['dg1DataB64', 'DG1'],
  ['dg2DataB64', 'DG2'],
  ['dg13DataB64', 'DG13'],
  ['dg14DataB64', 'DG14'],
  ['dg15DataB64', 'DG15'],
]
const maxAnswer = 1_024

/**
 * A reading from the form that Vietnamese capture SDKs upload. Base64 or base64url, with or without padding, line breaks and a `data:`
 * prefix. Members of other names are not looked at: a verdict that a client sends is no evidence.
 *
 * @throws EmrtdError `EMRTD_READING_INVALID` (with `params.field`), `EMRTD_FILE_TOO_LARGE`
 * @example
 * const reading = readingFromVietnameseUpload({ sodData, dg1DataB64, dg2DataB64, dg15DataB64, aaSignature })
 */
export function readingFromVietnameseUpload(
  upload: VietnameseUpload,
  options: Omit<ReadingFromFilesOptions, 'activeAuthentication'> = {},
): ChipReading {
  if (typeof upload !== 'object' || upload === null) throw new TypeError('upload must be an object')
  const files: Partial<Record<FileName, Uint8Array>> = {}
  for (const [member, file] of members) {
    const bytes = decode(upload, member, maxFileLength(file))
    if (bytes !== undefined) files[file] = bytes
  }
  const response = decode(upload, 'aaSignature', maxAnswer)
  const challenge = decode(upload, 'aaChallenge', maxAnswer)
  const activeAuthentication =
    response === undefined && challenge === undefined
      ? {}
      : { activeAuthentication: { challenge: challenge ?? new Uint8Array(), ...(response === undefined ? {} : { response }) } }
  return readingFromFiles(files, { ...options, ...activeAuthentication })
}

function decode(upload: VietnameseUpload, member: keyof VietnameseUpload, maxLength: number): Uint8Array | undefined {
  const value: unknown = upload[member]
  if (value === undefined || value === null || value === '') return undefined
  const invalid = (): EmrtdError => new EmrtdError('EMRTD_READING_INVALID', 'member is not base64', { params: { field: member } })
  if (typeof value !== 'string') throw invalid()
  if (value.length > 2 * maxLength + 1_024)
    throw new EmrtdError('EMRTD_FILE_TOO_LARGE', 'member is larger than allowed', {
      params: { field: member, length: value.length },
    })
  try {
    return decodeBase64(value.replace(/^data:[^,]{0,100},/, '').replace(/\s+/g, ''))
  } catch {
    throw invalid()
  }
}
