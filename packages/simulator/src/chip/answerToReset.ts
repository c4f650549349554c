import type { ChipTraits } from './ChipTraits.js'

/**
 * What a PC/SC reader makes of a contactless card: 3B 8n 80 01, historical bytes, check byte (PC/SC part 3, 3.1.3.2.3). The
 * historical bytes hold the card capabilities (ISO/IEC 7816-4, 12.2.2.9): selection by name, file and short identifier, and in the third
 * byte command chaining and extended length.
 */
export function answerToReset({ extendedLength, extendedLengthSaid }: ChipTraits): Uint8Array {
  const said = extendedLength !== false && extendedLengthSaid.includes('historical-bytes')
  // A chip that says it in EF.ATR/INFO alone has no capabilities in its historical bytes.
  const silent = extendedLength !== false && !said
  const historical = silent ? [0x80] : [0x80, 0x73, 0x94, 0x21, said ? 0xc0 : 0x80]
  const body = [0x80 | historical.length, 0x80, 0x01, ...historical]
  return Uint8Array.of(
    0x3b,
    ...body,
    body.reduce((sum, byte) => sum ^ byte, 0),
  )
}
