import { concatBytes, encodeUtf8 } from '@cccd/core'
import type { PortraitImage } from './PortraitImage.js'

/** A feature point: type 1, its MPEG-4 code and its place in pixels. */
export interface FeaturePointInput {
  readonly type: number
  readonly code: number
  readonly x: number
  readonly y: number
}

/** A face of ISO/IEC 19794-5:2005 by the numbers of its header; what is left out is written as unspecified. */
export interface FaceInput {
  readonly image: PortraitImage
  readonly gender?: number
  readonly eyeColour?: number
  readonly hairColour?: number
  /** Three bytes of flags. */
  readonly properties?: number
  readonly expression?: number
  /** Yaw, pitch, roll as the standard codes them. */
  readonly poseAngle?: readonly [number, number, number]
  readonly poseAngleUncertainty?: readonly [number, number, number]
  readonly featurePoints?: readonly FeaturePointInput[]
  /** Default 1: full frontal. */
  readonly faceImageType?: number
  /** Default 1: sRGB. */
  readonly colourSpace?: number
  readonly sourceType?: number
  readonly deviceType?: number
  readonly quality?: number
}

const uint16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 255)
const uint32 = (value: number): Uint8Array => concatBytes(uint16(Math.floor(value / 65536)), uint16(value & 0xffff))

/** Facial information, feature points and image information blocks around an image (5.5 to 5.7). */
function face(input: FaceInput): Uint8Array {
  const { image, properties = 0, featurePoints = [] } = input
  const body = concatBytes(
    uint16(featurePoints.length),
    Uint8Array.of(input.gender ?? 0, input.eyeColour ?? 0, input.hairColour ?? 0),
    uint32(properties).subarray(1),
    uint16(input.expression ?? 0),
    Uint8Array.from([...(input.poseAngle ?? [0, 0, 0]), ...(input.poseAngleUncertainty ?? [0, 0, 0])]),
    ...featurePoints.map(({ type, code, x, y }) => concatBytes(Uint8Array.of(type, code), uint16(x), uint16(y), uint16(0))),
    Uint8Array.of(input.faceImageType ?? 1, image.type === 'jpeg' ? 0 : 1),
    uint16(image.width),
    uint16(image.height),
    Uint8Array.of(input.colourSpace ?? 1, input.sourceType ?? 0),
    uint16(input.deviceType ?? 0),
    uint16(input.quality ?? 0),
    image.bytes,
  )
  return concatBytes(uint32(4 + body.length), body)
}

/** A face record of ISO/IEC 19794-5:2005: header, then the faces (5.3). */
export function faceRecord(faces: readonly FaceInput[]): Uint8Array {
  const body = concatBytes(...faces.map(face))
  return concatBytes(encodeUtf8('FAC\u0000010\u0000'), uint32(14 + body.length), uint16(faces.length), body)
}
