import { parseTlv, parseTlvSequence, type TlvNode } from '@cccd/core'
import { StatusError } from './StatusError.js'

/** Data objects of a command by tag, the first of each. @throws StatusError 6A80 when the data is not BER-TLV */
export function dataObjects(data: Uint8Array | undefined): ReadonlyMap<number, Uint8Array> {
  return byTag(() => parseTlvSequence(data ?? new Uint8Array(0)))
}

/** The objects inside the dynamic authentication data 7C. @throws StatusError 6A80 */
export function dynamicAuthenticationData(data: Uint8Array | undefined): ReadonlyMap<number, Uint8Array> {
  return byTag(() => parseTlv(data ?? new Uint8Array(0), { tag: 0x7c }).children())
}

function byTag(read: () => TlvNode[]): ReadonlyMap<number, Uint8Array> {
  try {
    return new Map(
      read()
        .reverse()
        .map(({ tag, value }) => [tag, value]),
    )
  } catch {
    throw new StatusError(0x6a80)
  }
}
