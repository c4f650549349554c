import type { Finding } from '@cccd/core'
import { normaliseText, personalNumberContradictions, type Sex } from '@cccd/identity'
import type { Mrz } from '@cccd/mrz'
import { attempt } from '../lds/openFile.js'
import { readDg1 } from '../lds/parseDg1.js'
import { readDg13, type VietnameseIdentityData } from '../lds/parseDg13.js'
import type { ChipReading } from '../reading/ChipReading.js'
import type { DocumentClaims } from './documentChecks.js'
import type { Claims } from './identityFields.js'
import { known } from './known.js'
import type { OpenFile } from './OpenFile.js'

/** What the QR on the card says; a payload parsed by `@cccd/qr` is one. */
export interface QrClaims {
  readonly personalNumber?: string
  readonly previousIdNumber?: string
  readonly fullName?: string
  readonly dateOfBirth?: string
  readonly sex?: Sex
  readonly placeOfResidence?: string
  readonly issueDate?: string
}

/** What the caller expects of the holder, e.g. what was typed into a form. */
export interface ExpectedHolder {
  readonly personalNumber?: string
  readonly documentNumber?: string
  readonly fullName?: string
  readonly dateOfBirth?: string
}

type Values = Claims['values']

/** The files that a reading's claims come from, each opened once. */
export interface ChipClaims {
  /** DG13 and DG11 first: they have the diacritics. */
  readonly claims: readonly Claims[]
  readonly mrz?: Mrz
  readonly findings: readonly Finding[]
}

/** What DG1, DG2, DG11, DG12 and DG13 say. A file that cannot be read says nothing and is a finding. */
export async function claimsOfChip({ files }: ChipReading, at: string): Promise<ChipClaims> {
  const findings: Finding[] = []
  const open: OpenFile = (file, read) => {
    const bytes = files[file]
    if (bytes === undefined) return undefined
    const outcome = attempt(() => read(bytes))
    if (outcome.ok) findings.push(...outcome.findings)
    else findings.push({ code: 'file-malformed', severity: 'error', field: file, data: { error: outcome.error.code } })
    return outcome.ok ? outcome.value : undefined
  }
  const mrz = open('DG1', (bytes) => readDg1(bytes, { at: at.slice(0, 10) }))
  // DG13 is each country's own: another country's is not read as if it were the Vietnamese one.
  const dg13 = mrz === undefined || mrz.issuingState === 'VNM' ? open('DG13', readDg13) : undefined
  // Faces and details are read by code of their own, loaded where a reading has them.
  const portrait = files.DG2 === undefined ? [] : (await import('../later.js')).portraitClaims(open)
  const hasDetails = files.DG11 !== undefined || files.DG12 !== undefined
  const [details, issue] = hasDetails ? (await import('../later.js')).detailClaims(open) : []
  const claims: Claims[] = []
  if (dg13 !== undefined) claims.push({ source: 'DG13', values: dg13Values(dg13) })
  if (details !== undefined) claims.push(details)
  if (mrz !== undefined) claims.push(mrzClaims('DG1', mrz))
  if (issue !== undefined) claims.push(issue)
  claims.push(...portrait)
  findings.push(...numberFindings(claims))
  return { claims, ...(mrz === undefined ? {} : { mrz }), findings }
}

function dg13Values(data: VietnameseIdentityData): Values {
  const { version: _version, encodingOid: _oid, fields: _fields, nationality, ...values } = data
  // In words; the other sources have the code. Other words have no code here and are left to parseDg13.
  const vietnamese = nationality !== undefined && normaliseText(nationality).toLowerCase() === 'việt nam'
  return vietnamese ? { ...values, nationality: 'VNM' } : values
}

function mrzClaims(source: string, mrz: Mrz): Claims {
  const { personalNumber, documentNumber, dateOfBirth, sex, nationality, issuingState, dateOfExpiry } = mrz
  const fullName = mrz.secondaryIdentifier === '' ? mrz.primaryIdentifier : `${mrz.primaryIdentifier} ${mrz.secondaryIdentifier}`
  const values: Values = {
    ...(personalNumber === undefined ? {} : { personalNumber }),
    documentNumber,
    fullName,
    ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
    ...(sex === 'unspecified' ? {} : { sex }),
    nationality,
    issuingState,
    dateOfExpiry,
  }
  return { source, values, nameField: mrz.nameField }
}

function numberFindings(claims: readonly Claims[]): readonly Finding[] {
  // DG11 has the number of its own state.
  const found = claims.find(({ source, values }) => source !== 'DG11' && values.personalNumber !== undefined)
  if (found?.values.personalNumber === undefined) return []
  const { personalNumber, dateOfBirth, sex } = found.values
  const contradictions = personalNumberContradictions(personalNumber, {
    ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
    ...(sex === undefined ? {} : { sex }),
  })
  return contradictions ?? [{ code: 'personal-number-odd', severity: 'warning', field: found.source }]
}

/** What nobody signed: QR, printed MRZ, form. */
export function claimsOutside(sources: {
  readonly qr?: QrClaims
  readonly mrz?: Mrz
  readonly expect?: ExpectedHolder
}): DocumentClaims[] {
  const { qr, mrz, expect } = sources
  const out: DocumentClaims[] = []
  if (qr !== undefined) out.push({ source: 'QR', values: qrValues(qr), authentic: false })
  if (mrz !== undefined) out.push({ ...mrzClaims('MRZ', mrz), authentic: false })
  const form = known({
    personalNumber: expect?.personalNumber,
    documentNumber: expect?.documentNumber,
    fullName: expect?.fullName,
    dateOfBirth: expect?.dateOfBirth,
  })
  if (Object.keys(form).length > 0) out.push({ source: 'form', values: form, authentic: false })
  return out
}

function qrValues({
  personalNumber,
  previousIdNumber,
  fullName,
  dateOfBirth,
  sex,
  placeOfResidence,
  issueDate,
}: QrClaims): Values {
  return {
    ...known({ personalNumber, previousIdNumber, fullName, dateOfBirth, placeOfResidence, dateOfIssue: issueDate }),
    ...(sex === undefined ? {} : { sex }),
  }
}
