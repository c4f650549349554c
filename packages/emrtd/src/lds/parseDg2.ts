import { type CccdError, expectTag, type Finding, type ParseOutcome, readSmallInteger, type TlvNode } from '@cccd/core'
import { EmrtdError } from '../errors.js'
import { attempt, malformed, openFile, type Parsed, personal, within } from './openFile.js'
import { type FaceImage, readFaceRecord, withOwnBytes } from './parseFaceRecord.js'

/** DG2: the encoded faces (Doc 9303-10, 4.7.2). */
export interface EncodedFaces {
  /** At least one; the first is the portrait. */
  readonly faces: readonly [FaceImage, ...FaceImage[]]
}

const label = 'EncodedFaces'
const maxTemplates = 16

export function readDg2(bytes: Uint8Array): Parsed<EncodedFaces> {
  const root = openFile(bytes, 'DG2')
  return within('DG2', () => {
    const findings: Finding[] = []
    const [group, ...extra] = root.children()
    if (extra.length > 0) throw malformed('DG2', 'bytes follow the biometric information group')
    const [count, ...templates] = expectTag(group, 0x7f61).children()
    if (templates.length > maxTemplates) throw malformed('DG2', 'too many biometric templates')
    if (readSmallInteger(count) !== templates.length)
      findings.push({ code: 'dg2-count-differs', severity: 'warning', field: 'DG2', data: { templates: templates.length } })
    const [first, ...others] = templates.flatMap((template) => readTemplate(template, findings))
    if (first === undefined) throw new EmrtdError('EMRTD_FACE_MALFORMED', 'no face in DG2', { params: { file: 'DG2' } })
    return { value: { faces: [first, ...others] }, findings }
  })
}

/** Biometric information template: header A1, then the data block 5F2E or 7F2E (ISO/IEC 7816-11). */
function readTemplate(template: TlvNode, findings: Finding[]): FaceImage[] {
  const block = expectTag(template, 0x7f60)
    .children()
    .find((child) => child.tag === 0x5f2e || child.tag === 0x7f2e)
  if (block === undefined) throw malformed('DG2', 'a biometric template holds no data block')
  // ISO/IEC 39794-5 is ASN.1: its block begins with context tag 1, never with the letters FAC.
  if (block.value[0] === 0xa1)
    throw new EmrtdError('EMRTD_FACE_UNSUPPORTED', 'face is encoded by ISO/IEC 39794-5', { params: { file: 'DG2' } })
  return readFaceRecord(block.value, findings)
}

function copied({ value, findings }: Parsed<EncodedFaces>): Parsed<EncodedFaces> {
  const [first, ...others] = value.faces
  return { value: { faces: [withOwnBytes(first), ...others.map(withOwnBytes)] }, findings }
}

/**
 * The portrait of DG2, its bytes as the chip holds them and their type by magic number: Vietnamese cards are reported with JPEG and with
 * JPEG 2000.
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`, `EMRTD_FACE_MALFORMED`, `EMRTD_FACE_UNSUPPORTED` (ISO/IEC 39794-5)
 * @example
 * const [portrait] = parseDg2(bytes).faces
 * portrait.imageType // 'jp2'
 */
export function parseDg2(bytes: Uint8Array): EncodedFaces {
  return personal(copied(readDg2(bytes)), label).value
}

/** As {@link parseDg2}, with findings and without throwing for bad data. */
export function tryParseDg2(bytes: Uint8Array): ParseOutcome<EncodedFaces, CccdError> {
  return attempt(() => personal(copied(readDg2(bytes)), label))
}
