import { CccdError, decodeHex } from '@cccd/core'
import { createTrustStore } from '@cccd/pki'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeReading,
  encodeReading,
  type FileName,
  parseCom,
  parseDg1,
  parseDg13,
  parseDg14,
  parseDg15,
  parseSecurityInfos,
  parseSecurityObject,
  readingFromFiles,
  readingFromVietnameseUpload,
  verifyReading,
} from '../src/index.js'
import {
  parseAtrInfo,
  parseBiometricGroup,
  parseCardSecurity,
  parseDg2,
  parseDg11,
  parseDg12,
  parseDg16,
  parseDirectory,
  parseDisplayedImages,
  parseFaceBlock,
  parseFaceRecord,
  parseFeatures,
} from '../src/lds/index.js'
import { observe } from '../src/reading/observation.js'
import { cardAccessOf, faceRecord, infos, jpeg, makeDg1, makeDg2, makeDg13, makeDg14, makeSod, testIssuer } from './issuer.js'

const seed = 20_260_131
const issuer = await testIssuer()
const faceBlock = decodeHex(
  'a1636561a007800103810207e3a1563054800100a11ba019a0178006ffd8ffe00102a10da003800102a706800103810104a207800207e8810101' +
    'a80ea005a103800102a605a0038001fea9193017a009a007a005a10380010aa10aa008a006800109810102',
)
const groups = {
  1: makeDg1(),
  2: makeDg2(faceRecord(jpeg)),
  11: decodeHex(
    '6b415c085f0e5f2b5f425f0f5f0e0f4e475559454e3c3c56414e3c5448555f2b04199008155f420444454d4fa0150201015f0f0f4e475559454e3c3c56414e3c544855',
  ),
  13: makeDg13(),
  14: makeDg14(infos.pace('2.2'), infos.chipAuthentication(2)),
}
const sod = await makeSod(issuer, groups)
const trust = await createTrustStore({ anchors: [{ certificate: issuer.csca }] })

const parsers: readonly (readonly [string, (bytes: Uint8Array) => unknown, Uint8Array])[] = [
  ['parseSecurityObject', parseSecurityObject, sod],
  ['parseCardSecurity', parseCardSecurity, sod.subarray(4)],
  [
    'parseCom',
    parseCom,
    Uint8Array.of(0x60, 0x16, 0x5f, 1, 4, 48, 49, 48, 55, 0x5f, 0x36, 6, 48, 52, 48, 48, 48, 48, 0x5c, 4, 0x61, 0x75, 0x6d, 0x6e),
  ],
  ['parseDg1', (bytes) => parseDg1(bytes, { at: '2026-01-31' }), groups[1]],
  ['parseDg2', parseDg2, groups[2]],
  ['parseFaceRecord', parseFaceRecord, faceRecord(jpeg, jpeg)],
  ['parseBiometricGroup', (bytes) => parseBiometricGroup(bytes, 'DG2'), groups[2]],
  ['parseFaceBlock', parseFaceBlock, faceBlock],
  ['parseDisplayedImages', (bytes) => parseDisplayedImages(bytes, 'DG7'), decodeHex('670c0201015f4306ffd8ffe00102')],
  ['parseFeatures', (bytes) => parseFeatures(bytes, 'DG8'), decodeHex('680602010130010a')],
  ['parseDg11', parseDg11, groups[11]],
  ['parseDg12', parseDg12, decodeHex('6c205c045f555f565f550e32303136313131353031333631325f56064e2d34393632')],
  ['parseDg16', parseDg16, decodeHex('7019020101a1145f500832303032303130315f5206353531323132')],
  ['parseAtrInfo', parseAtrInfo, decodeHex('4301b94703f401e07f6608020203e7020203e7')],
  ['parseDirectory', parseDirectory, decodeHex('61094f07a000000247100161094f07a0000002472001')],
  ['parseDg13', parseDg13, groups[13]],
  ['parseDg14', parseDg14, groups[14]],
  ['parseDg15', parseDg15, groups[14]],
  ['parseSecurityInfos', parseSecurityInfos, cardAccessOf(infos.pace('2.2'), infos.activeAuthentication('1.2.3'))],
]

/** A genuine file with some bytes changed, cut off or put in. */
const mutated = (genuine: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(genuine.length - 1), fc.nat(255)), { maxLength: 6 }),
      fc.nat(genuine.length),
      fc.uint8Array({ maxLength: 4 }),
    )
    .map(([changes, cut, insertion]) => {
      const copy = Uint8Array.from(genuine)
      for (const [at, byte] of changes) copy[at] = byte
      return cut % 3 === 0
        ? Uint8Array.from([...copy.subarray(0, cut), ...insertion, ...copy.subarray(cut)])
        : cut % 3 === 1
          ? copy.subarray(0, cut)
          : copy
    })

function onlyCoded(action: () => unknown): void {
  try {
    action()
  } catch (error) {
    if (!CccdError.is(error)) throw error
  }
}

describe('parsers of foreign bytes throw only coded errors', () => {
  it.each(parsers.filter(([name]) => !['parseDg15', 'parseCardSecurity'].includes(name)))(
    '%s takes its sample',
    (_, parse, genuine) => {
      expect(parse(genuine)).toBeDefined()
    },
  )

  it.each(parsers)('%s', (_, parse, genuine) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => onlyCoded(() => parse(bytes))),
      { seed, numRuns: 300 },
    )
    fc.assert(
      fc.property(mutated(genuine), (bytes) => onlyCoded(() => parse(bytes))),
      { seed, numRuns: 700 },
    )
  })

  it.each(parsers)('%s ends on deep and long claims', (_, parse) => {
    const deep = new Uint8Array(20_000).fill(0x30)
    for (let i = 1; i < deep.length; i += 2) deep[i] = 0x80
    for (const first of [0x30, 0x31, 0x60, 0x61, 0x6d, 0x6e, 0x6f, 0x75, 0x77]) {
      onlyCoded(() => parse(Uint8Array.of(first, ...deep)))
      onlyCoded(() => parse(Uint8Array.of(first, 0x84, 0x7f, 0xff, 0xff, 0xff, 0x30)))
    }
    expect(() => parse(new Uint8Array(5 * 1024 * 1024))).toThrow(CccdError)
  })

  it('decodeReading and readingFromVietnameseUpload', () => {
    const text = encodeReading(readingFromFiles({ SOD: sod, DG1: groups[1] }, { readAt: '2026-01-31T09:00:00Z' }))
    fc.assert(
      fc.property(fc.jsonValue(), (value) => onlyCoded(() => decodeReading(value))),
      { seed, numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), (at, put) =>
        onlyCoded(() => decodeReading(text.slice(0, at) + put + text.slice(at + 1))),
      ),
      { seed, numRuns: 500 },
    )
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('sodData', 'dg1DataB64', 'aaSignature', 'aaChallenge'),
          fc.oneof(fc.string(), fc.base64String(), fc.constant(null)),
        ),
        (upload) => onlyCoded(() => readingFromVietnameseUpload(upload)),
      ),
      { seed, numRuns: 300 },
    )
  })
})

describe('verifyReading on mutated readings', () => {
  const names = ['SOD', 'DG1', 'DG2', 'DG11', 'DG13', 'DG14'] as const satisfies readonly FileName[]
  const genuine: Record<(typeof names)[number], Uint8Array> = {
    SOD: sod,
    DG1: groups[1],
    DG2: groups[2],
    DG11: groups[11],
    DG13: groups[13],
    DG14: groups[14],
  }

  it('never throws, and gives identity only from files that are the signed ones', async () => {
    const files = fc.constantFrom(...names).chain((name) => mutated(genuine[name]).map((bytes) => ({ name, bytes })))
    await fc.assert(
      fc.asyncProperty(files, async ({ name, bytes }) => {
        const reading = readingFromFiles({ ...genuine, [name]: bytes }, { readAt: '2026-01-31T09:00:00Z' })
        observe(reading, {
          access: {
            protocol: 'PACE',
            password: 'CAN',
            candidate: 0,
            cipher: 'AES-128',
            cardAccess: 'read',
            offered: [],
            refused: [],
          },
          cardAccess: bytes,
        })
        const { identity, checks } = await verifyReading(reading, { trust, at: '2026-01-31' })
        const same = bytes.length === genuine[name].length && bytes.every((byte, i) => byte === genuine[name][i])
        if (same) return
        if (name === 'SOD') {
          // The signature covers the list; what it does not cover (unsigned parts of the CMS) may change.
          if (checks.find(({ id }) => id === 'sod.signature')?.status !== 'passed') expect(identity).toEqual({})
          return
        }
        const sources = Object.values(identity).flatMap((value) => value?.sources ?? [])
        expect(sources).not.toContain(name)
      }),
      { seed, numRuns: 300 },
    )
  })
})
