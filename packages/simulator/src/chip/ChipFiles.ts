import { concatBytes } from '@cccd/core'
import { type FileName, fileNames, files } from '@cccd/emrtd'
import type { CardImage } from '../card/CardImage.js'
import { atrInfo } from '../lds/atrInfo.js'
import { directory } from '../lds/directory.js'
import type { ChipTraits } from './ChipTraits.js'
import { StatusError } from './StatusError.js'

const atrInfoFid = 0x2f01
const atrInfoSfi = 0x01
const directoryFid = 0x2f00
const directorySfi = 0x1e
const ldsApplication = /* @__PURE__ */ Uint8Array.of(0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01)

/** How a file is asked for: by identifier in SELECT (and under what P1), or by short identifier in READ BINARY. */
export type Asked = { readonly fid: number; readonly p1: number } | { readonly sfi: number }

export interface FileState {
  readonly application: boolean
  readonly granted: boolean
}

/** Which elementary file a reader means, and whether it may have it. */
export class ChipFiles {
  readonly #card: CardImage
  readonly #traits: ChipTraits
  readonly #withheld: readonly FileName[]

  constructor(card: CardImage, traits: ChipTraits, withheld: readonly FileName[]) {
    this.#card = card
    this.#traits = traits
    this.#withheld = withheld
  }

  /** @throws StatusError 6982 before access is granted and for what no reader here may see, 6A82 for what does not exist */
  find(asked: Asked, state: FileState): Uint8Array {
    if ('sfi' in asked && !this.#traits.shortFileIdentifiers) throw new StatusError(0x6a82)
    const name = nameOf(asked, state.application ? 'lds1' : 'master')
    const bytes = state.application ? this.#dataGroup(name, state) : this.#atMaster(asked, name, state)
    const { padding } = this.#traits
    return padding === 0 ? bytes : concatBytes(bytes, new Uint8Array(padding))
  }

  #dataGroup(name: FileName | undefined, { granted }: FileState): Uint8Array {
    const denied = name !== undefined && (this.#card.denied.includes(name) || this.#traits.deniedFiles.includes(name))
    if (!granted || (denied && this.#bytes(name) !== undefined)) throw new StatusError(0x6982)
    return this.#existing(name)
  }

  /** The files outside the application: EF.ATR/INFO and EF.CardAccess for everybody, EF.CardSecurity under the PACE channel. */
  #atMaster(asked: Asked, name: FileName | undefined, { granted }: FileState): Uint8Array {
    const { cardAccess, cardSecurity, extendedLengthSaid, directory: directoryFile } = this.#traits
    const isAtrInfo = 'fid' in asked ? asked.fid === atrInfoFid : asked.sfi === atrInfoSfi
    if (isAtrInfo && extendedLengthSaid.includes('atr-info')) return this.#atrInfo()
    const isDirectory = 'fid' in asked ? asked.fid === directoryFid : asked.sfi === directorySfi
    if (isDirectory && directoryFile) return this.#directory()
    if (name === 'CardAccess') {
      if (cardAccess === '6982') throw new StatusError(0x6982)
      const wrongWay = 'sfi' in asked ? cardAccess !== 'readable' : cardAccess === 'selectable-p1-02' && asked.p1 !== 0x02
      if (cardAccess === '6A82' || wrongWay) throw new StatusError(0x6a82)
    }
    if (name === 'CardSecurity' && this.#bytes(name) !== undefined) {
      if (!granted) throw new StatusError(0x6982)
      if ('fid' in asked && cardSecurity === '6A80') throw new StatusError(0x6a80)
    }
    return this.#existing(name)
  }

  #atrInfo(): Uint8Array {
    const { extendedLength } = this.#traits
    const { command, response } = extendedLength || { command: 261, response: 258 }
    return atrInfo({
      extendedLength: { maxCommandLength: Math.min(command, 0xffff), maxResponseLength: Math.min(response, 0xffff) },
    })
  }

  #directory(): Uint8Array {
    const { nationalApplication } = this.#traits
    const own = nationalApplication === undefined ? [] : [{ applicationId: nationalApplication }]
    return directory([{ applicationId: ldsApplication }, ...own])
  }

  #existing(name: FileName | undefined): Uint8Array {
    const bytes = this.#bytes(name)
    if (bytes === undefined) throw new StatusError(0x6a82)
    return bytes
  }

  #bytes(name: FileName | undefined): Uint8Array | undefined {
    return name === undefined || this.#withheld.includes(name) ? undefined : this.#card.files[name]
  }
}

function nameOf(asked: Asked, application: 'master' | 'lds1'): FileName | undefined {
  return fileNames.find((name) => {
    const file = files[name]
    return file.application === application && ('fid' in asked ? file.fid === asked.fid : file.sfi === asked.sfi)
  })
}
