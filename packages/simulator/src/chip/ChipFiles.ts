import { encodeTlv } from '@cccd/core'
import { type FileName, fileNames, files } from '@cccd/emrtd'
import type { CardImage } from '../card/CardImage.js'
import type { ChipProfile } from './ChipProfile.js'
import { StatusError } from './StatusError.js'

const atrInfoFid = 0x2f01

/** What stands in EF.ATR/INFO: DO 7F66 with the longest command and response (Doc 9303-10, 3.11.2). */
const atrInfo = /* @__PURE__ */ encodeTlv(
  0x7f66,
  encodeTlv(0x02, Uint8Array.of(0, 0xff, 0xff)),
  encodeTlv(0x02, Uint8Array.of(0, 0xff, 0xff)),
)

interface Entry {
  readonly bytes: Uint8Array
  readonly denied: boolean
}

/** Which elementary file a reader means, and whether it may have it. */
export class ChipFiles {
  readonly #card: CardImage
  readonly #profile: ChipProfile
  readonly #withheld: readonly FileName[]

  constructor(card: CardImage, profile: ChipProfile, withheld: readonly FileName[]) {
    this.#card = card
    this.#profile = profile
    this.#withheld = withheld
  }

  /**
   * The file with an identifier (or short identifier, below 0x20).
   * @throws StatusError 6982 before access is granted and for what no reader here may see, 6A82 for what does not exist
   */
  find(id: number, state: { readonly application: boolean; readonly granted: boolean }): Uint8Array {
    if (state.application) return this.#readable(this.#entry('lds1', id), state.granted)
    const master = this.#entry('master', id)
    if (master !== undefined) {
      const { cardAccess } = this.#profile
      if (cardAccess === '6982' && id !== atrInfoFid) throw new StatusError(0x6982)
      if (cardAccess === 'selectable' && id < 0x20) throw new StatusError(0x6a82)
      return master.bytes
    }
    throw new StatusError(0x6a82)
  }

  #readable(entry: Entry | undefined, granted: boolean): Uint8Array {
    if (!granted || entry?.denied) throw new StatusError(0x6982)
    if (entry === undefined) throw new StatusError(0x6a82)
    return entry.bytes
  }

  #entry(application: 'master' | 'lds1', id: number): Entry | undefined {
    if (application === 'master' && this.#profile.atrInfo && (id === atrInfoFid || id === 0x01))
      return { bytes: atrInfo, denied: false }
    const name = fileNames.find((one) => {
      const file = files[one]
      return file.application === application && (id < 0x20 ? file.sfi === id : file.fid === id)
    })
    const bytes = name && this.#card.files[name]
    if (name === undefined || bytes === undefined || this.#withheld.includes(name)) return undefined
    return { bytes, denied: this.#card.denied.includes(name) }
  }
}
