import { checkOf } from '@cccd/core'
import { accessFromCan, parseCom, readChip, verifyReading } from '@cccd/emrtd'
import {
  parseBiometricGroup,
  parseDg2,
  parseDg11,
  parseDg12,
  parseDg16,
  parseDisplayedImages,
  parseFaceBlock,
} from '@cccd/emrtd/files'
import { createTrustStore } from '@cccd/pki'
import { issueCard, seededRandom, virtualCard } from '@cccd/simulator'
import { expect, it } from 'vitest'

it('a passport with every file is read over PACE, parsed and proven', async () => {
  const at = '2026-11-26T09:00:00Z'
  const card = await issueCard({ profile: 'every-file', random: seededRandom('every file'), at })
  const wanted = ['COM', 'DG1', 'DG2', 'DG5', 'DG7', 'DG11', 'DG12', 'DG14', 'DG15', 'DG16'] as const
  const { files, ...reading } = await readChip(virtualCard(card), {
    access: accessFromCan(card.can),
    files: wanted,
    random: seededRandom('terminal'),
  })
  const file = (name: (typeof wanted)[number]): Uint8Array => files[name] ?? new Uint8Array(0)
  for (const name of wanted) expect(files[name], name).toEqual(card.files[name])

  expect(parseCom(file('COM')).dataGroups).toEqual([
    ...['DG1', 'DG2', 'DG3', 'DG5', 'DG7', 'DG11', 'DG12', 'DG14', 'DG15', 'DG16'],
  ])
  const [portrait] = parseDg2(file('DG2')).faces
  expect(portrait).toMatchObject({ standard: 'ISO/IEC 39794-5', imageType: 'jpeg', width: 480, height: 640 })
  expect(parseDisplayedImages(file('DG5'), 'DG5').images).toEqual([{ imageType: 'jpeg', image: portrait.image }])
  expect(parseDisplayedImages(file('DG7'), 'DG7').images).toHaveLength(1)
  const [template] = parseBiometricGroup(file('DG2'), 'DG2')
  const [face] = parseFaceBlock(template?.data ?? file('DG2')).representations
  expect(face?.identityMetadata?.gender).toBe(card.citizen.sex)
  expect(parseDg11(file('DG11')).dateOfBirth).toBe(card.citizen.dateOfBirth)
  expect(parseDg12(file('DG12')).issuingAuthority).toBe('DEMO NLD')
  expect(parseDg16(file('DG16')).persons[0]?.name).toEqual({ primaryIdentifier: 'NOTIFY', secondaryIdentifier: 'DEMO' })

  const trust = await createTrustStore({ anchors: [{ certificate: card.issuer.csca.certificate }], allowDemo: true })
  const report = await verifyReading({ ...reading, files }, { trust, at })
  for (const number of [1, 2, 5, 7, 11, 12, 14, 15, 16]) expect(checkOf(report, `dg${number}.hash`).status).toBe('passed')
  expect(checkOf(report, 'document.consistency')).toMatchObject({ status: 'passed', data: { sources: ['DG11', 'DG1'] } })
  expect(report.identity.portrait?.value.image).toEqual(portrait.image)
  expect(report.identity.dateOfIssue).toMatchObject({ value: card.citizen.dateOfIssue, sources: ['DG12'] })
  expect(report.findings).toEqual([])
})
