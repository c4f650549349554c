import type { CccdError, Finding, ParseOutcome } from '@cccd/core'
import { EmrtdError } from '../errors.js'
import { type FaceImage, withOwnBytes } from './face/FaceImage.js'
import { readFaceImages } from './face/readFaceImages.js'
import { attempt, type Parsed, personal } from './openFile.js'
import { readBiometricTemplates } from './readBiometricTemplates.js'

/** DG2: the encoded faces (Doc 9303-10, 4.7.2). */
export interface EncodedFaces {
  /** At least one; the first is the portrait. */
  readonly faces: readonly [FaceImage, ...FaceImage[]]
}

const label = 'EncodedFaces'

/** The faces as views of the file: a portrait is tens of kilobytes, and a verifier does not change it. */
export function readDg2(bytes: Uint8Array): Parsed<EncodedFaces> {
  const findings: Finding[] = []
  const templates = readBiometricTemplates(bytes, 'DG2', findings)
  const [first, ...others] = templates.flatMap(({ block }) => readFaceImages(block.value, findings))
  if (first === undefined) throw new EmrtdError('EMRTD_FACE_MALFORMED', 'no face in DG2', { params: { file: 'DG2' } })
  return { value: { faces: [first, ...others] }, findings }
}

function copied({ value, findings }: Parsed<EncodedFaces>): Parsed<EncodedFaces> {
  const [first, ...others] = value.faces
  return { value: { faces: [withOwnBytes(first), ...others.map(withOwnBytes)] }, findings }
}

/**
 * The portraits of DG2 in either standard, their bytes as the chip holds them and their type by magic number: Vietnamese cards are reported
 * with JPEG and with JPEG 2000. What else a record says of a face: `parseBiometricGroup`, then `parseFaceRecord` or `parseFaceBlock`.
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`, `EMRTD_FACE_MALFORMED`, `EMRTD_FACE_UNSUPPORTED` (a
 * shape of three dimensions instead of an image, a record of another version)
 * @example
 * const [portrait] = parseDg2(bytes).faces
 * portrait.imageType // 'jp2'
 */
export function parseDg2(bytes: Uint8Array): EncodedFaces {
  return personal(copied(readDg2(bytes)), label).value
}

/** As {@link parseDg2}, with findings (`dg2-…`) and without throwing for bad data. */
export function tryParseDg2(bytes: Uint8Array): ParseOutcome<EncodedFaces, CccdError> {
  return attempt(() => personal(copied(readDg2(bytes)), label))
}
