import { ByteCursor, CccdError, type Finding } from '@cccd/core'
import { EmrtdError } from '../errors.js'
import { type ImageType, imageTypeOf } from './imageType.js'

/** One portrait of DG2. */
export interface FaceImage {
  readonly imageType: ImageType
  readonly image: Uint8Array
  /** Pixels as the record says; absent when it says 0. */
  readonly width?: number
  readonly height?: number
}

const formatIdentifier = 0x46414300 // "FAC" 00
const version = 0x30313000 // "010" 00
const headerLength = 14
const faceLength = 32
const maxFaces = 16

const bad = (message: string): EmrtdError => new EmrtdError('EMRTD_FACE_MALFORMED', message, { params: { file: 'DG2' } })

/**
 * The images of a face record of ISO/IEC 19794-5:2005 (clause 5), the content of a biometric data block in DG2.
 * @throws EmrtdError `EMRTD_FACE_MALFORMED` also when an image is neither JPEG nor JPEG 2000
 */
export function parseFaceRecord(record: Uint8Array): FaceImage[] {
  return readFaceRecord(record, []).map(withOwnBytes)
}

/** A face whose image no longer shares memory with the file. */
export function withOwnBytes(face: FaceImage): FaceImage {
  return { ...face, image: new Uint8Array(face.image) }
}

/** The faces as views of the record: a portrait is tens of kilobytes, and a verifier does not change it. */

export function readFaceRecord(record: Uint8Array, findings: Finding[]): FaceImage[] {
  try {
    return readFaces(new ByteCursor(record), findings)
  } catch (cause) {
    if (cause instanceof EmrtdError || !CccdError.is(cause)) throw cause
    throw new EmrtdError('EMRTD_FACE_MALFORMED', 'face record is cut short', { params: { file: 'DG2' }, cause })
  }
}

function readFaces(cursor: ByteCursor, findings: Finding[]): FaceImage[] {
  if (cursor.uint32() !== formatIdentifier || cursor.uint32() !== version) throw bad('not a face record of ISO/IEC 19794-5')
  const length = cursor.uint32()
  const count = cursor.uint16()
  if (length !== cursor.end) throw bad('length of the face record is wrong')
  if (count === 0 || count > maxFaces) throw bad('number of faces is out of range')
  const faces: FaceImage[] = []
  for (let i = 0; i < count; i++) faces.push(readFace(cursor, findings))
  if (cursor.remaining > 0) throw bad('bytes follow the last face')
  return faces
}

function readFace(cursor: ByteCursor, findings: Finding[]): FaceImage {
  const length = cursor.uint32()
  const points = cursor.uint16()
  const imageLength = length - faceLength - 8 * points
  if (imageLength <= 0 || length > cursor.end - headerLength) throw bad('length of a face is wrong')
  // Gender, eye and hair colour, properties, expression, pose, pose uncertainty: not used, often zero.
  cursor.take(14)
  cursor.take(8 * points)
  cursor.take(1)
  const claimed = cursor.uint8()
  const width = cursor.uint16()
  const height = cursor.uint16()
  cursor.take(6)
  const image = cursor.take(imageLength)
  const imageType = imageTypeOf(image)
  if (imageType === undefined) throw bad('image is neither JPEG nor JPEG 2000')
  if ((claimed === 0) !== (imageType === 'jpeg'))
    findings.push({ code: 'dg2-image-type-differs', severity: 'info', field: 'DG2' })
  return { imageType, image, ...(width === 0 ? {} : { width }), ...(height === 0 ? {} : { height }) }
}
