import type { FileName } from '@cccd/emrtd'
import type { CardChannel } from '@cccd/iso7816'
import type { CardImage } from '@cccd/simulator'

/** What a read is for. */
export interface Wanted {
  readonly name: string
  /** Data groups, and nothing else. */
  readonly files: readonly FileName[]
  readonly chipAuthentication: boolean
  readonly activeAuthentication: boolean
}

export type FilesRead = Partial<Record<FileName, Uint8Array>>

/** A way to read a card: what is sent, and in which order. All run over the same protocols. */
export interface ReadStrategy {
  readonly name: string
  read(channel: CardChannel, card: CardImage, wanted: Wanted): Promise<FilesRead>
}

export const challenge: Uint8Array = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
