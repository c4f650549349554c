import { concatBytes, encodeTlv, encodeUtf8 } from '@cccd/core'
import type { Sex } from '@cccd/identity'

/** An encoded portrait. */
export interface PortraitImage {
  readonly type: 'jpeg' | 'jp2' | 'j2k'
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

const uint16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 255)
const uint32 = (value: number): Uint8Array => concatBytes(uint16(Math.floor(value / 65536)), uint16(value & 0xffff))

/** Facial record header, facial information and image information blocks (ISO/IEC 19794-5:2005, 5.4 to 5.7). */
function faceRecord(image: PortraitImage, sex: Sex): Uint8Array {
  const information = concatBytes(
    uint16(0), // no feature points
    Uint8Array.of(sex === 'male' ? 1 : 2, 0, 0), // eye and hair colour unspecified
    new Uint8Array(3), // no feature flags
    uint16(0), // expression unspecified
    new Uint8Array(6), // pose angles and their uncertainty unspecified
  )
  const imageInformation = concatBytes(
    Uint8Array.of(1, image.type === 'jpeg' ? 0 : 1), // full frontal
    uint16(image.width),
    uint16(image.height),
    Uint8Array.of(1, 0), // sRGB, source unspecified
    uint16(0),
    uint16(0),
  )
  const faceLength = 4 + information.length + imageInformation.length + image.bytes.length
  return concatBytes(
    encodeUtf8('FAC\u0000010\u0000'),
    uint32(14 + faceLength),
    uint16(1),
    uint32(faceLength),
    information,
    imageInformation,
    image.bytes,
  )
}

/** DG2 (Doc 9303-10, 4.7.2): one face in the CBEFF templates 7F61 and 7F60. */
export function dg2(image: PortraitImage, sex: Sex): Uint8Array {
  const header = encodeTlv(
    0xa1,
    encodeTlv(0x80, uint16(0x0101)),
    encodeTlv(0x81, Uint8Array.of(2)),
    encodeTlv(0x82, Uint8Array.of(0)),
    encodeTlv(0x87, uint16(0x0101)),
    encodeTlv(0x88, uint16(0x0008)),
  )
  const template = encodeTlv(0x7f60, header, encodeTlv(0x5f2e, faceRecord(image, sex)))
  return encodeTlv(0x75, encodeTlv(0x7f61, encodeTlv(0x02, Uint8Array.of(1)), template))
}
