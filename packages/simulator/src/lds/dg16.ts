import { encodeTlv } from '@cccd/core'
import { type WrittenName, writtenName } from './dg11.js'
import { digitsOf, type Element, textOf } from './listedElements.js'

/** Somebody to notify in an emergency. */
export interface PersonToNotifyInput {
  /** `YYYY-MM-DD` */
  readonly dateRecorded?: string
  readonly name?: WrittenName
  readonly telephone?: string
  readonly address?: readonly string[]
}

/** DG16: persons to notify, each in a template of its own, A1 onwards (Doc 9303-10, 4.7.16). */
export function dg16(persons: readonly PersonToNotifyInput[]): Uint8Array {
  if (persons.length > 15) throw new RangeError('persons must be fifteen at most')
  const templates = persons.map(({ dateRecorded, name, telephone, address }, index) => {
    const elements: readonly Element[] = [
      [0x5f50, digitsOf(dateRecorded, 8, 'ascii')],
      [0x5f51, textOf(name && writtenName(name))],
      [0x5f52, textOf(telephone)],
      [0x5f53, textOf(address)],
    ]
    return encodeTlv(0xa1 + index, ...elements.flatMap(([tag, bytes]) => (bytes === undefined ? [] : [encodeTlv(tag, bytes)])))
  })
  return encodeTlv(0x70, encodeTlv(0x02, Uint8Array.of(persons.length)), ...templates)
}
