import { expectTag, type Finding, parseTlv, type TlvNode } from '@cccd/core'
import { integer, membersOf } from './asn1Blocks.js'
import type { FaceImage } from './FaceImage.js'
import { faceImageType, faceMalformed, faceUnsupported, maxFaces, withinFace } from './faceMalformed.js'

/** A representation of a block, its members still unopened. */
export interface RepresentationParts {
  readonly face: FaceImage
  readonly node: TlvNode
  readonly members: ReadonlyMap<number, TlvNode>
  /** ImageInformation2DBlock, CaptureDevice2DBlock. */
  readonly information: TlvNode
  readonly captureDevice2d: TlvNode | undefined
}

/**
 * The representations of a FaceImageDataBlock of ISO/IEC 39794-5, inside tag A1 as the ICAO profile has it or bare, as views of the bytes.
 * FaceImageDataBlock ::= [APPLICATION 5] SEQUENCE { versionBlock [0], representationBlocks [1] SEQUENCE OF RepresentationBlock, … }
 */
export function faceBlockLayout(
  bytes: Uint8Array,
  findings: Finding[],
): { readonly version: TlvNode | undefined; readonly representations: RepresentationParts[] } {
  return withinFace(() => {
    const outer = parseTlv(bytes)
    const [inner, ...extra] = outer.tag === 0xa1 ? outer.children() : [outer]
    if (extra.length > 0) throw faceMalformed('bytes follow the face image data block')
    const members = membersOf(expectTag(inner, 0x65))
    const nodes = members.get(1)?.children() ?? []
    if (nodes.length === 0 || nodes.length > maxFaces) throw faceMalformed('number of representations is out of range')
    return { version: members.get(0), representations: nodes.map((node) => representation(node, findings)) }
  })
}

/** imageRepresentation [1] CHOICE { base [0] CHOICE { imageRepresentation2DBlock [0] … } … } */
function representation(node: TlvNode, findings: Finding[]): RepresentationParts {
  const members = membersOf(expectTag(node, 0x30))
  const kind = members.get(1)
  if (kind === undefined) throw faceMalformed('a representation holds no image')
  const base = membersOf(kind).get(0)
  const image2d = base === undefined ? undefined : membersOf(base).get(0)
  if (image2d === undefined) throw faceUnsupported('face is no two-dimensional image')
  const parts = membersOf(image2d)
  const data = parts.get(0)
  const information = parts.get(1)
  if (data === undefined || information === undefined) throw faceMalformed('an image or its description is missing')
  const image = data.value
  const imageType = faceImageType(image)
  const about = membersOf(information)
  const format = about.get(0)
  const code = format === undefined ? undefined : membersOf(format).get(0)
  if (code !== undefined && (integer(code) === 2) !== (imageType === 'jpeg'))
    findings.push({ code: 'dg2-image-type-differs', severity: 'info', field: 'DG2' })
  return {
    face: { standard: 'ISO/IEC 39794-5', imageType, image, ...sizeOf(about.get(7)) },
    node,
    members,
    information,
    captureDevice2d: parts.get(2),
  }
}

/** ImageSizeBlock ::= SEQUENCE { width [0] INTEGER, height [1] INTEGER } */
function sizeOf(node: TlvNode | undefined): { width?: number; height?: number } {
  if (node === undefined) return {}
  const members = membersOf(node)
  const [width, height] = [members.get(0), members.get(1)]
  return {
    ...(width === undefined ? {} : { width: integer(width) }),
    ...(height === undefined ? {} : { height: integer(height) }),
  }
}
