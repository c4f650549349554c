import { decodeUtf8, encodeUtf8, equalBytes } from '@cccd/core'
import { describe, expect, it } from 'vitest'
import { readVector, sharedVectors } from '../../../test-vectors/shared.js'
import {
  parseBiometricGroup,
  parseDg2,
  parseFaceBlock,
  parseFaceRecord,
  tryParseBiometricGroup,
  tryParseDg2,
  tryParseFaceBlock,
  tryParseFaceRecord,
} from '../src/lds/index.js'
import { der, faceRecord, integer, jp2, jpeg, octets } from './issuer.js'

const codeOf = (outcome: { readonly ok: boolean; readonly error?: { readonly code: string } }): string | undefined =>
  outcome.error?.code
const small = (tag: number, value: number): Uint8Array => der(tag, Uint8Array.of(value))

/** FaceImageDataBlock with one representation around parts of an ImageRepresentation2DBlock. */
function block(image: Uint8Array, ...members: Uint8Array[]): Uint8Array {
  const imageBlock = der(0xa0, der(0x80, image), der(0xa1, der(0xa0, small(0x80, 2))))
  const representation = der(0x30, small(0x80, 0), der(0xa1, der(0xa0, imageBlock)), ...members)
  return der(0xa1, der(0x65, der(0xa0, small(0x80, 3)), der(0xa1, representation)))
}

describe('ISO/IEC 19794-5', () => {
  it('every field of the headers', () => {
    const record = faceRecord(jpeg)
    record.set([2, 4, 5, 0, 0, 0x0b, 0, 3, 1, 92, 181, 1, 2, 3], 20)
    record.set([2, 2, 0, 7, 0, 80], 34 + 6)
    record[34] = 2
    const [face] = parseFaceRecord(record)
    expect(face).toMatchObject({
      standard: 'ISO/IEC 19794-5',
      imageType: 'jpeg',
      gender: 'female',
      eyeColour: 'grey',
      hairColour: 'grey',
      properties: ['glasses', 'beard'],
      expression: 'smile-open',
      pose: { yaw: 0, pitch: -178, roll: 0 },
      poseUncertainty: { yaw: 0, pitch: 2, roll: 4 },
      faceImageType: 'token-frontal',
      colourSpace: 'yuv-422',
      source: 'photograph-digital-camera',
      deviceType: 7,
      quality: 80,
      featurePoints: [],
    })
  })

  it('leaves out what is unspecified, names what has no name by its code', () => {
    const record = faceRecord(jpeg)
    record.set([0xff, 99], 20)
    expect(parseFaceRecord(record)[0]).toMatchObject({ gender: 'unknown', eyeColour: 'code 99' })
    expect(Object.keys(parseFaceRecord(faceRecord(jpeg))[0] ?? {}).sort()).toEqual(
      ['faceImageType', 'featurePoints', 'height', 'image', 'imageType', 'raw', 'standard', 'width'].sort(),
    )
  })

  it('is refused when it is cut, or another thing', () => {
    expect(codeOf(tryParseFaceRecord(faceRecord(jpeg).subarray(0, 40)))).toBe('EMRTD_FACE_MALFORMED')
    expect(codeOf(tryParseFaceRecord(encodeUtf8('FIR\u0000010\u0000')))).toBe('EMRTD_FACE_MALFORMED')
    const other = faceRecord(jpeg)
    other[5] = 0x33
    expect(codeOf(tryParseFaceRecord(other))).toBe('EMRTD_FACE_UNSUPPORTED')
    expect(codeOf(tryParseFaceRecord(faceRecord(encodeUtf8('PNG, which no document has'))))).toBe('EMRTD_FACE_MALFORMED')
  })
})

describe('ISO/IEC 39794-5', () => {
  it('gives the image whatever else the block says', () => {
    const nonsense = der(0xa8, encodeUtf8('no metadata'))
    const dg2 = der(0x75, der(0x7f61, integer(1), der(0x7f60, der(0xa1), der(0x7f2e, block(jpeg, nonsense)))))
    expect(parseDg2(dg2).faces).toEqual([{ standard: 'ISO/IEC 39794-5', imageType: 'jpeg', image: jpeg }])
    expect(codeOf(tryParseFaceBlock(block(jpeg, nonsense)))).toBe('EMRTD_FACE_MALFORMED')
  })

  it('keeps extensions in the raw bytes', () => {
    const extension = der(0x9e, encodeUtf8('future'))
    const [face] = parseFaceBlock(block(jpeg, extension)).representations
    expect(decodeUtf8(face?.raw.slice(-6) ?? jpeg)).toBe('future')
  })

  it('reads codes without the extension that the ICAO profile wraps them in, and landmarks of every kind', () => {
    const code = (tag: number, value: number): Uint8Array => der(tag, small(0x80, value))
    const extension = (tag: number, value: number): Uint8Array => der(tag, der(0xa1, small(0x80, value)))
    const landmark = (kind: Uint8Array, ...coordinates: Uint8Array[]): Uint8Array =>
      der(0x30, der(0xa0, kind), ...coordinates.map((one) => der(0xa1, der(0xa0, one))))
    const landmarks = der(
      0xa9,
      landmark(der(0xa0, code(0xa0, 87)), der(0xa2, small(0x80, 1), small(0x81, 2), small(0x82, 3))),
      landmark(der(0xa0, der(0xa1, der(0xa0, extension(0xa0, 37)))), der(0xa1, small(0x80, 4), small(0x81, 5))),
      landmark(der(0xa0, der(0xa1, der(0xa0, extension(0xa1, 36))))),
      landmark(der(0xa0, der(0xa1, der(0xa0, extension(0xa2, 62))))),
      landmark(der(0xa0, code(0xa0, 88))),
      landmark(der(0xa1)),
    )
    const metadata = der(
      0xa8,
      code(0xa0, 1),
      extension(0xa1, 77),
      der(0xa2, der(0xa1)),
      der(0xa4, small(0x80, 0xff), small(0x8a, 1)),
    )
    const [face] = parseFaceBlock(block(jpeg, metadata, landmarks)).representations
    expect(face?.identityMetadata).toEqual({
      gender: 'other',
      eyeColour: 'code 77',
      hairColour: 'extension',
      properties: ['glasses', 'headCoveringsPresent'],
    })
    expect(face?.landmarks).toEqual([
      { kind: 'mpeg4 12.4', coordinates: { x: 1, y: 2, z: 3 } },
      { kind: 'anthropometric pronasale', coordinates: { x: 4, y: 5 } },
      { kind: 'anthropometric point code 36' },
      { kind: 'anthropometric id code 62' },
      { kind: 'mpeg4 code 88' },
      { kind: 'extension' },
    ])
  })

  it('a claimed format that is not the image is a finding', () => {
    const outcome = tryParseFaceBlock(block(jp2))
    expect(outcome.ok && outcome.findings.map(({ code }) => code)).toEqual(['dg2-image-type-differs'])
  })

  it('names shapes and extensions as unsupported, refuses blocks without image, twice the same member, and two blocks', () => {
    const around = (...members: Uint8Array[]): Uint8Array =>
      der(0xa1, der(0x65, der(0xa1, der(0x30, small(0x80, 0), ...members))))
    expect(codeOf(tryParseFaceBlock(around(der(0xa1, der(0xa0, der(0xa1))))))).toBe('EMRTD_FACE_UNSUPPORTED')
    expect(codeOf(tryParseFaceBlock(around(der(0xa1, der(0xa1)))))).toBe('EMRTD_FACE_UNSUPPORTED')
    expect(codeOf(tryParseFaceBlock(around()))).toBe('EMRTD_FACE_MALFORMED')
    expect(codeOf(tryParseFaceBlock(around(small(0x80, 1))))).toBe('EMRTD_FACE_MALFORMED')
    expect(codeOf(tryParseFaceBlock(der(0xa1, der(0x65, der(0xa1)))))).toBe('EMRTD_FACE_MALFORMED')
    expect(codeOf(tryParseFaceBlock(der(0xa1, der(0x65), der(0x65))))).toBe('EMRTD_FACE_MALFORMED')
    expect(codeOf(tryParseFaceBlock(block(octets(jpeg))))).toBe('EMRTD_FACE_MALFORMED')
  })
})

describe.skipIf(sharedVectors === undefined)('shared faces', () => {
  const vector = (name: string): Uint8Array => readVector('lds', 'iso39794', name)

  it('ISO/IEC 19794-5: the image equals the expected one, the broken one fails', () => {
    const [face] = parseFaceRecord(readVector('lds', 'iso19794', 'ISO19794_Test1_Data.bin'))
    expect(face).toMatchObject({ imageType: 'jpeg', width: 148, height: 70, faceImageType: 'token-frontal' })
    expect(face?.image).toEqual(readVector('lds', 'iso19794', 'ISO19794_Test1_Face.jpg'))
    expect(codeOf(tryParseFaceRecord(readVector('lds', 'iso19794', 'ISO19794_Test2_Data_InvalidImage.bin')))).toBe(
      'EMRTD_FACE_MALFORMED',
    )
  })

  it('ISO/IEC 39794-5: every image equals the expected one, the broken one fails', () => {
    const expected = vector('ICAO_39794_5_AP_DG2_Face.jp2')
    for (const name of ['ICAO_39794_5_AP_DG2_MandFields.dat', 'ICAO_39794_5_AP_DG2_AllFields.dat']) {
      const { faces } = parseDg2(vector(name))
      expect(faces).toHaveLength(1)
      expect(faces[0]).toMatchObject({ standard: 'ISO/IEC 39794-5', imageType: 'jp2' })
      expect(equalBytes(faces[0].image, expected)).toBe(true)
    }
    const [face] = parseFaceBlock(vector('ICAO_39794_5_AP_AllFields.dat')).representations
    expect(equalBytes(face?.image ?? jpeg, expected)).toBe(true)
    expect(codeOf(tryParseFaceBlock(vector('ICAO_39794_5_AP_MandFields_InvalidImage.dat')))).toBe('EMRTD_FACE_MALFORMED')
  })

  it('ISO/IEC 39794-5: all fields of the sample', () => {
    const [template] = parseBiometricGroup(vector('ICAO_39794_5_AP_DG2_AllFields.dat'), 'DG2')
    expect(template).toMatchObject({ formatOwner: 0x0101, formatType: 0x2a, biometricType: 2, biometricSubtype: 0 })
    const { version, representations } = parseFaceBlock(template?.data ?? jpeg)
    expect(version).toEqual({ generation: 3, year: 2019 })
    const [face] = representations
    expect(face).toMatchObject({
      width: 572,
      height: 731,
      representationId: 0,
      information: {
        imageDataFormat: 'jpeg2000Lossy',
        faceImageKind: 'mrtd',
        postAcquisitionProcessing: [],
        lossyTransformationAttempts: 'zero',
        cameraToSubjectDistance: 3000,
        sensorDiagonal: 43,
        lensFocalLength: 55,
        imageSize: { width: 572, height: 731 },
        faceMeasurements: { headWidth: 300, interEyeDistance: 150, eyeToMouthDistance: 180, headLength: 500 },
        colourSpace: 'rgb24Bit',
      },
      captureDevice2d: { spectra: [], technology: 'staticPhotographFromDigitalStillImageCamera' },
      capturedAt: '2024-01-20T13:23:09.908',
      quality: [{ algorithm: { organization: 1, id: 1 }, score: 99 }],
      padData: {
        decision: 'noAttack',
        scores: [{ score: 99 }],
        captureContext: 'enrolment',
        supervisionLevel: 'unknown',
        riskLevel: 5,
        criteriaCategory: 'common',
        capturedAt: '2024-01-22T15:16:17.018',
      },
      sessionId: 9,
      derivedFrom: 0,
      captureDevice: { model: { organization: 1, id: 1 }, certifications: [{ organization: 2, id: 2 }] },
      identityMetadata: {
        gender: 'female',
        eyeColour: 'blue',
        hairColour: 'brown',
        subjectHeight: 1786,
        properties: [],
        expressions: ['neutral'],
        pose: { yaw: { value: 2, uncertainty: 1 }, pitch: { value: 3, uncertainty: 1 }, roll: { value: 1, uncertainty: 2 } },
      },
      landmarks: [{ kind: 'mpeg4 2.11', coordinates: { x: 90, y: 22 } }],
    })
    const text = (bytes: Uint8Array | undefined): string => decodeUtf8(bytes ?? jpeg)
    expect(text(face?.padData?.parameter)).toBe('PAD Parameter')
    expect(face?.padData?.challenges?.map(text)).toEqual(['Challenge1'])
    expect(text(face?.padData?.extendedData?.[0]?.data)).toBe('ExtendedDataBlock data')
    expect(text(face?.information.referenceColourMapping?.schema)).toMatch(/^Reference Colour Schema/)
    expect(face?.information.referenceColourMapping?.values).toHaveLength(1)
  })

  it('the reference passport: faces, fingerprints and irises', () => {
    const file = (name: string): Uint8Array => readVector('lds', 'bsi_tr03105_5_hjp', `EF_${name}.bin`)
    const [portrait] = parseDg2(file('DG2')).faces
    expect(portrait).toMatchObject({ standard: 'ISO/IEC 19794-5', imageType: 'jp2', width: 337, height: 449 })
    expect(tryParseDg2(file('DG2'))).toMatchObject({ ok: true, findings: [] })
    expect(parseFaceRecord(parseBiometricGroup(file('DG2'), 'DG2')[0]?.data ?? jpeg)[0]?.faceImageType).toBe('full-frontal')
    const fingers = parseBiometricGroup(file('DG3'), 'DG3')
    expect(fingers.map(({ formatType, biometricType }) => [formatType, biometricType])).toEqual([
      [7, 8],
      [7, 8],
    ])
    const irises = parseBiometricGroup(file('DG4'), 'DG4')
    expect(irises.map(({ formatType, data }) => [formatType, decodeUtf8(data.subarray(0, 3))])).toEqual([
      [9, 'IIR'],
      [9, 'IIR'],
    ])
    expect(codeOf(tryParseBiometricGroup(file('DG3'), 'DG4'))).toBe('EMRTD_FILE_MALFORMED')
  })
})
