import { encodeHex } from '@cccd/core'
import { type FileName, files, parseCom, parseDg1, parseDg14, parseDg15, vietnameseCardAccess } from '@cccd/emrtd'
import { parseDg2 } from '@cccd/emrtd/files'
import { decodeImage, type ImageDecoder, readImageHeader } from '@cccd/image'
import { openjpegDecoder } from '@cccd/image/openjpeg'
import { drawPortrait, jpegEncoder, type PortraitEncoder, seededRandom } from '@cccd/simulator'
import { jpeg2000Encoder } from '@cccd/simulator/jpeg2000'
import { describe, expect, it } from 'vitest'
import { demoCard } from './support/demo.js'

const bytesOf = async (name: FileName, options: Parameters<typeof demoCard>[1] = {}): Promise<Uint8Array> =>
  (await demoCard(0, options)).files[name] ?? new Uint8Array(0)

describe('files of a card', () => {
  it('begin with their tags, and are the ones that the Vietnamese card has', async () => {
    const card = await demoCard()
    expect(Object.keys(card.files).sort()).toEqual(['COM', 'CardAccess', 'DG1', 'DG13', 'DG14', 'DG15', 'DG2', 'DG3', 'SOD'])
    for (const [name, bytes] of Object.entries(card.files)) expect(bytes[0]).toBe(files[name as FileName].tag)
    expect(card.can).toBe(card.citizen.personalNumber.slice(6))
  })

  it('EF.CardAccess is the one seen in the field', async () => {
    expect(encodeHex(await bytesOf('CardAccess'))).toBe(
      '3134300d060804007f0007020202020101300f060a04007f000702020302020201013012060a04007f0007020204020202010202010d',
    )
    expect(await bytesOf('CardAccess')).toEqual(vietnameseCardAccess)
  })

  it('EF.COM, DG1, DG14 and DG15 parse', async () => {
    const card = await demoCard()
    expect(parseCom(await bytesOf('COM')).dataGroups).toEqual(['DG1', 'DG2', 'DG3', 'DG13', 'DG14', 'DG15'])
    expect(parseDg1(await bytesOf('DG1')).lines).toEqual(card.mrz)
    const { securityInfos } = parseDg14(await bytesOf('DG14'))
    expect(securityInfos.map(({ type }) => type)).toEqual([
      'pace',
      'chip-authentication-public-key',
      'chip-authentication',
      'terminal-authentication',
    ])
    expect(parseDg15(await bytesOf('DG15')).publicKey.type).toBe('rsa')
  })

  it('DG14 names the algorithm of an elliptic-curve key', async () => {
    const { securityInfos } = parseDg14(await bytesOf('DG14', { aa: 'ecdsa-brainpoolP384r1' }))
    expect(securityInfos).toContainEqual(
      expect.objectContaining({ type: 'active-authentication', signatureAlgorithm: '0.4.0.127.0.7.1.1.4.1.4' }),
    )
  })

  it('leave out what a card does not have', async () => {
    const card = await demoCard(0, { aa: 'none', chipAuthentication: [], pace: [] })
    expect(Object.keys(card.files).sort()).toEqual(['COM', 'DG1', 'DG13', 'DG2', 'DG3', 'SOD'])
  })
})

describe('the portrait', () => {
  const encoders: readonly PortraitEncoder[] = [jpegEncoder(), jpeg2000Encoder('jp2'), jpeg2000Encoder('j2k')]
  const decoders: readonly ImageDecoder[] = [openjpegDecoder()]

  it.each(encoders)('as $type has the size of a real DG2 and decodes to what was drawn', async (image) => {
    const dg2 = await bytesOf('DG2', { image })
    expect(dg2.length).toBeGreaterThan(12_000)
    expect(dg2.length).toBeLessThan(18_000)
    const [face] = parseDg2(dg2).faces
    expect(face.imageType).toBe(image.type)
    expect(readImageHeader(face.image)).toMatchObject({ type: image.type, width: 480, height: 640 })
  })

  it.each(encoders)('as $type loses little', async (image) => {
    const drawn = drawPortrait({ random: seededRandom('face'), width: 120, height: 160 })
    const decoded = await decodeImage(await image.encode(drawn), { decoders })
    let difference = 0
    for (let i = 0; i < drawn.data.length; i++) difference += Math.abs((drawn.data[i] ?? 0) - (decoded.data[i] ?? 0))
    expect(difference / drawn.data.length).toBeLessThan(5)
  })

  it('is another for every card, and the same for the same', () => {
    const face = (seed: string): Uint8Array => drawPortrait({ random: seededRandom(seed), width: 48, height: 64 }).data
    expect(face('a')).toEqual(face('a'))
    expect(face('a')).not.toEqual(face('b'))
  })

  it('of sizes that are no multiple of eight is complete', async () => {
    const drawn = drawPortrait({ random: seededRandom('odd'), width: 101, height: 67 })
    expect(await decodeImage(await jpegEncoder().encode(drawn))).toMatchObject({ width: 101, height: 67 })
  })
})
