import type { FaceImage } from './FaceImage.js'

/** An entry of a registry, e.g. that of ISO/IEC 19785-2. */
export interface RegistryId {
  readonly organization?: number
  readonly id?: number
}

/** A score of 0 to 100, or why there is none. */
export interface ScoreBlock {
  readonly algorithm?: RegistryId
  readonly score?: number
  readonly error?: string
}

/** An angle in degrees. */
export interface FaceAngle {
  readonly value?: number
  readonly uncertainty?: number
}

/** ImageInformation2DBlock: lengths in millimetres, measures in pixels. Flags are named as in the standard, those that are true. */
export interface FaceImageInformation {
  /** What the block claims: `jpeg`, `jpeg2000Lossy`, `jpeg2000Lossless`. */
  readonly imageDataFormat?: string
  readonly faceImageKind?: string
  readonly postAcquisitionProcessing?: readonly string[]
  readonly lossyTransformationAttempts?: string
  readonly cameraToSubjectDistance?: number
  readonly sensorDiagonal?: number
  readonly lensFocalLength?: number
  readonly imageSize?: { readonly width?: number; readonly height?: number }
  readonly faceMeasurements?: {
    readonly headWidth?: number
    readonly interEyeDistance?: number
    readonly eyeToMouthDistance?: number
    readonly headLength?: number
  }
  readonly colourSpace?: string
  readonly referenceColourMapping?: {
    readonly schema?: Uint8Array
    readonly values?: readonly { readonly definition?: Uint8Array; readonly value?: Uint8Array }[]
  }
}

/** CaptureDevice2DBlock. */
export interface FaceCaptureDevice2D {
  readonly spectra?: readonly string[]
  readonly technology?: string
}

/** IdentityMetadataBlock: sensitive personal data. */
export interface FaceIdentityMetadata {
  readonly gender?: string
  readonly eyeColour?: string
  readonly hairColour?: string
  /** Millimetres. */
  readonly subjectHeight?: number
  readonly properties?: readonly string[]
  readonly expressions?: readonly string[]
  readonly pose?: { readonly yaw?: FaceAngle; readonly pitch?: FaceAngle; readonly roll?: FaceAngle }
}

/** PADDataBlock: what was found about presentation attacks when the face was captured. */
export interface FacePadData {
  readonly decision?: string
  readonly scores?: readonly ScoreBlock[]
  readonly extendedData?: readonly { readonly type?: RegistryId; readonly data?: Uint8Array }[]
  readonly captureContext?: string
  readonly supervisionLevel?: string
  readonly riskLevel?: number
  readonly criteriaCategory?: string
  readonly parameter?: Uint8Array
  readonly challenges?: readonly Uint8Array[]
  readonly capturedAt?: string
}

/** LandmarkBlock. */
export interface FaceLandmark {
  /** e.g. `mpeg4 3.5`, `anthropometric pronasale`. */
  readonly kind: string
  /** Pixels in the image or in its texture; `z` of three dimensions. */
  readonly coordinates?: { readonly x?: number; readonly y?: number; readonly z?: number }
}

/** RepresentationBlock: a portrait with what its block says. What is not stated is absent. */
export interface FaceRepresentation extends FaceImage {
  readonly representationId?: number
  readonly information: FaceImageInformation
  readonly captureDevice2d?: FaceCaptureDevice2D
  /** `YYYY`, `YYYY-MM`, … to `YYYY-MM-DDThh:mm:ss.sss`, as far as it is stated. */
  readonly capturedAt?: string
  readonly quality?: readonly ScoreBlock[]
  readonly padData?: FacePadData
  readonly sessionId?: number
  readonly derivedFrom?: number
  readonly captureDevice?: { readonly model?: RegistryId; readonly certifications?: readonly RegistryId[] }
  readonly identityMetadata?: FaceIdentityMetadata
  readonly landmarks?: readonly FaceLandmark[]
  /** The block as it stands, with extensions that this version does not know. */
  readonly raw: Uint8Array
}

/** FaceImageDataBlock of ISO/IEC 39794-5. */
export interface FaceBlock {
  readonly version: { readonly generation?: number; readonly year?: number }
  readonly representations: readonly FaceRepresentation[]
}
