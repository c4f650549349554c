import { ByteCursor, isCccdError } from '@cccd/core'
import { ImageError } from '../errors.js'
import { boxes } from './boxes.js'

/** What the header box of a JP2 file says about the components of its codestream (ISO/IEC 15444-1 I.5.3). */
export interface Jp2Colour {
  /** sYCC: luminance and two differences instead of red, green and blue. */
  readonly isYcc: boolean
  /** Where each channel comes from; without it each component is a channel. */
  readonly channels?: readonly Jp2Channel[]
  /** The channels of the colours, in their order, and that of the opacity; without it the order of the channels is that of the colours. */
  readonly definition?: { readonly colours: readonly number[]; readonly opacity?: number }
}

export interface Jp2Channel {
  readonly component: number
  /** What stands for each value of the component, from 0 to 255; without it the value itself. */
  readonly palette?: Uint8Array
}

const maxEntries = 1024
const maxColumns = 4

/**
 * @param components how many the codestream has
 * @throws ImageError `IMAGE_CORRUPT`, `IMAGE_UNSUPPORTED`
 */
export function readColour(file: Uint8Array, components: number): Jp2Colour {
  try {
    return readHeaderBox(file, components)
  } catch (cause) {
    if (isCccdError(cause, 'CURSOR_END')) throw new ImageError('IMAGE_CORRUPT', 'header box is cut short', { cause })
    throw cause
  }
}

function readHeaderBox(file: Uint8Array, components: number): Jp2Colour {
  let [space, columns]: [number | undefined, Uint8Array[] | undefined] = [undefined, undefined]
  let [mapping, definitions]: [Uint8Array | undefined, Uint8Array | undefined] = [undefined, undefined]
  for (const { type, content } of headerBoxes(file)) {
    // The first colour specification counts (I.5.3.3); profiles are not applied.
    if (type === 0x636f6c72) space ??= content[0] === 1 ? new ByteCursor(content, 3).uint32() : 0
    else if (type === 0x70636c72) columns = readPalette(content)
    else if (type === 0x636d6170) mapping = content
    else if (type === 0x63646566) definitions = content
  }
  const channels = columns === undefined ? undefined : readMapping(mapping, columns, components)
  const definition = definitions === undefined ? undefined : readDefinition(definitions, channels?.length ?? components)
  return {
    isYcc: space === 18,
    ...(channels === undefined ? {} : { channels }),
    ...(definition === undefined ? {} : { definition }),
  }
}

function* headerBoxes(file: Uint8Array): ReturnType<typeof boxes> {
  for (const { type, content } of boxes(file)) {
    if (type === 0x6a703268) yield* boxes(content)
    // Nothing that stands after the codestream counts: faces are padded.
    if (type === 0x6a703263) return
  }
}

/** Columns of the palette box (I.5.3.4), scaled to eight bits. */
function readPalette(content: Uint8Array): Uint8Array[] {
  const cursor = new ByteCursor(content)
  const [entries, count] = [cursor.uint16(), cursor.uint8()]
  if (entries < 1 || entries > maxEntries || count < 1 || count > maxColumns)
    throw new ImageError('IMAGE_UNSUPPORTED', 'size of the palette', { params: { entries, columns: count } })
  const bits = Array.from({ length: count }, () => cursor.uint8() + 1)
  // From 128 on the sign bit is set.
  if (bits.some((depth) => depth > 16)) throw new ImageError('IMAGE_UNSUPPORTED', 'depth of the palette')
  const columns = bits.map(() => new Uint8Array(entries))
  for (let entry = 0; entry < entries; entry++)
    for (const [column, depth] of bits.entries()) {
      const value = depth > 8 ? cursor.uint16() : cursor.uint8()
      ;(columns[column] as Uint8Array)[entry] = Math.round((255 * Math.min(value, 2 ** depth - 1)) / (2 ** depth - 1))
    }
  return columns
}

/** The component mapping box (I.5.3.5), which must stand beside a palette. */
function readMapping(mapping: Uint8Array | undefined, columns: readonly Uint8Array[], components: number): Jp2Channel[] {
  if (mapping === undefined || mapping.length === 0 || mapping.length % 4 !== 0 || mapping.length > 4 * maxColumns)
    throw new ImageError('IMAGE_CORRUPT', 'palette without a mapping')
  const cursor = new ByteCursor(mapping)
  const channels: Jp2Channel[] = []
  while (cursor.remaining > 0) {
    const [component, type, column] = [cursor.uint16(), cursor.uint8(), cursor.uint8()]
    const palette = columns[column]
    if (component >= components || type > 1 || (type === 1 && palette === undefined))
      throw new ImageError('IMAGE_CORRUPT', 'mapping to what is not there')
    channels.push(type === 1 && palette !== undefined ? { component, palette } : { component })
  }
  return channels
}

/** The channel definition box (I.5.3.6): type 0 is colour, 1 and 2 are opacity, plain and premultiplied. */
function readDefinition(content: Uint8Array, channels: number): NonNullable<Jp2Colour['definition']> {
  const cursor = new ByteCursor(content)
  const byAssociation = new Map<number, number>()
  let opacity: number | undefined
  for (let left = cursor.uint16(); left > 0; left--) {
    const [channel, type, association] = [cursor.uint16(), cursor.uint16(), cursor.uint16()]
    if (channel >= channels) throw new ImageError('IMAGE_CORRUPT', 'definition of a channel that is not there')
    if (type === 0) byAssociation.set(association, channel)
    else if (type === 1) opacity ??= channel
    else if (type === 2) throw new ImageError('IMAGE_UNSUPPORTED', 'premultiplied opacity')
  }
  const colours = [1, 2, 3].flatMap((association) => byAssociation.get(association) ?? [])
  if (byAssociation.size !== colours.length || !byAssociation.has(1) || colours.length === 2)
    throw new ImageError('IMAGE_UNSUPPORTED', 'channels that are not grey nor red, green and blue')
  return opacity === undefined ? { colours } : { colours, opacity }
}
