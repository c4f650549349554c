import { readFileSync } from 'node:fs'
import { checkOf, isCccdError } from '@cccd/core'
import { type ChipReading, parseCom, parseDg1, type VerificationReport } from '@cccd/emrtd'
import { parseCardSecurity, tryParseDg11 } from '@cccd/emrtd/files'
import { parseCertificate } from '@cccd/pki'
import {
  type CardImage,
  type CardProfileName,
  cardProfileNames,
  cardProfiles,
  type QuirkId,
  type QuirkSwitches,
  quirkIds,
  quirks,
  virtualCard,
} from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { readVectorJson, sharedVectors } from '../../../test-vectors/shared.js'
import { cardOf, type InspectOptions, inspect } from './support/kinds.js'

interface Seen {
  readonly card: CardImage
  readonly reading: ChipReading
  readonly report: VerificationReport
}

interface Row {
  readonly on: CardProfileName
  readonly besides?: QuirkSwitches
  readonly options?: InspectOptions
  /** What the reading and the report must hold of it. */
  readonly records?: (seen: Seen) => void
  /** Code of the error, where the read cannot succeed. */
  readonly fails?: string
}

const findings = ({ report }: Seen): string[] => report.findings.map(({ code }) => code)
const passed = ({ report }: Seen, ...ids: readonly string[]): void => {
  for (const id of ids) expect([id, checkOf(report, id).status]).toEqual([id, 'passed'])
}

/** Each quirk on a card, and what becomes of it. */
const table: Readonly<Record<QuirkId, readonly Row[]>> = {
  'vn-mf-6d00': [
    // With a short identifier EF.CardAccess is there before the master file is missed.
    { on: 'at-td3', records: ({ reading }) => expect(reading.access?.cardAccess).toBe('read') },
    {
      on: 'at-td3',
      besides: { 'lv-p1-02': true },
      records: ({ reading }) => expect(reading.access?.cardAccess).toBe('read-directly'),
    },
  ],
  'vn-cardaccess-6982': [
    {
      on: 'vn-2021',
      records: ({ reading }) => expect(reading.access).toMatchObject({ protocol: 'PACE', cardAccess: 'built-in' }),
    },
  ],
  'vn-com': [
    {
      on: 'vn-2021',
      records: (seen) => {
        const listed = parseCom(seen.reading.files.COM ?? new Uint8Array(0)).dataGroups
        expect(listed).toEqual(['DG1', 'DG2', 'DG3', 'DG13', 'DG14', 'DG15'])
        expect(seen.report.identity.placeOfResidence?.sources).toEqual(['DG13'])
      },
    },
  ],
  'vn-dg3-dg11': [
    {
      on: 'cn-id-data',
      records: ({ reading }) =>
        expect(reading.fileStatus).toMatchObject({
          DG3: { status: 'access-denied', sw: 0x6982 },
          DG11: { status: 'not-found', sw: 0x6a82 },
        }),
    },
  ],
  'ios-autoselect': [
    { on: 'at-td3', records: ({ reading }) => expect(reading.access).toMatchObject({ protocol: 'PACE', cardAccess: 'read' }) },
    {
      on: 'vn-2021',
      records: ({ reading }) => expect(reading.access).toMatchObject({ protocol: 'PACE', cardAccess: 'built-in' }),
    },
  ],
  'mf-empty-9000': [
    { on: 'at-td3', records: ({ reading }) => expect(reading.access).toMatchObject({ protocol: 'PACE', cardAccess: 'read' }) },
  ],
  'lv-p1-02': [
    { on: 'at-td3', records: ({ reading }) => expect(reading.access).toMatchObject({ protocol: 'PACE', cardAccess: 'read' }) },
  ],
  'gr-6300': [
    { on: 'gr-parameters', options: { allowBac: false }, fails: 'PACE_WRONG_PASSWORD' },
    {
      on: 'gr-parameters',
      records: ({ reading, report }) => {
        expect(reading.access).toMatchObject({ protocol: 'BAC', refused: [{ protocol: 'PACE', sw: 0x6300 }, { sw: 0x6300 }] })
        expect(checkOf(report, 'pace.downgrade').status).toBe('failed')
      },
    },
  ],
  'tr-im-p521': [
    {
      on: 'tr-im',
      records: ({ reading }) =>
        expect(reading.access).toMatchObject({ protocol: 'PACE', mapping: 'IM', cipher: 'AES-256', parameterId: 18 }),
    },
  ],
  'ga-6700': [
    { on: 'at-td3', records: ({ reading }) => expect(reading.access).toMatchObject({ protocol: 'PACE', refused: [] }) },
  ],
  'om-aid': [
    {
      on: 'om-partial',
      records: ({ reading }) => {
        expect(reading.access).toMatchObject({ protocol: 'BAC', cardAccess: 'not-read' })
        expect(parseCom(reading.files.COM ?? new Uint8Array(0)).dataGroups).toContain('DG11')
        expect(reading.fileStatus).toMatchObject({
          DG11: { status: 'access-denied', sw: 0x6982 },
          DG12: { status: 'access-denied', sw: 0x6982 },
        })
      },
    },
  ],
  'cardsecurity-select-6a80': [
    {
      on: 'de-cam',
      records: (seen) => {
        passed(seen, 'cam.key')
        expect(seen.reading.access).toMatchObject({ protocol: 'PACE', mapping: 'CAM' })
        expect(seen.reading.files.CardSecurity).toEqual(seen.card.files.CardSecurity)
      },
    },
    // A card without chip-authentication mapping gets it with the quirk.
    { on: 'at-td3', records: (seen) => passed(seen, 'cam.key') },
  ],
  'two-ca-keys': [
    {
      on: 'de-cam',
      records: (seen) => {
        passed(seen, 'ca.keys', 'cam.key')
        expect(seen.reading.chipAuthentication).toMatchObject({ status: 'performed', keyId: 72 })
        const { securityInfos } = parseCardSecurity(seen.reading.files.CardSecurity ?? new Uint8Array(0))
        const keys = securityInfos.filter((info) => info.type === 'chip-authentication-public-key')
        expect(keys.map(({ keyId }) => keyId)).toEqual([72, 13])
      },
    },
  ],
  'ca-info-missing': [
    {
      on: 'fr-no-ca-info',
      records: (seen) => {
        passed(seen, 'ca.keys')
        expect(seen.reading.access).toMatchObject({ protocol: 'PACE', cipher: 'AES-256' })
        expect(seen.reading.chipAuthentication).toMatchObject({ status: 'performed', oid: '0.4.0.127.0.7.2.2.3.2.1' })
      },
    },
  ],
  'aa-der-ecdsa': [
    {
      on: 'pt-der-aa',
      records: (seen) => {
        passed(seen, 'aa.signature')
        expect(findings(seen)).toContain('aa-der-signature')
      },
    },
  ],
  'aa-rsa-1792': [
    {
      on: 'bac-only',
      records: (seen) => {
        passed(seen, 'aa.signature')
        expect(seen.reading.activeAuthentication?.response?.length).toBe(1792 / 8)
      },
    },
  ],
  'cn-econtent': [
    {
      on: 'cn-id-data',
      records: (seen) => {
        passed(seen, 'sod.signature')
        expect(findings(seen)).toContain('sod-content-type')
      },
    },
  ],
  'gb-lower-c': [
    {
      on: 'at-td3',
      records: (seen) => {
        passed(seen, 'sod.signature', 'chain.csca')
        const { csca, signer } = seen.card.issuer
        const written = (der: Uint8Array) => parseCertificate(der).issuer.attributes.find(({ oid }) => oid === '2.5.4.6')?.value
        expect([written(csca.certificate), written(signer.certificate)]).toEqual(['AT', 'at'])
      },
    },
  ],
  'sigalg-rsaEncryption': [{ on: 'nz-3des', records: (seen) => passed(seen, 'sod.signature', 'chain.csca') }],
  'ru-sha1': [
    {
      on: 'ru-sha1',
      records: (seen) => {
        passed(seen, 'sod.signature', 'chain.csca', 'dg1.hash')
        expect(findings(seen)).toContain('weak-hash')
      },
    },
  ],
  'dg13-not-tlv': [
    {
      on: 'at-td3',
      records: (seen) => {
        passed(seen, 'dg13.hash')
        expect(seen.reading.files.DG13).toEqual(seen.card.files.DG13)
      },
    },
    { on: 'vn-2021', records: (seen) => passed(seen, 'dg13.hash') },
  ],
  'dg11-deviations': (['by-dg11', 'cn-id-data'] as const).map((on) => ({
    on,
    records: (seen) => {
      passed(seen, 'dg11.hash')
      const parsed = tryParseDg11(seen.reading.files.DG11 ?? new Uint8Array(0))
      expect(parsed.ok && parsed.findings.length > 0).toBe(true)
    },
  })),
  'td3-optional-blank-cd': [
    {
      on: 'at-td3',
      records: ({ reading }) => {
        const { lines } = parseDg1(reading.files.DG1 ?? new Uint8Array(0))
        expect(lines[1]?.slice(28, 43)).toBe('<'.repeat(15))
      },
    },
  ],
  'explicit-ec': [{ on: 'at-td3', records: (seen) => passed(seen, 'sod.signature', 'chain.csca') }],
  'self-issued-link': [
    {
      on: 'at-td3',
      records: (seen) => {
        passed(seen, 'sod.signature', 'chain.csca')
        expect(seen.card.issuer.formerCsca).toBeDefined()
        expect(seen.card.issuer.links.length).toBe(1)
      },
    },
  ],
}

describe('quirks', () => {
  it.skipIf(sharedVectors === undefined)('each of the field has its switch, and there is no other', () => {
    const { quirks: field } = readVectorJson<{ quirks: { id: string }[] }>('conformance', 'field_quirks.json')
    expect([...quirkIds]).toEqual(field.map(({ id }) => id))
  })

  it('each says what it is and what a reader must do, in both languages, and changes something', () => {
    for (const id of quirkIds) {
      const { description, reader, plan, traits, seen } = quirks[id]
      for (const text of [description.vi, description.en, reader.vi, reader.en, seen]) expect(text.length).toBeGreaterThan(3)
      expect([id, plan !== undefined || traits !== undefined]).toEqual([id, true])
    }
  })

  const rows = quirkIds.flatMap((id) => table[id].map((row, index) => ({ id, index, ...row })))

  it.each(rows)('$id on $on ($index)', async ({ id, on, besides, options, records, fails }) => {
    const card = await cardOf(on, { ...besides, [id]: true })
    expect(card.quirks).toContain(id)
    if (fails !== undefined) {
      const error: unknown = await inspect(card, options).then(
        () => undefined,
        (cause: unknown) => cause,
      )
      expect(isCccdError(error) && error.code).toBe(fails)
      return
    }
    const { reading, report } = await inspect(card, options)
    expect(reading.files.SOD).toEqual(card.files.SOD)
    expect(reading.files.DG1).toEqual(card.files.DG1)
    expect(reading.files.DG2).toEqual(card.files.DG2)
    records?.({ card, reading, report })
  })

  it('a switch that is none is refused, and false takes one away', async () => {
    const card = await cardOf('vn-2021', { 'vn-mf-6d00': false })
    expect(card.quirks).toEqual(['vn-com', 'vn-dg3-dg11'])
    // @ts-expect-error -- a caller without types
    expect(() => virtualCard(card, { quirks: { none: true } })).toThrow(
      expect.objectContaining({ code: 'SIMULATOR_UNSUPPORTED' }),
    )
  })
})

describe('profiles', () => {
  it('each says what it is in both languages, and has its quirks from the table', () => {
    for (const name of cardProfileNames) {
      const { description, quirks: own } = cardProfiles[name]
      expect(description.vi.length).toBeGreaterThan(10)
      expect(description.en.length).toBeGreaterThan(10)
      expect(own.every((id) => quirkIds.includes(id))).toBe(true)
    }
  })

  it('stand in the documentation', () => {
    const page = readFileSync(new URL('../../../docs/compatibility.md', import.meta.url), 'utf8')
    for (const name of [...cardProfileNames, ...quirkIds]) expect(page).toContain(`\`${name}\``)
  })
})
