import { type CccdError, expectTag, type Finding, type ParseOutcome, readSmallInteger } from '@cccd/core'
import { type ImageType, imageTypeOf } from './imageType.js'
import { attempt, malformed, openFile, type Parsed, personal, within } from './openFile.js'

/** An image as printed in the document. */
export interface DisplayedImage {
  /** By its first bytes; absent when it is neither JPEG nor JPEG 2000. */
  readonly imageType?: ImageType
  readonly image: Uint8Array
}

/** DG5: the displayed portraits; DG7: the displayed signatures or usual marks (Doc 9303-10, 4.7.5 and 4.7.7). */
export interface DisplayedImages {
  readonly images: readonly DisplayedImage[]
}

const label = 'DisplayedImages'
const imageTags = { DG5: 0x5f40, DG7: 0x5f43 } as const
const maxImages = 16

function readImages(bytes: Uint8Array, file: keyof typeof imageTags): Parsed<DisplayedImages> {
  const root = openFile(bytes, file)
  return within(file, () => {
    const findings: Finding[] = []
    const [count, ...nodes] = root.children()
    if (nodes.length > maxImages) throw malformed(file, 'too many images', { count: nodes.length })
    if (readSmallInteger(count) !== nodes.length) findings.push({ code: 'count-differs', severity: 'warning', field: file })
    const images = nodes.map((node) => {
      const image = expectTag(node, imageTags[file]).value.slice()
      const imageType = imageTypeOf(image)
      if (imageType === undefined) findings.push({ code: 'image-type-unknown', severity: 'warning', field: file })
      return { ...(imageType === undefined ? {} : { imageType }), image }
    })
    return { value: { images }, findings }
  })
}

/**
 * The images of DG5 or DG7: `02 count, 5F40 or 5F43 image, …`.
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`
 * @example
 * parseDisplayedImages(bytes, 'DG7').images[0].imageType // 'jp2'
 */
export function parseDisplayedImages(bytes: Uint8Array, file: 'DG5' | 'DG7'): DisplayedImages {
  return personal(readImages(bytes, file), label).value
}

/** As {@link parseDisplayedImages}, with findings (`count-differs`, `image-type-unknown`) and without throwing for bad data. */
export function tryParseDisplayedImages(bytes: Uint8Array, file: 'DG5' | 'DG7'): ParseOutcome<DisplayedImages, CccdError> {
  return attempt(() => personal(readImages(bytes, file), label))
}
