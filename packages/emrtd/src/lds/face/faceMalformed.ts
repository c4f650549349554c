import { CccdError } from '@cccd/core'
import { EmrtdError } from '../../errors.js'
import { type ImageType, imageTypeOf } from '../imageType.js'

/** A face record that breaks a rule of its standard. */
export function faceMalformed(message: string, cause?: unknown): EmrtdError {
  return new EmrtdError('EMRTD_FACE_MALFORMED', message, { params: { file: 'DG2' }, cause })
}

/** A face in a form that is not read here. */
export function faceUnsupported(message: string): EmrtdError {
  return new EmrtdError('EMRTD_FACE_UNSUPPORTED', message, { params: { file: 'DG2' } })
}

/** Runs a reader of a face record; what it stumbles over becomes `EMRTD_FACE_MALFORMED`. */
export function withinFace<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof EmrtdError || !CccdError.is(cause)) throw cause
    throw faceMalformed('face record is not what its standard says', cause)
  }
}

/** The encoding of a face's image. @throws EmrtdError `EMRTD_FACE_MALFORMED` */
export function faceImageType(image: Uint8Array): ImageType {
  const type = imageTypeOf(image)
  if (type === undefined) throw faceMalformed('image is neither JPEG nor JPEG 2000')
  return type
}

export const maxFaces = 16
