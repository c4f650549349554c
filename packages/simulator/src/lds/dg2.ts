import { concatBytes, encodeTlv } from '@cccd/core'
import type { Sex } from '@cccd/identity'
import { faceBlock } from './faceBlock.js'
import { faceRecord } from './faceRecord.js'
import type { PortraitImage } from './PortraitImage.js'

/** The standards that a face may be encoded by. */
export type FaceStandard = 'ISO/IEC 19794-5' | 'ISO/IEC 39794-5'

/** A record with the standard it follows. */
export interface BiometricRecord {
  readonly standard: FaceStandard
  readonly record: Uint8Array
}

/** How the templates say which standard a record follows: format type, and tag of the data block (Doc 9303-10, 4.7.2). */
const forms: Readonly<Record<FaceStandard, { readonly type: number; readonly tag: number }>> = {
  'ISO/IEC 19794-5': { type: 0x08, tag: 0x5f2e },
  'ISO/IEC 39794-5': { type: 0x2a, tag: 0x7f2e },
}

/** DG2 around records: a biometric information template 7F60 for each, all in the group template 7F61. */
export function biometricGroup(records: readonly BiometricRecord[]): Uint8Array {
  const templates = records.map(({ standard, record }) => {
    const { type, tag } = forms[standard]
    const header = encodeTlv(
      0xa1,
      encodeTlv(0x80, Uint8Array.of(1, 1)),
      encodeTlv(0x81, Uint8Array.of(2)),
      encodeTlv(0x82, Uint8Array.of(0)),
      encodeTlv(0x87, Uint8Array.of(1, 1)),
      encodeTlv(0x88, Uint8Array.of(0, type)),
    )
    return encodeTlv(0x7f60, header, encodeTlv(tag, record))
  })
  return encodeTlv(0x75, encodeTlv(0x7f61, concatBytes(encodeTlv(0x02, Uint8Array.of(records.length)), ...templates)))
}

/** DG2 with one face, by default as an ISO/IEC 19794-5 record. */
export function dg2(image: PortraitImage, sex: Sex, standard: FaceStandard = 'ISO/IEC 19794-5'): Uint8Array {
  const record =
    standard === 'ISO/IEC 39794-5'
      ? faceBlock({ image, identityMetadata: { gender: sex } })
      : faceRecord([{ image, gender: sex === 'male' ? 1 : 2 }])
  return biometricGroup([{ standard, record }])
}
