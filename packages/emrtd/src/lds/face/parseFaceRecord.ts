import { ByteCursor, type CccdError, type Finding, type ParseOutcome } from '@cccd/core'
import { present } from '../dataElements.js'
import { attempt, type Parsed, personal } from '../openFile.js'
import { type FaceImage, withOwnBytes } from './FaceImage.js'
import { type FaceParts, faceRecordLayout } from './faceRecordLayout.js'

/** Yaw, pitch and roll in degrees; absent when the record does not say. */
export interface FacePose {
  readonly yaw?: number
  readonly pitch?: number
  readonly roll?: number
}

/** A point of the face (5.6): type 1 is MPEG-4, `code` its group and number there, e.g. `12.1`, the middle of the left eye. */
export interface FeaturePoint {
  readonly type: number
  readonly code: string
  /** Pixels from the upper left corner. */
  readonly x: number
  readonly y: number
}

/** A portrait with everything its record says. What is unspecified is left out; codes without a name are `code N`. Sensitive personal data. */
export interface RecordedFace extends FaceImage {
  readonly gender?: string
  readonly eyeColour?: string
  readonly hairColour?: string
  /** Names of the flags that are set, e.g. `glasses`; absent when the record says that it states none. */
  readonly properties?: readonly string[]
  readonly expression?: string
  readonly pose?: FacePose
  readonly poseUncertainty?: FacePose
  readonly featurePoints: readonly FeaturePoint[]
  /** `basic`, `full-frontal`, `token-frontal`. */
  readonly faceImageType: string
  readonly colourSpace?: string
  readonly source?: string
  /** Number that the vendor gave the capture device. */
  readonly deviceType?: number
  readonly quality?: number
  /** The facial information block and the last six bytes of the image information as they stand. */
  readonly raw: { readonly information: Uint8Array; readonly source: Uint8Array }
}

const unspecified = ''
const genders = [unspecified, 'male', 'female']
const eyeColours = [unspecified, 'black', 'blue', 'brown', 'grey', 'green', 'multi-coloured', 'pink']
const hairColours = [unspecified, 'bald', 'black', 'blonde', 'brown', 'grey', 'white', 'red', 'green', 'blue']
const expressions = [
  unspecified,
  'neutral',
  'smile-closed',
  'smile-open',
  'raised-eyebrows',
  'eyes-away',
  'squinting',
  'frowning',
]
const imageKinds = ['basic', 'full-frontal', 'token-frontal']
const colourSpaces = [unspecified, 'rgb-24-bit', 'yuv-422', 'greyscale-8-bit', 'other']
const sources = [
  unspecified,
  'photograph',
  'photograph-digital-camera',
  'photograph-scanner',
  'video',
  'video-analogue',
  'video-digital',
]
/** Bit 0 says whether the others are stated at all. */
const properties = [
  'stated',
  'glasses',
  'moustache',
  'beard',
  'teeth-visible',
  'blink',
  'mouth-open',
  'left-eye-patch',
  'right-eye-patch',
  'dark-glasses',
  'distorting-condition',
]

function nameOf(names: readonly string[], code: number): string | undefined {
  const name = names[code] ?? (code === 0xff ? 'unknown' : `code ${code}`)
  return name === unspecified ? undefined : name
}

/** Three coded angles: 1 is 0 degrees, steps of two, the upper half negative; 0 is unspecified (5.5.8). */
function poseOf(codes: Uint8Array, degrees: (code: number) => number): FacePose | undefined {
  const [yaw, pitch, roll] = Array.from(codes, (code) => (code === 0 ? undefined : degrees(code)))
  const pose = present({ yaw, pitch, roll })
  return Object.keys(pose).length === 0 ? undefined : pose
}

function propertiesOf(flags: number): readonly string[] | undefined {
  if ((flags & 1) === 0) return undefined
  return properties.filter((_, bit) => bit > 0 && (flags & (1 << bit)) !== 0)
}

function pointsOf(bytes: Uint8Array): FeaturePoint[] {
  const cursor = new ByteCursor(bytes)
  const out: FeaturePoint[] = []
  while (cursor.remaining > 0) {
    const type = cursor.uint8()
    const code = cursor.uint8()
    out.push({ type, code: `${code >> 4}.${code & 15}`, x: cursor.uint16(), y: cursor.uint16() })
    cursor.take(2)
  }
  return out
}

function recordedFace({ information, points, source, faceImageType, ...face }: FaceParts): RecordedFace {
  const about = new ByteCursor(information)
  const [gender, eyes, hair] = [about.uint8(), about.uint8(), about.uint8()]
  const flags = about.uint8() * 65536 + about.uint16()
  const expression = about.uint16()
  const from = new ByteCursor(source)
  const [colourSpace, sourceType, deviceType, quality] = [from.uint8(), from.uint8(), from.uint16(), from.uint16()]
  return {
    ...withOwnBytes(face),
    ...present({
      gender: nameOf(genders, gender),
      eyeColour: nameOf(eyeColours, eyes),
      hairColour: nameOf(hairColours, hair),
      properties: propertiesOf(flags),
      expression: nameOf(expressions, expression),
      pose: poseOf(about.take(3), (code) => 2 * (code <= 91 ? code - 1 : code - 181)),
      poseUncertainty: poseOf(about.take(3), (code) => 2 * (code - 1)),
      colourSpace: nameOf(colourSpaces, colourSpace),
      source: nameOf(sources, sourceType),
      deviceType: deviceType === 0 ? undefined : deviceType,
      quality: quality === 0 ? undefined : quality,
    }),
    featurePoints: pointsOf(points),
    faceImageType: nameOf(imageKinds, faceImageType) ?? imageKinds[0] ?? '',
    raw: { information: information.slice(), source: source.slice() },
  }
}

function readFaceRecord(record: Uint8Array): Parsed<RecordedFace[]> {
  const findings: Finding[] = []
  return { value: faceRecordLayout(record, findings).map(recordedFace), findings }
}

const label = 'FaceRecord'

/**
 * A face record of ISO/IEC 19794-5:2005 with every field of its headers: the data block of a template of DG2 (`parseBiometricGroup`).
 * @throws EmrtdError `EMRTD_FACE_MALFORMED`, also when an image is neither JPEG nor JPEG 2000; `EMRTD_FACE_UNSUPPORTED` for another version
 * @example
 * parseFaceRecord(template.data)[0].faceImageType // 'full-frontal'
 */
export function parseFaceRecord(record: Uint8Array): RecordedFace[] {
  return personal(readFaceRecord(record), label).value
}

/** As {@link parseFaceRecord}, with findings (`dg2-…`) and without throwing for bad data. */
export function tryParseFaceRecord(record: Uint8Array): ParseOutcome<RecordedFace[], CccdError> {
  return attempt(() => personal(readFaceRecord(record), label))
}
