import type { Pixels } from '@cccd/image'

/** What turns the drawn portrait into the image of DG2. */
export interface PortraitEncoder {
  readonly type: 'jpeg' | 'jp2' | 'j2k'
  /** About 15 kB for 480 × 640 pixels. */
  encode(pixels: Pixels): Promise<Uint8Array>
}
