import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { checkOf, decodeUtf8, encodeUtf8, isCccdError } from '@cccd/core'
import { accessFromCan, readChip, verifyReading } from '@cccd/emrtd'
import { createTrustStore } from '@cccd/pki'
import { cardImageFromFiles, cardImageToFiles, decodeCardImage, encodeCardImage, virtualCard } from '@cccd/simulator'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { demoCard, makeCard } from './support/demo.js'

const invalid = { code: 'SIMULATOR_CARD_INVALID' }
const refused = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error
  }
}

describe('card image', () => {
  it('is plain data: cloned, written as JSON and as files, it is the same', async () => {
    for (const aa of ['rsa-1024', 'ecdsa-P-256', 'none'] as const) {
      const card = await demoCard(2, { aa })
      expect(structuredClone(card)).toEqual(card)
      expect(decodeCardImage(encodeCardImage(card))).toEqual(card)
      expect(cardImageFromFiles(cardImageToFiles(card))).toEqual(card)
    }
  })

  it('written by the first version is read as if it had been written today', () => {
    const text = readFileSync(new URL('golden/card-1.golden.json', import.meta.url), 'utf8')
    const card = decodeCardImage(text)
    expect(card).toMatchObject({ version: 2, profile: 'vn-2021', chipKeys: [{ cipher: 'AES-128', group: 'brainpoolP256r1' }] })
    expect(card.quirks).toContain('vn-mf-6d00')
    expect(decodeCardImage(encodeCardImage(card))).toEqual(card)
  })

  it('written by the first version opens, and proves that it is no copy', async () => {
    const text = readFileSync(new URL('golden/card-1.golden.json', import.meta.url), 'utf8')
    const card = decodeCardImage(text)
    const reading = await readChip(virtualCard(card), {
      access: accessFromCan(card.can),
      activeAuthentication: { challenge: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
    })
    const trust = await createTrustStore({
      anchors: [{ certificate: card.issuer.csca.certificate, source: 'golden' }],
      allowDemo: true,
    })
    const report = await verifyReading(reading, {
      trust,
      at: card.signedAt,
      expect: { activeAuthenticationChallenge: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
    })
    for (const id of ['sod.signature', 'chain.csca', 'ca.keys', 'aa.signature'])
      expect([id, checkOf(report, id).status]).toEqual([id, 'passed'])
  })

  it('is the same for the same random bytes', async () => {
    expect(await makeCard(5)).toEqual(await demoCard(5))
  })

  it('as files names them as the reader does, with the QR code beside', async () => {
    const card = await demoCard()
    const folder = cardImageToFiles(card)
    expect(Object.keys(folder).sort()).toEqual([
      'EF_COM.bin',
      'EF_CardAccess.bin',
      'EF_DG1.bin',
      'EF_DG13.bin',
      'EF_DG14.bin',
      'EF_DG15.bin',
      'EF_DG2.bin',
      'EF_DG3.bin',
      'EF_SOD.bin',
      'card.json',
      'csca.cer',
      'qr.png',
      'qr.txt',
    ])
    expect(decodeUtf8(folder['qr.txt'] ?? new Uint8Array(0))).toBe(`${card.qr}\n`)
  })

  it('prints masked', async () => {
    const card = await demoCard()
    const printed = inspect(card, { depth: 9 })
    for (const secret of [card.can, card.citizen.fullName, card.citizen.personalNumber, card.mrz[0]])
      expect(printed).not.toContain(secret)
  })

  it('is refused when a part is missing or wrong, and the part is named', async () => {
    const card = await demoCard()
    expect(() => decodeCardImage('{')).toThrow(expect.objectContaining(invalid))
    expect(() => cardImageFromFiles({})).toThrow(expect.objectContaining(invalid))
    expect(() => cardImageFromFiles({ 'card.json': Uint8Array.of(0xff) })).toThrow(expect.objectContaining(invalid))
    const changes = {
      can: '12345',
      mrz: ['A'],
      privateKeys: { activeAuthentication: { type: 'rsa' } },
      issuer: {},
      pace: [{}],
      version: 3,
    }
    for (const [part, value] of Object.entries(changes)) {
      const error = refused(() => decodeCardImage(JSON.stringify({ ...JSON.parse(encodeCardImage(card)), [part]: value })))
      expect(error).toMatchObject({ ...invalid, params: { part } })
    }
    const missing: Record<string, unknown> = JSON.parse(encodeCardImage(card))
    delete missing.citizen
    expect(refused(() => decodeCardImage(JSON.stringify(missing)))).toMatchObject({ ...invalid, params: { part: 'citizen' } })
  })

  it('under random and mutated text gives coded errors only', async () => {
    const text = encodeCardImage(await demoCard(0, { aa: 'none' }))
    const onlyCoded = (input: string): void => {
      const outcome = refused(() => decodeCardImage(input))
      if (outcome instanceof Error) expect(isCccdError(outcome, 'SIMULATOR_CARD_INVALID')).toBe(true)
    }
    fc.assert(fc.property(fc.string(), onlyCoded), { numRuns: 200 })
    fc.assert(
      fc.property(fc.jsonValue(), (value) => onlyCoded(JSON.stringify(value))),
      { numRuns: 200 },
    )
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 3 }), (at, put) =>
        onlyCoded(text.slice(0, at) + put + text.slice(at + 1)),
      ),
      { numRuns: 200 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const outcome = refused(() => cardImageFromFiles({ 'card.json': bytes, 'EF_DG1.bin': encodeUtf8('x') }))
        if (outcome instanceof Error) expect(isCccdError(outcome)).toBe(true)
      }),
    )
  })
})
