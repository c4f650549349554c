import type { IdentityFields } from '@cccd/emrtd'
import type { Context } from '../Context.js'
import type { TextKey } from '../i18n/en.js'
import { mask } from '../mask.js'
import { columns } from '../terminal/columns.js'

/** The fields that are shown, in the order of the card. Ethnicity and religion are sensitive and never printed. */
const shown = [
  'personalNumber',
  'fullName',
  'nameInNationalCharacters',
  'dateOfBirth',
  'placeOfBirth',
  'sex',
  'nationality',
  'dateOfIssue',
  'dateOfExpiry',
  'placeOfOrigin',
  'placeOfResidence',
  'previousIdNumber',
  'documentNumber',
] as const satisfies readonly (keyof IdentityFields)[]

/** What is proven of the person, masked unless asked otherwise. */
export function printIdentity(context: Context, identity: IdentityFields, reveal: boolean): void {
  const { t } = context
  context.say()
  context.say(`  ${context.paint('bold', t('report.identity'))}`)
  const rows = shown.flatMap((field): [string, string][] => {
    const entry = identity[field]
    if (entry === undefined) return []
    const text = field === 'sex' ? t(`value.${entry.value === 'male' ? 'male' : 'female'}`) : entry.value
    const value = reveal ? text : mask(field, text)
    const agreement = entry.sources.length > 1 && entry.agreement === 'different' ? ' ≠' : ''
    const key: TextKey = `field.${field}`
    return [
      [
        t(key),
        `${value === 'none' ? t('value.noExpiry') : value}\u00a0 ${context.paint('dim', entry.sources.join(' · ') + agreement)}`,
      ],
    ]
  })
  if (rows.length === 0) context.say(`    ${t('report.identityNone')}`)
  for (const row of columns(rows, context.look.columns, 4)) context.say(row)
}
