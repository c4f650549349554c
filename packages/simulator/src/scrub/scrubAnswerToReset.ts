const categoryStatusless = 0x80
/** Card issuer's data and pre-issuing data, where serial numbers stand (ISO/IEC 7816-4, 12.2.2). */
const uniqueTags: readonly number[] = [5, 6]

/**
 * An answer to reset without what may tell one chip from another: of historical bytes in compact TLV, the issuer's and the pre-issuing
 * data. PC/SC makes it of the ATS, 3B 8n 80 01 … (part 3, 3.1.3.2.3), or hands on what a contact chip sent.
 */
export function scrubAnswerToReset(atr: Uint8Array): Uint8Array {
  const out = atr.slice()
  const count = (atr[1] ?? 0) & 0x0f
  const isContactless = atr[0] === 0x3b && (atr[1] ?? 0) >> 4 === 8 && atr[2] === 0x80 && atr[3] === 0x01
  if (!isContactless || atr.length !== 4 + count + 1 || atr[4] !== categoryStatusless) return out
  for (let at = 5; at < 4 + count; ) {
    const head = out[at] as number
    const end = Math.min(at + 1 + (head & 0x0f), 4 + count)
    if (uniqueTags.includes(head >> 4)) out.fill(0, at + 1, end)
    at = end
  }
  out[out.length - 1] = out.subarray(1, -1).reduce((sum, byte) => sum ^ byte, 0)
  return out
}
