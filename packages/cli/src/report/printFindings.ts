import type { Finding } from '@cccd/core'
import type { Context } from '../Context.js'
import type { TextKey } from '../i18n/en.js'
import { findingTexts } from '../i18n/findingTexts.js'
import { columns } from '../terminal/columns.js'

/** Where a doubt lies, in words; other fields are names of files and fields that stand as they are. */
const places: Readonly<Record<string, TextKey>> = {
  personalNumber: 'field.personalNumber',
  previousIdNumber: 'field.previousIdNumber',
  fullName: 'field.fullName',
  dateOfBirth: 'field.dateOfBirth',
  sex: 'field.sex',
  placeOfResidence: 'field.placeOfResidence',
  issueDate: 'field.dateOfIssue',
  dateOfExpiry: 'field.dateOfExpiry',
  documentNumber: 'field.documentNumber',
  signature: 'findings.signature',
  signer: 'findings.signer',
  link: 'findings.link',
  csca: 'findings.csca',
}

/** Doubts in words, with code and clause; they change no check. */
export function printFindings(context: Context, findings: readonly Finding[]): void {
  if (findings.length === 0) return
  const { t, language } = context
  context.say()
  context.say(`  ${context.paint('bold', t('findings.title'))}`)
  const rows = findings.map(({ code, field, clause, severity }): [string, string] => {
    const key = field === undefined ? undefined : places[field]
    const place = key === undefined ? (field ?? '•') : t(key)
    const text = Object.hasOwn(findingTexts, code) ? findingTexts[code]?.[language] : undefined
    const source = [...(text === undefined ? [] : [code]), ...(clause === undefined ? [] : [clause])].join(', ')
    const words = [text ?? code, ...(source === '' ? [] : [`(${source})`])].join(' ')
    return [context.paint(severity === 'info' ? 'dim' : 'yellow', place), words]
  })
  for (const row of columns(rows, context.look.columns, 4)) context.say(row)
}
