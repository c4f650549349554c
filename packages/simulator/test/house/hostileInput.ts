import * as core from '@cccd/core'
import * as emrtdMain from '@cccd/emrtd'
import * as emrtdFiles from '@cccd/emrtd/files'
import * as identity from '@cccd/identity'
import * as image from '@cccd/image'
import * as iso7816 from '@cccd/iso7816'
import * as mrz from '@cccd/mrz'
import { repairMrz } from '@cccd/mrz/repair'
import * as pkiMain from '@cccd/pki'
import * as path from '@cccd/pki/path'
import * as profile from '@cccd/pki/profile'
import * as revocation from '@cccd/pki/revocation'
import * as timestamp from '@cccd/pki/timestamp'
import * as trustFiles from '@cccd/pki/trust'
import * as qr from '@cccd/qr'
import * as simulator from '@cccd/simulator'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { DemoReading } from './people.js'
import { demoDeviationList, demoOcspResponse, demoRevocationList, demoTimestampToken } from './pkiSamples.js'

const emrtd = { ...emrtdMain, ...emrtdFiles }
const pki = { ...pkiMain, ...path, ...profile, ...revocation, ...timestamp, ...trustFiles }

/** A public door for foreign bytes or texts, with samples of what it is made for. */
export interface Door {
  readonly name: string
  readonly open: (input: never) => unknown
  readonly samples: readonly (Uint8Array | string)[]
}

const bytesDoor = (
  name: string,
  open: (input: Uint8Array) => unknown,
  ...samples: readonly (Uint8Array | undefined)[]
): Door => ({
  name,
  open,
  samples: samples.filter((sample) => sample !== undefined),
})
const textDoor = (name: string, open: (input: string) => unknown, ...samples: readonly string[]): Door => ({
  name,
  open,
  samples,
})

/** Walks a tree of elements: the lazy reader must be bounded all the way down. */
function walk(node: core.TlvNode): void {
  if (node.constructed) for (const child of node.children()) walk(child)
}

/** A face in both standards, with members of every kind. */
function demoFace(): { readonly image: simulator.PortraitImage; readonly record: Uint8Array; readonly block: Uint8Array } {
  const image = { type: 'jpeg', width: 3, height: 4, bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2) } as const
  const block = simulator.faceBlock({
    image,
    information: { colourSpace: 2, postAcquisitionProcessing: [true, false] },
    capturedAt: [2024, 1, 20],
    quality: [{ algorithm: [1, 1], score: 99 }],
    padData: { decision: 0, challenges: [Uint8Array.of(1)] },
    identityMetadata: { gender: 'male', pose: { yaw: { value: -2 } } },
    landmarks: [{ mpeg4: 10, x: 90, y: 22 }],
  })
  const record = simulator.faceRecord([{ image, featurePoints: [{ type: 1, code: 0x21, x: 1, y: 2 }] }, { image }])
  return { image, record, block }
}

/** Every public parser of the packages that read foreign data. */
export function doors({ card, qr: payload, reading, channel }: DemoReading): Door[] {
  const { files } = reading
  const certificate = card.issuer.csca.certificate
  const publicKeyInfo = pki.parseCertificate(certificate).subjectPublicKeyInfo
  const signedData = files.SOD === undefined ? undefined : core.parseTlv(files.SOD).value
  const portrait = files.DG2 === undefined ? undefined : emrtd.parseDg2(files.DG2).faces[0].image
  const mrzText = card.mrz.join('\n')
  const name = { primaryIdentifier: 'SMITH', secondaryIdentifier: 'DEMO JOHN' }
  const face = demoFace()
  return [
    bytesDoor('parseTlv', (input) => walk(core.parseTlv(input)), files.SOD, files.DG13),
    bytesDoor('parseTlv der', (input) => walk(core.parseTlv(input, { rules: 'der' })), certificate),
    bytesDoor('parseTlvSequence', (input) => core.parseTlvSequence(input).forEach(walk), files.SOD),
    bytesDoor('decodeUtf8', core.decodeUtf8, core.encodeUtf8(card.qr)),
    textDoor('decodeJson', core.decodeJson, core.encodeJson(card.citizen)),
    textDoor('parsePersonalNumber', identity.parsePersonalNumber, card.citizen.personalNumber),
    textDoor('parsePreviousIdNumber', identity.parsePreviousIdNumber, '012345678'),
    textDoor('parseVietnameseDate', identity.parseVietnameseDate, '31121999', '31/12/1999'),
    textDoor('parsePinFile', pki.parsePinFile, pki.formatPinFile(pki.emptyPinFile)),
    textDoor('parseSex', identity.parseSex, 'Nữ'),
    textDoor('tidyAddress', identity.tidyAddress, card.citizen.placeOfResidence),
    bytesDoor('decodeCommand', iso7816.decodeCommand, channel.trace().exchanges[9]?.command),
    bytesDoor('decodeResponse', iso7816.decodeResponse, channel.trace().exchanges[9]?.response),
    textDoor('importTrace', iso7816.importTrace, channel.trace().export({ sensitive: true }).slice(0, 4000)),
    bytesDoor('detectImageType', image.detectImageType, portrait),
    bytesDoor('readImageHeader', image.readImageHeader, portrait),
    textDoor('parseQr', qr.parseQr, card.qr),
    bytesDoor('parseQr bytes', qr.parseQr, core.encodeUtf8(card.qr)),
    textDoor('parseMrz', mrz.parseMrz, mrzText),
    textDoor('repairMrz', repairMrz, mrzText),
    bytesDoor('parseCertificate', (input) => pki.describeCertificate(pki.parseCertificate(input)), certificate),
    bytesDoor('parsePublicKeyInfo', pki.parsePublicKeyInfo, publicKeyInfo),
    bytesDoor(
      'parseEcDomainParameters',
      pki.parseEcDomainParameters,
      core.parseTlv(publicKeyInfo).children()[0]?.children()[1]?.raw,
    ),
    bytesDoor(
      'parseIssuerCertificates',
      pki.parseIssuerCertificates,
      certificate,
      simulator.issuerCertificates([certificate, card.issuer.signer.certificate]).body,
    ),
    bytesDoor('parseSignedData', pki.parseSignedData, signedData),
    bytesDoor(
      'parseRevocationList',
      (input) => {
        const list = pki.parseRevocationList(input)
        return list.find(Uint8Array.of(2), list.issuer)
      },
      core.decodeHex(demoRevocationList),
    ),
    bytesDoor('parseOcspResponse', pki.parseOcspResponse, core.decodeHex(demoOcspResponse)),
    bytesDoor('parseTimestampToken', pki.parseTimestampToken, core.decodeHex(demoTimestampToken)),
    bytesDoor(
      'parseTimestampResponse',
      pki.parseTimestampResponse,
      core.encodeTlv(0x30, core.encodeTlv(0x30, core.encodeTlv(0x02, Uint8Array.of(0))), core.decodeHex(demoTimestampToken)),
    ),
    bytesDoor(
      'parseTimestampRequest',
      pki.parseTimestampRequest,
      pki.encodeTimestampRequest({
        algorithm: 'sha256',
        hash: new Uint8Array(32),
        nonce: Uint8Array.of(1, 2, 3),
        policy: '1.2.3',
      }),
    ),
    bytesDoor('parseDeviationList', pki.parseDeviationList, core.decodeHex(demoDeviationList)),
    bytesDoor(
      'parseOcspRequest',
      pki.parseOcspRequest,
      pki.encodeOcspRequest({ certificate: pki.parseCertificate(certificate), issuer: pki.parseCertificate(certificate) }),
    ),
    bytesDoor('parseMasterList', pki.parseMasterList, signedData),
    textDoor(
      'parsePem',
      pki.parsePem,
      `-----BEGIN CERTIFICATE-----\n${core.encodeBase64(certificate)}\n-----END CERTIFICATE-----\n`,
    ),
    bytesDoor(
      'readLdif',
      (input) => [...pki.readLdif(input)],
      core.encodeUtf8(`version: 1\n\ndn: c=XU\nchangetype: add\nuserCertificate;binary:: ${core.encodeBase64(certificate)}\n`),
    ),
    bytesDoor('readTrustFile', (input) => pki.readTrustFile(input, 'fuzz'), certificate, signedData),
    bytesDoor('parseSecurityInfos', emrtd.parseSecurityInfos, files.CardAccess),
    bytesDoor('parseCom', emrtd.parseCom, files.COM),
    bytesDoor('parseDg1', emrtd.parseDg1, files.DG1),
    bytesDoor('parseDg2', emrtd.parseDg2, files.DG2?.subarray(0, 2000), files.DG2),
    bytesDoor('parseBiometricGroup', (input) => emrtd.parseBiometricGroup(input, 'DG2'), files.DG2?.subarray(0, 2000), files.DG2),
    bytesDoor('parseFaceRecord', emrtd.parseFaceRecord, face.record),
    bytesDoor('parseFaceBlock', emrtd.parseFaceBlock, face.block),
    bytesDoor('parseDisplayedImages', (input) => emrtd.parseDisplayedImages(input, 'DG7'), simulator.dg7([face.image.bytes])),
    bytesDoor('parseFeatures', (input) => emrtd.parseFeatures(input, 'DG8'), core.decodeHex('680602010130010a')),
    bytesDoor('parseDg11', emrtd.parseDg11, simulator.dg11({ fullName: name, otherNames: [name], dateOfBirth: '1990-08-15' })),
    bytesDoor('parseDg12', emrtd.parseDg12, simulator.dg12({ otherPersons: [name], personalisedAt: '2024-01-01T12:30:59' })),
    bytesDoor('parseDg16', emrtd.parseDg16, simulator.dg16([{ name, dateRecorded: '2024-01-01', address: ['ANYTOWN', 'MN'] }])),
    bytesDoor(
      'parseAtrInfo',
      emrtd.parseAtrInfo,
      simulator.atrInfo({ cardCapabilities: [0x10, 1, 0xe0], extendedLength: { maxCommandLength: 999, maxResponseLength: 999 } }),
    ),
    bytesDoor(
      'parseDirectory',
      emrtd.parseDirectory,
      simulator.directory([{ applicationId: core.decodeHex('a0000002471001'), label: 'DEMO' }]),
    ),
    bytesDoor('parseDg13', emrtd.parseDg13, files.DG13),
    bytesDoor('parseDg14', emrtd.parseDg14, files.DG14),
    bytesDoor('parseDg15', emrtd.parseDg15, files.DG15),
    bytesDoor('parseCardSecurity', emrtd.parseCardSecurity, signedData),
    bytesDoor('parseSecurityObject', emrtd.parseSecurityObject, files.SOD),
    textDoor(
      'parseTraceContext',
      (text) => emrtd.parseTraceContext(core.decodeJson(text)),
      core.encodeJson(emrtd.traceContext({ access: emrtd.accessFromQr(payload), files: ['DG1'], allowBac: true })),
    ),
    textDoor('decodeReading', emrtd.decodeReading, emrtd.encodeReading(reading)),
    bytesDoor('readingFromFiles', (SOD) => emrtd.encodeReading(emrtd.readingFromFiles({ SOD, DG1: SOD })), files.SOD),
    textDoor(
      'readingFromVietnameseUpload',
      (sodData) => emrtd.readingFromVietnameseUpload({ sodData, dg1DataB64: sodData }),
      core.encodeBase64(files.DG1 ?? new Uint8Array(0)),
    ),
    textDoor('decodeCardImage', simulator.decodeCardImage, simulator.encodeCardImage(card)),
  ]
}

/** Every exported function that reads foreign data must have a door above; `known` are those that do not read any or are reached through one. */
export function doorsMissing(known: readonly Door[]): string[] {
  const packages = { core, identity, iso7816, image, qr, mrz, pki, emrtd, simulator }
  const named = new Set(known.map(({ name }) => name.split(' ')[0]))
  return Object.values(packages)
    .flatMap((exports) => Object.entries(exports))
    .filter(
      ([name, value]) =>
        typeof value === 'function' && /^(parse|decode|import|detect|repair|readingFrom)[A-Z]/.test(name) && !named.has(name),
    )
    .map(([name]) => name)
    .filter((name) => !['decodeBase64', 'decodeHex', 'decodeLatin1', 'decodeOid', 'decodeImage'].includes(name))
}

/** Random and mutated input; anything but a value, a coded error or (for a text where bytes must be) a TypeError fails. */
export function attack(door: Door, runs: number): { cases: number; slowest: number } {
  let cases = 0
  let slowest = 0
  const run = (input: Uint8Array | string): void => {
    cases++
    const start = performance.now()
    try {
      door.open(input as never)
    } catch (error) {
      if (!core.CccdError.is(error)) throw error
    }
    slowest = Math.max(slowest, performance.now() - start)
  }
  const texts = typeof door.samples[0] === 'string'
  const samples = door.samples.length === 0 ? [new Uint8Array(0)] : door.samples
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    value: fc.integer({ min: 0, max: 255 }),
    kind: fc.constantFrom('set', 'cut', 'insert', 'double', 'swell'),
  })
  const mutated = fc
    .tuple(fc.constantFrom(...samples), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([sample, changes]) => {
      let list: (number | string)[] = typeof sample === 'string' ? sample.split('') : Array.from(sample)
      for (const { at, value, kind } of changes) {
        const position = Math.floor(at * list.length)
        const item = typeof sample === 'string' ? String.fromCharCode(value) : value
        if (kind === 'set') list[position] = item
        else if (kind === 'cut') list = list.slice(0, position)
        else if (kind === 'insert') list.splice(position, 0, item, item)
        else if (kind === 'double') list.splice(position, 0, ...list.slice(position, position + 40))
        else list.splice(position, 2, ...(typeof sample === 'string' ? ['9'.repeat(20)] : [0x84, 0x7f, 0xff, 0xff, 0xff]))
      }
      return typeof sample === 'string' ? list.join('') : Uint8Array.from(list as number[])
    })
  const random = texts ? fc.string({ unit: 'binary', maxLength: 400 }) : fc.uint8Array({ maxLength: 400 })
  fc.assert(
    fc.property(
      fc.oneof({ weight: 4, arbitrary: mutated as fc.Arbitrary<Uint8Array | string> }, { weight: 1, arbitrary: random }),
      run,
    ),
    { numRuns: runs },
  )
  for (const sample of door.samples) run(sample)
  expect(cases).toBeGreaterThanOrEqual(runs)
  return { cases, slowest }
}
