import { encodeTlv } from '@cccd/core'
import type { Sex } from '@cccd/identity'
import type { PortraitImage } from './PortraitImage.js'

/** An entry of a registry: organization, number. */
export type RegistryInput = readonly [organization: number, id: number]

/** A score of 0 to 100, or `'failed'`. */
export interface ScoreInput {
  readonly algorithm: RegistryInput
  readonly score: number | 'failed'
}

export interface AngleInput {
  readonly value: number
  readonly uncertainty?: number
}

/** Year, month, day, hour, minute, second, millisecond, as far as known. */
export type DateTimeInput = readonly [number, ...number[]]

/** Flags of a block of BOOLEANs, in the order of their tags. */
export type FlagsInput = readonly boolean[]

/**
 * A face of the ICAO application profile of ISO/IEC 39794-5, by the codes of the standard; what is left out is not written. The order of
 * members is that of the ASN.1.
 */
export interface FaceBlockInput {
  readonly image: PortraitImage
  readonly information?: {
    /** Default: by the image, JPEG 2000 as lossy. */
    readonly imageDataFormat?: number
    readonly faceImageKind?: number
    readonly postAcquisitionProcessing?: FlagsInput
    readonly lossyTransformationAttempts?: number
    readonly cameraToSubjectDistance?: number
    readonly sensorDiagonal?: number
    readonly lensFocalLength?: number
    readonly faceMeasurements?: readonly (number | undefined)[]
    readonly colourSpace?: number
    readonly referenceColourMapping?: {
      readonly schema?: Uint8Array
      readonly values?: readonly { readonly definition?: Uint8Array; readonly value?: Uint8Array }[]
    }
  }
  readonly captureDevice2d?: { readonly spectra?: FlagsInput; readonly technology?: number }
  readonly capturedAt?: DateTimeInput
  readonly quality?: readonly ScoreInput[]
  readonly padData?: {
    readonly decision?: number
    readonly scores?: readonly ScoreInput[]
    readonly extendedData?: readonly { readonly type: RegistryInput; readonly data: Uint8Array }[]
    readonly captureContext?: number
    readonly supervisionLevel?: number
    readonly riskLevel?: number
    readonly criteriaCategory?: number
    readonly parameter?: Uint8Array
    readonly challenges?: readonly Uint8Array[]
    readonly capturedAt?: DateTimeInput
  }
  readonly sessionId?: number
  readonly derivedFrom?: number
  readonly captureDevice?: { readonly model?: RegistryInput; readonly certifications?: readonly RegistryInput[] }
  readonly identityMetadata?: {
    readonly gender?: Sex
    readonly eyeColour?: number
    readonly hairColour?: number
    readonly subjectHeight?: number
    readonly properties?: FlagsInput
    readonly expressions?: FlagsInput
    readonly pose?: { readonly yaw?: AngleInput; readonly pitch?: AngleInput; readonly roll?: AngleInput }
  }
  /** MPEG-4 feature points by their codes. */
  readonly landmarks?: readonly { readonly mpeg4: number; readonly x: number; readonly y: number }[]
}

/** Writes a value under a context tag; nothing for a value that is not there. */
type Writer<Value> = (tag: number, value: Value | undefined) => Uint8Array

const nothing = new Uint8Array(0)

const primitive =
  <Value>(content: (value: Value) => Uint8Array): Writer<Value> =>
  (tag, value) =>
    value === undefined ? nothing : encodeTlv(0x80 | tag, content(value))

const constructed =
  <Value>(content: (value: Value) => readonly Uint8Array[]): Writer<Value> =>
  (tag, value) =>
    value === undefined ? nothing : encodeTlv(0xa0 | tag, ...content(value))

/** Shortest two's complement of up to 32 bits. */
const integer = primitive((value: number) => {
  const bytes = Uint8Array.of(value >> 24, value >> 16, value >> 8, value)
  let start = 0
  while (start < 3 && bytes[start] === ((bytes[start + 1] as number) >= 0x80 ? 0xff : 0)) start++
  return bytes.subarray(start)
})
const octets = primitive((value: Uint8Array) => value)
const boolean = primitive((value: boolean) => Uint8Array.of(value ? 0xff : 0))
/** CHOICE { extensionBlock [1] { fallback [0] code } }: the form that the ICAO profile keeps of every code but the image's format. */
const code = constructed((value: number) => [encodeTlv(0xa1, integer(0, value))])
const flags = constructed((values: FlagsInput) => values.map((value, tag) => boolean(tag, value)))
const registry = constructed(([organization, id]: RegistryInput) => [integer(0, organization), integer(1, id)])
const dateTime = constructed((parts: DateTimeInput) => parts.map((part, tag) => integer(tag, part)))
const angle = constructed(({ value, uncertainty }: AngleInput) => [integer(0, value), integer(1, uncertainty)])
const listOf = <Value>(content: (value: Value) => readonly Uint8Array[]): Writer<readonly Value[]> =>
  constructed((values) => values.map((value) => encodeTlv(0x30, ...content(value))))
const scores = listOf(({ algorithm, score }: ScoreInput) => [
  registry(0, algorithm),
  encodeTlv(0xa1, score === 'failed' ? code(1, 0) : integer(0, score)),
])

const information = constructed(
  ({ image, about = {} }: { readonly image: PortraitImage; readonly about: FaceBlockInput['information'] }) => [
    encodeTlv(0xa0, integer(0, about.imageDataFormat ?? (image.type === 'jpeg' ? 2 : 3))),
    code(1, about.faceImageKind),
    flags(2, about.postAcquisitionProcessing),
    code(3, about.lossyTransformationAttempts),
    integer(4, about.cameraToSubjectDistance),
    integer(5, about.sensorDiagonal),
    integer(6, about.lensFocalLength),
    encodeTlv(0xa7, integer(0, image.width), integer(1, image.height)),
    constructed((values: readonly (number | undefined)[]) => values.map((value, tag) => integer(tag, value)))(
      8,
      about.faceMeasurements,
    ),
    code(9, about.colourSpace),
    referenceColours(10, about.referenceColourMapping),
  ],
)

const referenceColours = constructed(
  ({ schema, values }: NonNullable<NonNullable<FaceBlockInput['information']>['referenceColourMapping']>) => [
    octets(0, schema),
    listOf(({ definition, value }: NonNullable<typeof values>[number]) => [octets(0, definition), octets(1, value)])(1, values),
  ],
)

const captureDevice2d = constructed(({ spectra, technology }: NonNullable<FaceBlockInput['captureDevice2d']>) => [
  flags(0, spectra),
  code(1, technology),
])

const padData = constructed((pad: NonNullable<FaceBlockInput['padData']>) => [
  code(0, pad.decision),
  scores(1, pad.scores),
  listOf(({ type, data }: NonNullable<typeof pad.extendedData>[number]) => [registry(0, type), octets(1, data)])(
    2,
    pad.extendedData,
  ),
  code(3, pad.captureContext),
  code(4, pad.supervisionLevel),
  integer(5, pad.riskLevel),
  code(6, pad.criteriaCategory),
  octets(7, pad.parameter),
  constructed((challenges: readonly Uint8Array[]) => challenges.map((challenge) => encodeTlv(0x04, challenge)))(
    8,
    pad.challenges,
  ),
  dateTime(9, pad.capturedAt),
])

const captureDevice = constructed(({ model, certifications }: NonNullable<FaceBlockInput['captureDevice']>) => [
  registry(0, model),
  listOf(([organization, id]: RegistryInput) => [integer(0, organization), integer(1, id)])(1, certifications),
])

const identityMetadata = constructed((about: NonNullable<FaceBlockInput['identityMetadata']>) => [
  code(0, about.gender === undefined ? undefined : about.gender === 'male' ? 2 : 3),
  code(1, about.eyeColour),
  code(2, about.hairColour),
  integer(3, about.subjectHeight),
  flags(4, about.properties),
  flags(5, about.expressions),
  constructed(({ yaw, pitch, roll }: NonNullable<typeof about.pose>) => [angle(0, yaw), angle(1, pitch), angle(2, roll)])(
    6,
    about.pose,
  ),
])

const landmarks = listOf(({ mpeg4, x, y }: NonNullable<FaceBlockInput['landmarks']>[number]) => [
  encodeTlv(0xa0, encodeTlv(0xa0, code(0, mpeg4))),
  encodeTlv(0xa1, encodeTlv(0xa0, encodeTlv(0xa0, integer(0, x), integer(1, y)))),
])

/**
 * A face image data block of ISO/IEC 39794-5, ICAO application profile: tag A1, then FaceImageDataBlock ::= [APPLICATION 5] SEQUENCE
 * { versionBlock [0], representationBlocks [1], … } with one representation.
 */
export function faceBlock(face: FaceBlockInput): Uint8Array {
  const image = encodeTlv(
    0xa0,
    octets(0, face.image.bytes),
    information(1, { image: face.image, about: face.information }),
    captureDevice2d(2, face.captureDevice2d),
  )
  const representation = encodeTlv(
    0x30,
    integer(0, 0),
    encodeTlv(0xa1, encodeTlv(0xa0, image)),
    dateTime(2, face.capturedAt),
    scores(3, face.quality),
    padData(4, face.padData),
    integer(5, face.sessionId),
    integer(6, face.derivedFrom),
    captureDevice(7, face.captureDevice),
    identityMetadata(8, face.identityMetadata),
    landmarks(9, face.landmarks),
  )
  const version = encodeTlv(0xa0, integer(0, 3), integer(1, 2019))
  return encodeTlv(0xa1, encodeTlv(0x65, version, encodeTlv(0xa1, representation)))
}
