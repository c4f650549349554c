import { compareNames, type NameAgreement, normaliseText } from '@cccd/identity'
import type { FieldSource, IdentityField, IdentityFields, IdentityValue, IdentityValues } from './VerificationReport.js'

/** What one source says about the holder. */
export interface Claims {
  readonly source: FieldSource
  readonly values: { readonly [F in IdentityField]?: IdentityValues[F] }
  /** The name field of an MRZ as it stands: it shows where a name was cut. */
  readonly nameField?: string
  /** How a name in national characters, which an MRZ transliterates, is compared with another; absent where the name is none. */
  readonly compareNationalName?: (a: string, b: string, cut: boolean) => NameAgreement
}

type Comparison = (a: string, b: string) => NameAgreement

const exactly: Comparison = (a, b) => (a === b ? 'equal' : 'different')

const folded = (text: string): string => normaliseText(text).toLowerCase()

const asText: Comparison = (a, b) => {
  if (a === b) return 'equal'
  return folded(a) === folded(b) ? 'equal-after-normalisation' : 'different'
}

/** A source that knows only the year agrees with one that knows the day. */
const asDate: Comparison = (a, b) => {
  if (a === b) return 'equal'
  return a.startsWith(`${b}-`) || b.startsWith(`${a}-`) ? 'equal-after-normalisation' : 'different'
}

/** Numbers are written with blanks, hyphens and fillers between in one place and without in another. */
const asNumber: Comparison = (a, b) => {
  if (a === b) return 'equal'
  const bare = (text: string): string => text.toUpperCase().replace(/[^0-9A-Z]/g, '')
  return bare(a) !== '' && bare(a) === bare(b) ? 'equal-after-normalisation' : 'different'
}

/** Fields in the order of the report, each with how two of its values are compared. */
const comparisons: Readonly<Record<Exclude<IdentityField, 'portrait'>, Comparison>> = {
  personalNumber: asNumber,
  documentNumber: exactly,
  fullName: compareNames,
  nameInNationalCharacters: asText,
  dateOfBirth: asDate,
  sex: exactly,
  nationality: exactly,
  issuingState: exactly,
  dateOfExpiry: asDate,
  dateOfIssue: asDate,
  placeOfBirth: asText,
  placeOfOrigin: asText,
  placeOfResidence: asText,
  identifyingMarks: asText,
  ethnicity: asText,
  religion: asText,
  fatherName: compareNames,
  motherName: compareNames,
  spouseName: compareNames,
  previousIdNumber: exactly,
}

const textFields = Object.keys(comparisons) as (keyof typeof comparisons)[]

/** The claims of several sources, field by field; the first source that has a field gives its value. */
export function mergeClaims(claims: readonly Claims[]): IdentityFields {
  const out: { [F in IdentityField]?: IdentityValue<unknown> } = {}
  for (const field of textFields) {
    const merged = mergeField(field, claims)
    if (merged !== undefined) out[field] = merged
  }
  for (const { source, values } of claims)
    if (values.portrait !== undefined && out.portrait === undefined)
      out.portrait = { value: values.portrait, sources: [source], agreement: 'single' }
  return out as IdentityFields
}

function mergeField(field: keyof typeof comparisons, claims: readonly Claims[]): IdentityValue<string> | undefined {
  let merged: { value: string; sources: FieldSource[]; agreement: IdentityValue<string>['agreement'] } | undefined
  const before: Claims[] = []
  for (const claim of claims) {
    const value = claim.values[field]
    if (value === undefined) continue
    if (merged === undefined) merged = { value, sources: [claim.source], agreement: 'single' }
    else {
      merged.sources.push(claim.source)
      merged.agreement = worse(merged.agreement, agreementOf(field, claim, before))
    }
    before.push(claim)
  }
  return merged
}

/** A value against the first source's. Where that is DG11 with a name as nobody types it, agreeing with the MRZ beside it is enough. */
function agreementOf(field: keyof typeof comparisons, claim: Claims, before: readonly Claims[]): NameAgreement {
  const text = ({ values, nameField }: Claims): string => (field === 'fullName' ? nameField : undefined) ?? values[field] ?? ''
  const [first] = before
  if (first === undefined) return 'equal'
  // An MRZ has two digits of the year: of which century, DG11 tells better than the day of the verdict.
  if (field === 'dateOfBirth' && first.compareNationalName !== undefined && claim.nameField !== undefined)
    return asDate(text(first).slice(2), text(claim).slice(2))
  const compareNational = field === 'fullName' ? (first.compareNationalName ?? claim.compareNationalName) : undefined
  if (compareNational === undefined) return comparisons[field](text(first), text(claim))
  const fromChip = claim.source.startsWith('DG')
  return before
    .filter(({ source }) => source.startsWith('DG'))
    .map((other) =>
      other.compareNationalName !== undefined || claim.compareNationalName !== undefined
        ? compareNational(text(other), text(claim), fromChip)
        : compareNames(text(other), text(claim)),
    )
    .reduce((best, one) => (worse(best, one) === best ? one : best))
}

const severity: readonly IdentityValue<string>['agreement'][] = ['single', 'equal', 'equal-after-normalisation', 'different']

function worse<Agreement extends IdentityValue<string>['agreement']>(a: Agreement, b: Agreement): Agreement {
  return severity.indexOf(a) >= severity.indexOf(b) ? a : b
}

/** Fields that one person cannot have in two versions on documents of one issue. Addresses and marks may be worded differently. */
const decisive: readonly IdentityField[] = [
  'personalNumber',
  'documentNumber',
  'fullName',
  'dateOfBirth',
  'sex',
  'nationality',
  'dateOfExpiry',
  'dateOfIssue',
  'previousIdNumber',
]

/** Of what several sources say about the same fields: which fields were compared, and which of them contradict. */
export function contradictions(merged: IdentityFields): { compared: IdentityField[]; different: IdentityField[] } {
  const compared = decisive.filter((field) => (merged[field]?.sources.length ?? 0) > 1)
  return { compared, different: compared.filter((field) => merged[field]?.agreement === 'different') }
}
