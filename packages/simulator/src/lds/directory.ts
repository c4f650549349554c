import { concatBytes, encodeTlv, encodeUtf8 } from '@cccd/core'

/** An application of EF.DIR. */
export interface DirectoryEntryInput {
  readonly applicationId: Uint8Array
  readonly label?: string
}

/** EF.DIR: an application template 61 for each application (Doc 9303-10, 3.11.2). */
export function directory(entries: readonly DirectoryEntryInput[]): Uint8Array {
  return concatBytes(
    ...entries.map(({ applicationId, label }) =>
      encodeTlv(0x61, encodeTlv(0x4f, applicationId), ...(label === undefined ? [] : [encodeTlv(0x50, encodeUtf8(label))])),
    ),
  )
}
