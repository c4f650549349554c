import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeBase64 } from '@cccd/core'
import { encodePng } from '@cccd/image'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundle, bundleForHermes, chromiumPath, hermesPath, isHere, root } from '../../../test-vectors/runtimes.js'
import { readVector, sharedVectors } from '../../../test-vectors/shared.js'
import { embedded } from './embedded.js'
import { box, codestream, enumerated, file } from './jpeg2000Samples.js'
import { decodeAll } from './runtime/decodeAll.js'

/** Small ones: Hermes has no just-in-time compiler. */
async function images(): Promise<Record<string, Uint8Array>> {
  const kind = { width: 40, height: 30, components: 3, bits: 8 }
  const lossy = await codestream({ ...kind, colourTransform: true, lossy: true })
  const indices = await codestream({ width: 4, height: 1, components: 1, bits: 8 }, [0, 1, 1, 0])
  const palette = [box('pclr', [0, 2, 3, 7, 7, 7], [255, 0, 0, 0, 255, 9]), box('cmap', [0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 2])]
  const png = encodePng({ width: 5, height: 7, data: Uint8Array.from({ length: 140 }, (_, i) => i) })
  return {
    lossy,
    tiles: await codestream({ ...kind, settings: (encoder) => encoder.setTileSize({ width: 16, height: 16 }) }),
    'sixteen bits': await codestream({ ...kind, components: 1, bits: 16 }),
    sYCC: file(lossy, enumerated(18)),
    palette: file(indices, enumerated(16), ...palette),
    png,
    'cut JPEG 2000': lossy.subarray(0, 130),
    'cut PNG': png.subarray(0, 60),
    'no image': Uint8Array.of(1, 2, 3),
    'no samples': Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
    ...(sharedVectors === undefined
      ? {}
      : {
          jpeg: readVector('lds', 'iso19794', 'ISO19794_Test1_Face.jpg'),
          'DG7 of a specimen': embedded(readVector('lds', 'misc_dg', 'EF_DG7.bin')),
        }),
  }
}

let folder: string
let entry: string
let inNode: Record<string, string>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cccd-image-'))
  const input = Object.fromEntries(Object.entries(await images()).map(([name, bytes]) => [name, encodeBase64(bytes)]))
  inNode = await decodeAll(input)
  entry = join(folder, 'entry.ts')
  writeFileSync(
    entry,
    `import { decodeAll } from ${JSON.stringify(join(root, 'packages/image/test/runtime/decodeAll.ts'))}
decodeAll(${JSON.stringify(input)}).then((output) => report(JSON.stringify(output)), (error) => report(String(error)))
`,
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('every image gives the same pixels, PNG or error', () => {
  it('Node decodes those that are images', () => {
    for (const name of ['lossy', 'tiles', 'sixteen bits', 'sYCC', 'palette', 'png']) expect(inNode[name], name).toMatch(/ × /)
    expect(inNode).toMatchObject({
      'cut PNG': 'IMAGE_CORRUPT',
      'no image': 'IMAGE_TYPE_UNKNOWN',
      'no samples': 'IMAGE_CORRUPT',
    })
  })

  it.skipIf(!isHere(hermesPath))('in Hermes', async () => {
    const script = join(folder, 'hermes.js')
    writeFileSync(script, `var report = print;\n${await bundleForHermes(entry)}`)
    const output = execFileSync(hermesPath, ['-w', '-O', '-Xmicrotask-queue', script], { encoding: 'utf8', timeout: 120_000 })
    expect(JSON.parse(output.trim().split('\n').pop() ?? '{}')).toEqual(inNode)
  })

  it.skipIf(!isHere(chromiumPath))('in headless Chromium', async () => {
    const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] })
    try {
      const page = await browser.newPage()
      let said: (line: string) => void = () => undefined
      const line = new Promise<string>((resolve) => {
        said = resolve
      })
      await page.exposeFunction('report', said)
      await page.addScriptTag({ content: await bundle(entry, ['browser']) })
      expect(JSON.parse(await line)).toEqual(inNode)
    } finally {
      await browser.close()
    }
  })
})
