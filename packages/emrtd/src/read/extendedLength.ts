import { parseTlv, readSmallInteger } from '@cccd/core'

/**
 * What the historical bytes of an answer to reset say of extended length: card capabilities (compact TLV 73, third byte, bit 7;
 * ISO/IEC 7816-4, 12.1.1.9). Undefined when they say nothing.
 */
export function extendedLengthInHistoricalBytes(answerToReset: Uint8Array): boolean | undefined {
  const bytes = historicalBytes(answerToReset)
  if (bytes === undefined || bytes[0] !== 0x80) return undefined
  for (let at = 1; at < bytes.length; ) {
    const header = bytes[at] as number
    const length = header & 15
    if (header >> 4 === 7) {
      const third = length === 3 ? bytes[at + 3] : undefined
      return third === undefined ? undefined : (third & 0x40) !== 0
    }
    at += 1 + length
  }
  return undefined
}

/** The historical bytes of an ATR: T0 counts them, TD1, TD2 … say which interface bytes stand before (ISO/IEC 7816-3, 8.2). */
function historicalBytes(answerToReset: Uint8Array): Uint8Array | undefined {
  const format = answerToReset[1]
  if (format === undefined || answerToReset.length > 33) return undefined
  let at = 1
  let indicator: number | undefined = format
  while (indicator !== undefined) {
    let interfaceBytes = 0
    for (let bit = 0x10; bit <= 0x80; bit <<= 1) if ((indicator & bit) !== 0) interfaceBytes++
    const more: boolean = (indicator & 0x80) !== 0
    at += interfaceBytes
    indicator = more ? answerToReset[at] : undefined
  }
  const start = at + 1
  const end = start + (format & 15)
  return end <= answerToReset.length ? answerToReset.subarray(start, end) : undefined
}

/** The largest APDUs of a chip, by its EF.ATR/INFO. */
export interface ExtendedLengthInformation {
  readonly maxCommandLength: number
  readonly maxResponseLength: number
}

/** Extended length information, DO 7F66 { 02 command, 02 response }, in EF.ATR/INFO (Doc 9303-10, 3.11.3). */
export function extendedLengthInAtrInfo(atrInfo: Uint8Array): ExtendedLengthInformation | undefined {
  for (let at = 0; at < atrInfo.length; ) {
    try {
      const node = parseTlv(atrInfo.subarray(at), { allowTrailing: true })
      if (node.tag === 0x7f66) {
        const [command, response, ...others] = node.children()
        if (others.length > 0) return undefined
        return { maxCommandLength: readSmallInteger(command), maxResponseLength: readSmallInteger(response) }
      }
      at += node.end
    } catch {
      return undefined
    }
  }
  return undefined
}
