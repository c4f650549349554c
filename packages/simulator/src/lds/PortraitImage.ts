/** An encoded portrait. */
export interface PortraitImage {
  readonly type: 'jpeg' | 'jp2' | 'j2k'
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}
