import { concatBytes } from '@cccd/core'

const uint16 = (value: number): readonly number[] => [value >> 8, value & 0xff]
const uint32 = (value: number): readonly number[] => [...uint16(value >>> 16), ...uint16(value & 0xffff)]

/**
 * The smallest JPEG 2000 codestream of a size: one tile of three components whose packets are all empty, which is a grey area
 * (ISO/IEC 15444-1, annexes A and B.10).
 */
export function greyCodestream({ width, height }: { readonly width: number; readonly height: number }): Uint8Array {
  const components = 3
  const levels = 0
  const size = [
    ...[...uint16(38 + 3 * components), ...uint16(0), ...uint32(width), ...uint32(height), ...uint32(0), ...uint32(0)],
    ...[...uint32(width), ...uint32(height), ...uint32(0), ...uint32(0), ...uint16(components)],
    ...[7, 1, 1, 7, 1, 1, 7, 1, 1],
  ]
  // No precincts, markers or transformation; LRCP, one layer, no colour transformation; code-blocks of 64 × 64, reversible 5-3.
  const coding = [...uint16(12), 0, 0, ...uint16(1), 0, levels, 4, 4, 0, 1]
  // No quantisation, two guard bits, one exponent for the one sub-band.
  const quantisation = [...uint16(4), 0x40, 8 << 3]
  const packets = new Uint8Array(components * (levels + 1))
  const tile = [...uint16(10), ...uint16(0), ...uint32(14 + packets.length), 0, 1]
  return concatBytes(
    Uint8Array.of(0xff, 0x4f, 0xff, 0x51, ...size, 0xff, 0x52, ...coding, 0xff, 0x5c, ...quantisation),
    Uint8Array.of(0xff, 0x90, ...tile, 0xff, 0x93),
    packets,
    Uint8Array.of(0xff, 0xd9),
  )
}
