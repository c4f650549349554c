import { isCccdError } from '@cccd/core'
import { decodeImage, detectImageType, encodePng, type ImageDecoder, readImageHeader } from '@cccd/image'
import { openjpegDecoder } from '@cccd/image/openjpeg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readVector, sharedVectors } from '../../../test-vectors/shared.js'
import { box, codestream, enumerated, file } from './jpeg2000Samples.js'

async function onlyCoded(bytes: Uint8Array, decoders: readonly ImageDecoder[] = []): Promise<void> {
  try {
    await decodeImage(bytes, { maxPixels: 500_000, decoders })
  } catch (error) {
    expect(isCccdError(error) && error.code.startsWith('IMAGE_')).toBe(true)
  }
}

function mutations(good: Uint8Array): fc.Arbitrary<Uint8Array> {
  const edits = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
  return fc.tuple(edits, fc.nat(good.length)).map(([changes, cut]) => {
    const bytes = good.slice(0, cut % 3 === 0 ? cut : good.length)
    for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte
    return bytes
  })
}

const small = encodePng({ width: 5, height: 7, data: Uint8Array.from({ length: 140 }, (_, i) => i) })

describe('damaged images give coded errors only', () => {
  it('random bytes behind each signature', async () => {
    const heads = [
      [0xff, 0xd8, 0xff],
      [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
      [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a],
      [0xff, 0x4f, 0xff, 0x51],
    ]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }), (head, rest) =>
        onlyCoded(Uint8Array.from([...head, ...rest])),
      ),
      { numRuns: 300 },
    )
  })

  it('mutated PNG', () =>
    fc.assert(
      fc.asyncProperty(mutations(small), (bytes) => onlyCoded(bytes)),
      { numRuns: 300 },
    ))

  it('mutated boxes of a JP2 file, both decoders', async () => {
    const indices = await codestream({ width: 4, height: 2, components: 1, bits: 8 }, [0, 1, 1, 0, 0, 1, 0, 1])
    const palette = [box('pclr', [0, 2, 3, 7, 7, 7], [255, 0, 0, 0, 255, 9]), box('cmap', [0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 2])]
    const definition = box('cdef', [0, 3], [0, 0, 0, 0, 0, 1], [0, 1, 0, 0, 0, 2], [0, 2, 0, 0, 0, 3])
    const good = file(indices, enumerated(18), ...palette, definition)
    await onlyCoded(good)
    const openjpeg = openjpegDecoder()
    await fc.assert(
      fc.asyncProperty(mutations(good), async (bytes) => {
        await onlyCoded(bytes)
        await onlyCoded(bytes, [openjpeg])
      }),
      { numRuns: 150 },
    )
  })

  describe.skipIf(sharedVectors === undefined)('from published images', () => {
    it('mutated JPEG', async () => {
      const jpeg = readVector('lds', 'iso19794', 'ISO19794_Test1_Face.jpg')
      await fc.assert(
        fc.asyncProperty(mutations(jpeg), (bytes) => onlyCoded(bytes)),
        { numRuns: 100 },
      )
    })

    it('mutated JPEG 2000, both decoders', async () => {
      const dg2 = readVector('lds', 'bsi_tr03105_5_hjp', 'EF_DG2.bin')
      const image = dg2.subarray(dg2.findIndex((_, i) => detectImageType(dg2.subarray(i)) !== undefined))
      expect(readImageHeader(image).width).toBeGreaterThan(0)
      const openjpeg = openjpegDecoder()
      await fc.assert(
        fc.asyncProperty(mutations(image), async (bytes) => {
          await onlyCoded(bytes)
          await onlyCoded(bytes, [openjpeg])
        }),
        { numRuns: 30 },
      )
    })
  })
})
