import { concatBytes, encodeTlv } from '@cccd/core'
import { smallInteger } from '../asn1/securityInfos.js'

/** What EF.ATR/INFO is written from. */
export interface AtrInfoInput {
  /** Card service data, one byte (ISO/IEC 7816-4, 12.1.1.7). */
  readonly cardServiceData?: number
  /** Card capabilities, three bytes (ISO/IEC 7816-4, 12.1.1.9). */
  readonly cardCapabilities?: readonly [number, number, number]
  /** Largest APDUs in bytes. */
  readonly extendedLength?: { readonly maxCommandLength: number; readonly maxResponseLength: number }
}

/** EF.ATR/INFO: data objects one after the other (Doc 9303-10, 3.11.3). */
export function atrInfo({ cardServiceData, cardCapabilities, extendedLength }: AtrInfoInput): Uint8Array {
  const objects: Uint8Array[] = []
  if (cardServiceData !== undefined) objects.push(encodeTlv(0x43, Uint8Array.of(cardServiceData)))
  if (cardCapabilities !== undefined) objects.push(encodeTlv(0x47, Uint8Array.from(cardCapabilities)))
  if (extendedLength !== undefined)
    objects.push(encodeTlv(0x7f66, smallInteger(extendedLength.maxCommandLength), smallInteger(extendedLength.maxResponseLength)))
  return concatBytes(...objects)
}
