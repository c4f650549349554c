import { ByteCursor, type Finding } from '@cccd/core'
import type { FaceImage } from './FaceImage.js'
import { faceImageType, faceMalformed, faceUnsupported, maxFaces, withinFace } from './faceMalformed.js'

/** A face of a record, its blocks as they stand. */
export interface FaceParts extends FaceImage {
  /** Gender to pose angle uncertainty, 14 bytes (5.5). */
  readonly information: Uint8Array
  /** Eight bytes each (5.6). */
  readonly points: Uint8Array
  /** Colour space, source, device and quality, the last 6 bytes of the image information (5.7). */
  readonly source: Uint8Array
  readonly faceImageType: number
}

const formatIdentifier = 0x46414300 // "FAC" 00
const version = 0x30313000 // "010" 00
const faceLength = 32
const maxPoints = 1024

/**
 * The faces of a record of ISO/IEC 19794-5:2005 (clause 5), as views of it. Lengths are inconsistent in the field: that of the record is
 * compared only, and a lone face ends where the record does.
 */
export function faceRecordLayout(record: Uint8Array, findings: Finding[]): FaceParts[] {
  return withinFace(() => {
    const cursor = new ByteCursor(record)
    if (cursor.uint32() !== formatIdentifier) throw faceMalformed('not a face record of ISO/IEC 19794-5')
    // 2011 has another layout, which no document may carry (Doc 9303-10, 4.7.2).
    if (cursor.uint32() !== version) throw faceUnsupported('face record is of another version than 2005')
    if (cursor.uint32() !== cursor.end) findings.push({ code: 'dg2-record-length', severity: 'warning', field: 'DG2' })
    const count = cursor.uint16()
    if (count === 0 || count > maxFaces) throw faceMalformed('number of faces is out of range')
    const faces: FaceParts[] = []
    for (let i = 0; i < count; i++) faces.push(readFace(cursor, count === 1, findings))
    if (cursor.remaining > 0) throw faceMalformed('bytes follow the last face')
    return faces
  })
}

function readFace(cursor: ByteCursor, alone: boolean, findings: Finding[]): FaceParts {
  const start = cursor.offset
  const said = cursor.uint32()
  const there = cursor.end - start
  if (alone && said !== there) findings.push({ code: 'dg2-face-length', severity: 'warning', field: 'DG2' })
  const length = alone ? there : said
  const points = cursor.uint16()
  const imageLength = length - faceLength - 8 * points
  if (imageLength <= 0 || points > maxPoints) throw faceMalformed('length of a face is wrong')
  const information = cursor.take(14)
  const featurePoints = cursor.take(8 * points)
  const kind = cursor.uint8()
  const claimed = cursor.uint8()
  const width = cursor.uint16()
  const height = cursor.uint16()
  const source = cursor.take(6)
  const image = cursor.take(imageLength)
  const imageType = faceImageType(image)
  if ((claimed === 0) !== (imageType === 'jpeg'))
    findings.push({ code: 'dg2-image-type-differs', severity: 'info', field: 'DG2' })
  return {
    standard: 'ISO/IEC 19794-5',
    imageType,
    image,
    ...(width === 0 ? {} : { width }),
    ...(height === 0 ? {} : { height }),
    information,
    points: featurePoints,
    source,
    faceImageType: kind,
  }
}
