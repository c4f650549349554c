import { type CccdError, type Finding, type ParseOutcome, readOctetString, type TlvNode } from '@cccd/core'
import { attempt, type Parsed, personal } from '../openFile.js'
import { block, codeOf, flags, integer, listOf, membersOf, named, octets } from './asn1Blocks.js'
import type {
  FaceAngle,
  FaceBlock,
  FaceCaptureDevice2D,
  FaceIdentityMetadata,
  FaceImageInformation,
  FaceLandmark,
  FacePadData,
  FaceRepresentation,
  RegistryId,
  ScoreBlock,
} from './FaceBlock.js'
import { withOwnBytes } from './FaceImage.js'
import { faceBlockLayout, type RepresentationParts } from './faceBlockLayout.js'
import * as names from './faceBlockNames.js'
import { withinFace } from './faceMalformed.js'

/** DateTimeBlock: year to millisecond, each only after the one before. */
function dateTime(node: TlvNode): string {
  const members = membersOf(node)
  const separators = ['', '-', '-', 'T', ':', ':', '.']
  const widths = [4, 2, 2, 2, 2, 2, 3]
  let out = ''
  for (const [tag, separator] of separators.entries()) {
    const member = members.get(tag)
    if (member === undefined) break
    out += separator + String(integer(member)).padStart(widths[tag] ?? 2, '0')
  }
  return out
}

const registryId = block<RegistryId>({ organization: [0, integer], id: [1, integer] })

/** QualityBlock and PADScoreBlock ::= SEQUENCE { id [0], scoreOrError [1] CHOICE { score [0], error [1] }, … } */
function score(node: TlvNode): ScoreBlock {
  const members = membersOf(node)
  const [id, result] = [members.get(0), members.get(1)]
  const choice = result === undefined ? undefined : membersOf(result)
  const [value, error] = [choice?.get(0), choice?.get(1)]
  return {
    ...(id === undefined ? {} : { algorithm: registryId(id) }),
    ...(value === undefined ? {} : { score: integer(value) }),
    ...(error === undefined ? {} : { error: named(names.scoringErrors)(error) }),
  }
}

const information = block<FaceImageInformation>({
  imageDataFormat: [0, named(names.imageDataFormats)],
  faceImageKind: [1, named(names.faceImageKinds)],
  postAcquisitionProcessing: [2, flags(names.processing)],
  lossyTransformationAttempts: [3, named(names.lossyAttempts)],
  cameraToSubjectDistance: [4, integer],
  sensorDiagonal: [5, integer],
  lensFocalLength: [6, integer],
  imageSize: [7, block({ width: [0, integer], height: [1, integer] })],
  faceMeasurements: [
    8,
    block({
      headWidth: [0, integer],
      interEyeDistance: [1, integer],
      eyeToMouthDistance: [2, integer],
      headLength: [3, integer],
    }),
  ],
  colourSpace: [9, named(names.colourSpaces)],
  referenceColourMapping: [
    10,
    block({ schema: [0, octets], values: [1, listOf(block({ definition: [0, octets], value: [1, octets] }))] }),
  ],
})

const captureDevice2d = block<FaceCaptureDevice2D>({
  spectra: [0, flags(names.spectra)],
  technology: [1, named(names.technologies)],
})

const angle = block<FaceAngle>({ value: [0, integer], uncertainty: [1, integer] })

const identityMetadata = block<FaceIdentityMetadata>({
  gender: [0, named(names.genders)],
  eyeColour: [1, named(names.eyeColours)],
  hairColour: [2, named(names.hairColours)],
  subjectHeight: [3, integer],
  properties: [4, flags(names.properties)],
  expressions: [5, flags(names.expressions)],
  pose: [6, block({ yaw: [0, angle], pitch: [1, angle], roll: [2, angle] })],
})

const padData = block<FacePadData>({
  decision: [0, named(names.padDecisions)],
  scores: [1, listOf(score)],
  extendedData: [2, listOf(block({ type: [0, registryId], data: [1, octets] }))],
  captureContext: [3, named(names.padContexts)],
  supervisionLevel: [4, named(names.padSupervision)],
  riskLevel: [5, integer],
  criteriaCategory: [6, named(names.padCriteria)],
  parameter: [7, octets],
  challenges: [8, listOf((node) => readOctetString(node).slice())],
  capturedAt: [9, dateTime],
})

const captureDevice = block<NonNullable<FaceRepresentation['captureDevice']>>({
  model: [0, registryId],
  certifications: [1, listOf(registryId)],
})

/** LandmarkKind ::= CHOICE { base [0] CHOICE { mpeg4FeaturePoint [0], anthropometricLandmark [1] }, extensionBlock [1] } */
function landmarkKind(node: TlvNode): string {
  const base = membersOf(node).get(0)
  const choice = base === undefined ? undefined : membersOf(base)
  const mpeg4 = choice?.get(0)
  if (mpeg4 !== undefined) {
    const code = codeOf(mpeg4)
    return `mpeg4 ${code === undefined ? 'extension' : (names.mpeg4Point(code) ?? `code ${code}`)}`
  }
  const landmark = choice?.get(1)
  const forms = landmark === undefined ? undefined : membersOf(landmark).get(0)
  if (forms === undefined) return 'extension'
  const [[form, value] = [0, undefined]] = membersOf(forms)
  if (value === undefined) return 'extension'
  if (form === 0) return `anthropometric ${named(names.landmarkNames)(value)}`
  return `anthropometric ${form === 1 ? 'point' : 'id'} code ${codeOf(value) ?? 'extension'}`
}

/** LandmarkCoordinates ::= CHOICE { base [0] CHOICE { of the image [0], of its texture [1], of a body [2] }, extensionBlock [1] } */
function coordinates(node: TlvNode): NonNullable<FaceLandmark['coordinates']> {
  const base = membersOf(node).get(0)
  const [member] = base?.children() ?? []
  return member === undefined ? {} : point(member)
}

const point = block<NonNullable<FaceLandmark['coordinates']>>({ x: [0, integer], y: [1, integer], z: [2, integer] })
const landmark = block<FaceLandmark>({ kind: [0, landmarkKind], coordinates: [1, coordinates] })

type Members = Omit<
  FaceRepresentation,
  'standard' | 'imageType' | 'image' | 'width' | 'height' | 'information' | 'captureDevice2d' | 'raw'
>

const members = block<Members>({
  representationId: [0, integer],
  capturedAt: [2, dateTime],
  quality: [3, listOf(score)],
  padData: [4, padData],
  sessionId: [5, integer],
  derivedFrom: [6, integer],
  captureDevice: [7, captureDevice],
  identityMetadata: [8, identityMetadata],
  landmarks: [9, listOf(landmark)],
})

function representation(parts: RepresentationParts): FaceRepresentation {
  return {
    ...withOwnBytes(parts.face),
    ...members(parts.node),
    information: information(parts.information),
    ...(parts.captureDevice2d === undefined ? {} : { captureDevice2d: captureDevice2d(parts.captureDevice2d) }),
    raw: parts.node.raw.slice(),
  }
}

function readFaceBlock(bytes: Uint8Array): Parsed<FaceBlock> {
  const findings: Finding[] = []
  const layout = faceBlockLayout(bytes, findings)
  const value = withinFace(() => ({
    version: layout.version === undefined ? {} : versionBlock(layout.version),
    representations: layout.representations.map(representation),
  }))
  return { value, findings }
}

const versionBlock = block<FaceBlock['version']>({ generation: [0, integer], year: [1, integer] })
const label = 'FaceBlock'

/**
 * A face image data block of ISO/IEC 39794-5 with all its fields (ICAO application profile, and what else the standard allows): the data
 * block of a template of DG2 (`parseBiometricGroup`). Extensions stay in `raw`. This software makes use of the Schema from ISO/IEC 39794-5
 * within modifications permitted in the relevant ISO/IEC standard.
 *
 * @throws EmrtdError `EMRTD_FACE_MALFORMED`, `EMRTD_FACE_UNSUPPORTED` (a shape of three dimensions, an extension instead of an image)
 * @example
 * parseFaceBlock(template.data).representations[0].identityMetadata?.pose // { yaw: { value: 2, uncertainty: 1 }, … }
 */
export function parseFaceBlock(bytes: Uint8Array): FaceBlock {
  return personal(readFaceBlock(bytes), label).value
}

/** As {@link parseFaceBlock}, with findings (`dg2-…`) and without throwing for bad data. */
export function tryParseFaceBlock(bytes: Uint8Array): ParseOutcome<FaceBlock, CccdError> {
  return attempt(() => personal(readFaceBlock(bytes), label))
}
