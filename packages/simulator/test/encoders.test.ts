import { bigIntToBytes, concatBytes } from '@cccd/core'
import { curveParameters } from '@cccd/crypto'
import { parseCom, parseDg1, parseDg13, parseDg14, parseDg15, parseSecurityInfos } from '@cccd/emrtd'
import {
  parseAtrInfo,
  parseBiometricGroup,
  parseDg2,
  parseDg11,
  parseDg12,
  parseDg16,
  parseDirectory,
  parseDisplayedImages,
  parseFaceBlock,
  parseFaceRecord,
  tryParseDg2,
  tryParseDg11,
  tryParseDg12,
  tryParseDg16,
} from '@cccd/emrtd/files'
import { formatMrz } from '@cccd/mrz/format'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  atrInfo,
  biometricGroup,
  type ChipKey,
  cardSecurityInfos,
  type DetailsOptions,
  dg2,
  dg5,
  dg7,
  dg11,
  dg12,
  dg13,
  dg16,
  directory,
  type FaceBlockInput,
  faceBlock,
  faceRecord,
  type PortraitImage,
  syntheticCitizen,
} from '../src/index.js'
import { cardAccess } from '../src/lds/cardAccess.js'
import { dg14 } from '../src/lds/dg14.js'
import { com, dg1, dg15 } from '../src/lds/smallFiles.js'

const seed = 20_261_126
const check = <Values extends [unknown, ...unknown[]]>(property: fc.IProperty<Values>, numRuns = 150): void =>
  fc.assert(property, { seed, numRuns })

/** The arbitrary with members left out at random. */
const some = <Shape extends object>(shape: { [Name in keyof Shape]: fc.Arbitrary<Shape[Name]> }) =>
  fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<Partial<Shape>>

const word = fc.stringMatching(/^[\p{L}]{1,12}$/u).map((text) => text.normalize('NFC'))
const words = fc.array(word, { minLength: 1, maxLength: 3 }).map((list) => list.join(' '))
const name = fc.record({ primaryIdentifier: words, secondaryIdentifier: fc.oneof(fc.constant(''), words) })
const parts = fc.array(words, { minLength: 1, maxLength: 4 })
const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 })
const two = (value: number): string => String(value).padStart(2, '0')
const date = fc
  .tuple(fc.integer({ min: 1900, max: 2099 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), fc.nat(2))
  .map(([year, month, day, known]) => [String(year), two(month), two(day)].slice(0, known + 1).join('-'))
const time = fc
  .tuple(date, fc.nat(23), fc.nat(59), fc.nat(59))
  .map(([day, h, m, s]) => `${day.padEnd(10, '-01')}T${two(h)}:${two(m)}:${two(s)}`)
const options: fc.Arbitrary<DetailsOptions> = some({
  digits: fc.constantFrom('bcd' as const, 'ascii' as const),
  deviation: fc.constantFrom('list-names-template' as const, 'names-not-wrapped' as const),
})
const magic = {
  jpeg: [0xff, 0xd8, 0xff, 0xe0],
  jp2: [0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20],
  j2k: [0xff, 0x4f, 0xff, 0x51],
}
const image: fc.Arbitrary<PortraitImage> = fc
  .tuple(fc.constantFrom('jpeg' as const, 'jp2' as const, 'j2k' as const), bytes, fc.integer({ min: 1, max: 65_535 }))
  .map(([type, rest, size]) => ({ type, width: size, height: 65_536 - size, bytes: Uint8Array.from([...magic[type], ...rest]) }))
const without = <Value extends { elements: unknown }>({ elements: _elements, ...rest }: Value): Omit<Value, 'elements'> => rest

describe('what is written goes round', () => {
  it('DG1: TD1, TD2 and TD3, with long document numbers', () => {
    const fields = fc.record({
      format: fc.constantFrom('TD1' as const, 'TD2' as const, 'TD3' as const),
      issuingState: fc.constantFrom('UTO', 'D', 'AUT'),
      documentNumber: fc.stringMatching(/^[A-Z0-9]{5,9}$/),
      longer: fc.stringMatching(/^[A-Z0-9]{0,3}$/),
      dateOfBirth: fc.constantFrom('1974-08-12', '2001-02-03'),
      sex: fc.constantFrom('male' as const, 'female' as const, 'unspecified' as const),
      dateOfExpiry: fc.constantFrom('2031-04-15', '2027-12-31'),
      primaryIdentifier: fc.constantFrom('ERIKSSON', 'VAN DER BERG'),
      secondaryIdentifier: fc.constantFrom('ANNA MARIA', ''),
    })
    check(
      fc.property(fields, ({ longer, ...input }) => {
        const documentNumber =
          input.format === 'TD3' || input.documentNumber.length < 9 ? input.documentNumber : input.documentNumber + longer
        const lines = formatMrz({ ...input, documentNumber })
        const mrz = parseDg1(dg1(lines), { at: '2026-11-26' })
        expect(mrz).toMatchObject({ ...input, documentNumber, lines })
      }),
    )
  })

  it('DG2 in both standards, several records', () => {
    const standard = fc.constantFrom('ISO/IEC 19794-5' as const, 'ISO/IEC 39794-5' as const)
    check(
      fc.property(fc.array(fc.tuple(standard, image), { minLength: 1, maxLength: 3 }), (list) => {
        const records = list.map(([standard, image]) => ({
          standard,
          record: standard === 'ISO/IEC 19794-5' ? faceRecord([{ image }]) : faceBlock({ image }),
        }))
        const file = biometricGroup(records)
        expect(tryParseDg2(file)).toMatchObject({ ok: true, findings: [] })
        expect(parseDg2(file).faces).toEqual(
          list.map(([standard, { type, bytes, width, height }]) => ({
            standard,
            imageType: type,
            image: bytes,
            width,
            height,
          })),
        )
        expect(parseBiometricGroup(file, 'DG2').map(({ data }) => data)).toEqual(records.map(({ record }) => record))
      }),
    )
  })

  it('DG2 of a citizen', () => {
    const portrait: PortraitImage = { type: 'jp2', width: 3, height: 4, bytes: Uint8Array.from(magic.jp2) }
    const [record] = parseBiometricGroup(dg2(portrait, 'female'), 'DG2')
    expect(parseFaceRecord(record?.data ?? portrait.bytes)[0]?.gender).toBe('female')
    const [block] = parseBiometricGroup(dg2(portrait, 'female', 'ISO/IEC 39794-5'), 'DG2')
    expect(parseFaceBlock(block?.data ?? portrait.bytes).representations[0]?.identityMetadata?.gender).toBe('female')
  })

  it('ISO/IEC 19794-5: feature points and header fields', () => {
    const point = fc.record({
      type: fc.nat(255),
      code: fc.nat(255),
      x: fc.nat(65_535),
      y: fc.nat(65_535),
    })
    check(
      fc.property(
        image,
        fc.array(point, { maxLength: 5 }),
        fc.nat(0x3ff),
        fc.integer({ min: 1, max: 89 }),
        (image, points, set, angle) => {
          const input = { image, featurePoints: points, properties: set * 2 + 1, poseAngle: [angle + 1, 181 - angle, 1] as const }
          const faces = parseFaceRecord(faceRecord([input, { image }]))
          expect(faces).toHaveLength(2)
          expect(faces[0]?.featurePoints).toEqual(points.map((p) => ({ ...p, code: `${p.code >> 4}.${p.code & 15}` })))
          expect(faces[0]?.pose).toEqual({ yaw: 2 * angle, pitch: -2 * angle, roll: 0 })
          expect(faces[0]?.properties).toHaveLength(set.toString(2).replace(/0/g, '').length)
        },
      ),
    )
  })

  it('ISO/IEC 39794-5: every member', () => {
    const registryId = fc.tuple(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 65_535 }))
    const score = fc.record({ algorithm: registryId, score: fc.oneof(fc.nat(100), fc.constant('failed' as const)) })
    const moment = fc.constant([2024, 1, 20, 13, 23, 9, 908] as const)
    const angle = fc.record({ value: fc.integer({ min: -180, max: 180 }), uncertainty: fc.nat(180) })
    const flags = (length: number) => fc.array(fc.boolean(), { minLength: length, maxLength: length })
    const face = fc
      .tuple(
        image,
        some<Omit<FaceBlockInput, 'image'>>({
          information: some<NonNullable<FaceBlockInput['information']>>({
            faceImageKind: fc.constant(0),
            postAcquisitionProcessing: flags(12),
            lossyTransformationAttempts: fc.nat(3),
            cameraToSubjectDistance: fc.nat(50_000),
            sensorDiagonal: fc.nat(2000),
            lensFocalLength: fc.nat(2000),
            faceMeasurements: fc.array(fc.nat(1_000_000), { minLength: 4, maxLength: 4 }),
            colourSpace: fc.nat(6),
          }),
          captureDevice2d: fc.record({ spectra: flags(3), technology: fc.nat(6) }),
          capturedAt: moment,
          quality: fc.array(score, { maxLength: 3 }),
          padData: some<NonNullable<FaceBlockInput['padData']>>({
            decision: fc.nat(2),
            scores: fc.array(score, { maxLength: 2 }),
            captureContext: fc.nat(2),
            riskLevel: fc.nat(100),
            parameter: bytes,
            challenges: fc.array(bytes, { maxLength: 2 }),
            capturedAt: moment,
          }),
          sessionId: fc.nat(),
          derivedFrom: fc.nat(),
          captureDevice: fc.record({ model: registryId, certifications: fc.array(registryId, { maxLength: 2 }) }),
          identityMetadata: fc.record({
            gender: fc.constantFrom('male' as const, 'female' as const),
            subjectHeight: fc.integer({ min: 1, max: 65_535 }),
            properties: flags(11),
            expressions: flags(6),
            pose: fc.record({ yaw: angle, pitch: angle, roll: angle }),
          }),
          landmarks: fc.array(fc.record({ mpeg4: fc.nat(87), x: fc.nat(65_535), y: fc.nat(65_535) }), { maxLength: 4 }),
        }),
      )
      .map(([image, rest]) => ({ image, ...rest }))
    const count = (list: readonly boolean[] | undefined): number | undefined => list?.filter((set) => set).length
    const scores = (list: readonly { algorithm: readonly number[]; score: number | 'failed' }[] | undefined) =>
      list?.map(({ algorithm: [organization, id], score }) => ({
        algorithm: { organization, id },
        ...(score === 'failed' ? { error: 'failureToAssess' } : { score }),
      }))
    check(
      fc.property(face, (input) => {
        const [read] = parseFaceBlock(faceBlock(input)).representations
        const { information: about, padData, identityMetadata: metadata } = input
        expect(read).toMatchObject({ image: input.image.bytes, width: input.image.width, height: input.image.height })
        expect(read?.information.cameraToSubjectDistance).toBe(about?.cameraToSubjectDistance)
        expect(read?.information.sensorDiagonal).toBe(about?.sensorDiagonal)
        expect(read?.information.lensFocalLength).toBe(about?.lensFocalLength)
        expect(read?.information.faceMeasurements && Object.values(read.information.faceMeasurements)).toEqual(
          about?.faceMeasurements,
        )
        expect(read?.information.postAcquisitionProcessing?.length).toBe(count(about?.postAcquisitionProcessing))
        expect(read?.information.colourSpace === undefined).toBe(about?.colourSpace === undefined)
        expect(read?.captureDevice2d?.spectra?.length).toBe(count(input.captureDevice2d?.spectra))
        expect(read?.capturedAt).toBe(input.capturedAt && '2024-01-20T13:23:09.908')
        expect(read?.quality).toEqual(scores(input.quality))
        expect(read?.padData?.scores).toEqual(scores(padData?.scores))
        expect(read?.padData?.riskLevel).toBe(padData?.riskLevel)
        expect(read?.padData?.parameter).toEqual(padData?.parameter)
        expect(read?.padData?.challenges).toEqual(padData?.challenges)
        expect([read?.sessionId, read?.derivedFrom]).toEqual([input.sessionId, input.derivedFrom])
        expect(read?.captureDevice?.certifications?.length).toBe(input.captureDevice?.certifications?.length)
        expect(read?.identityMetadata?.gender).toBe(metadata?.gender)
        expect(read?.identityMetadata?.subjectHeight).toBe(metadata?.subjectHeight)
        expect(read?.identityMetadata?.pose).toEqual(metadata?.pose)
        expect(read?.identityMetadata?.properties?.length).toBe(count(metadata?.properties))
        expect(read?.identityMetadata?.expressions?.length).toBe(count(metadata?.expressions))
        expect(read?.landmarks?.map(({ coordinates }) => coordinates)).toEqual(input.landmarks?.map(({ x, y }) => ({ x, y })))
        expect(read?.landmarks?.every(({ kind }) => /^mpeg4 \d+\.\d+$/.test(kind)) ?? true).toBe(true)
      }),
    )
  })

  it('DG5 and DG7', () => {
    check(
      fc.property(fc.array(image, { maxLength: 4 }), (list) => {
        const expected = list.map(({ type, bytes }) => ({ imageType: type, image: bytes }))
        const images = list.map(({ bytes }) => bytes)
        expect(parseDisplayedImages(dg5(images), 'DG5').images).toEqual(expected)
        expect(parseDisplayedImages(dg7(images), 'DG7').images).toEqual(expected)
      }),
    )
  })

  it('DG11, with the deviations of the field', () => {
    const details = some({
      fullName: name,
      personalNumber: word,
      dateOfBirth: date,
      placeOfBirth: parts,
      permanentAddress: parts,
      telephone: word,
      profession: words,
      title: words,
      personalSummary: words,
      proofOfCitizenship: bytes,
      otherDocumentNumbers: parts,
      custodyInformation: words,
    })
    check(
      fc.property(details, fc.array(name, { maxLength: 3 }), options, (input, otherNames, options) => {
        const file = dg11({ ...input, otherNames }, options)
        expect(without(parseDg11(file))).toEqual({ ...input, otherNames })
        const outcome = tryParseDg11(file)
        const expected =
          otherNames.length === 0 || options.deviation === undefined
            ? []
            : options.deviation === 'names-not-wrapped'
              ? ['name-not-wrapped']
              : ['list-names-template']
        expect(outcome.ok && outcome.findings.map(({ code }) => code)).toEqual(expected)
      }),
    )
  })

  it('DG12', () => {
    const details = some({
      issuingAuthority: words,
      dateOfIssue: date,
      endorsements: words,
      taxOrExitRequirements: words,
      imageOfFront: bytes,
      imageOfRear: bytes,
      personalisedAt: time,
      personalisationSystem: word,
    })
    check(
      fc.property(details, fc.array(name, { maxLength: 3 }), options, (input, otherPersons, { digits }) => {
        const file = dg12({ ...input, otherPersons }, digits === undefined ? {} : { digits })
        expect(without(parseDg12(file))).toEqual({ ...input, otherPersons })
        expect(tryParseDg12(file)).toMatchObject({ ok: true, findings: [] })
      }),
    )
  })

  it('DG16', () => {
    const person = some({ dateRecorded: date, name, telephone: word, address: parts })
    check(
      fc.property(fc.array(person, { maxLength: 15 }), (persons) => {
        expect(parseDg16(dg16(persons)).persons.map(without)).toEqual(persons)
        expect(tryParseDg16(dg16(persons))).toMatchObject({ ok: true, findings: [] })
      }),
    )
  })

  it('DG13, field by field', () => {
    check(
      fc.property(fc.nat(10_000), (index) => {
        const { cardCode: _code, generation: _generation, ...citizen } = syntheticCitizen(index)
        expect(parseDg13(dg13(syntheticCitizen(index)))).toMatchObject(citizen)
      }),
      50,
    )
  })

  it('EF.COM, EF.ATR/INFO, EF.DIR', () => {
    const size = fc.integer({ min: 1, max: 65_536 })
    check(
      fc.property(fc.option(fc.nat(255), { nil: undefined }), size, size, fc.nat(255), (service, command, response, third) => {
        const lengths = { maxCommandLength: command, maxResponseLength: response }
        const read = parseAtrInfo(
          atrInfo({
            ...(service === undefined ? {} : { cardServiceData: service }),
            cardCapabilities: [0x10, 1, third],
            extendedLength: lengths,
          }),
        )
        expect(read.extendedLength).toEqual(lengths)
        expect(read.cardServiceData?.atrInfo).toBe(service === undefined ? undefined : (service & 0x10) !== 0)
        expect(read.cardCapabilities?.extendedLength).toBe((third & 0x40) !== 0)
        expect(read.cardCapabilities?.commandChaining).toBe((third & 0x80) !== 0)
      }),
    )
    check(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 16 }), { maxLength: 5 }), (identifiers) => {
        const file = directory(identifiers.map((applicationId) => ({ applicationId, label: 'DEMO' })))
        expect(parseDirectory(file).entries.map(({ applicationId }) => applicationId)).toEqual(identifiers)
      }),
    )
    check(
      fc.property(fc.subarray([1, 2, 3, 5, 7, 11, 12, 13, 14, 15, 16]), (numbers) => {
        const tags = [0, 0x61, 0x75, 0x63, 0, 0x65, 0, 0x67, 0, 0, 0, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70]
        expect(parseCom(com(numbers.map((number) => tags[number] ?? 0))).dataGroups).toEqual(numbers.map((n) => `DG${n}`))
      }),
    )
  })

  it('EF.CardAccess, EF.CardSecurity, DG14 and DG15', () => {
    const key = { type: 'rsa', modulus: new Uint8Array(128).fill(0xab), exponent: Uint8Array.of(1, 0, 1) } as const
    const group = 'brainpoolP256r1' as const
    const { gx, gy } = curveParameters(group)
    const publicKey = concatBytes(Uint8Array.of(4), bigIntToBytes(gx, 32), bigIntToBytes(gy, 32))
    const cipher = fc.constantFrom('3DES' as const, 'AES-128' as const, 'AES-192' as const, 'AES-256' as const)
    const mapping = fc.constantFrom('GM' as const, 'IM' as const)
    const pace = fc.record({ cipher, mapping, parameterId: fc.constantFrom(0, 1, 2, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18) })
    check(
      fc.property(fc.array(pace, { maxLength: 4 }), fc.integer({ min: 0, max: 65_535 }), (pace, keyId) => {
        const keys: ChipKey[] = [{ use: 'chip-authentication', cipher: 'AES-128', group, publicKey, keyId }]
        const read = (infos: readonly { type: string }[]) => infos.filter(({ type }) => type === 'pace')
        const expected = pace.map((one) => expect.objectContaining(one))
        expect(read(parseSecurityInfos(cardAccess(pace, keys)))).toEqual(expected)
        expect(read(parseDg14(dg14({ pace, chipKeys: keys })).securityInfos)).toEqual(expected)
        const infos = parseSecurityInfos(cardSecurityInfos(pace, keys))
        expect(read(infos)).toEqual(expected)
        expect(infos).toContainEqual(expect.objectContaining({ type: 'chip-authentication-public-key', keyId }))
        expect(infos).toContainEqual(expect.objectContaining({ type: 'chip-authentication', keyId }))
      }),
      50,
    )
    expect(parseDg15(dg15(key)).publicKey).toEqual(key)
  })
})

describe('writers are strict', () => {
  it('refuse what a file cannot hold', () => {
    expect(() => dg16(Array.from({ length: 16 }, () => ({})))).toThrow(RangeError)
    expect(() => dg12({ dateOfIssue: '2026-11-26T10' })).toThrow(RangeError)
  })
})
