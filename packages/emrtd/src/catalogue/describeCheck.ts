import type { Check, CheckStatus, Language } from '@cccd/core'
import { type CheckEntry, catalogueVersion, checkCatalogue } from './checkCatalogue.js'
import { reasonTexts } from './reasonTexts.js'

export { type CheckEntry, catalogueVersion, checkCatalogue } from './checkCatalogue.js'

/** A check in words for the person who has to decide. */
export interface CheckDescription {
  readonly title: string
  /** What became of it, in one sentence. */
  readonly status: string
  /** What that means for this check. */
  readonly meaning: string
  /** Why, when there is a reason; the code itself for a reason of a later version. */
  readonly reason?: string
  readonly proves: string
  readonly doesNotProve: string
  readonly convincesThirdParty: boolean
  readonly catalogueVersion: number
}

const statuses: Readonly<Record<CheckStatus, Readonly<Record<Language, string>>>> = {
  passed: { vi: 'Đạt', en: 'Passed' },
  failed: { vi: 'Không đạt', en: 'Failed' },
  inconclusive: { vi: 'Chưa kết luận được', en: 'Inconclusive' },
  'not-supported': { vi: 'Thẻ không hỗ trợ', en: 'Not supported by the document' },
  'not-performed': { vi: 'Không thực hiện', en: 'Not performed' },
}

const meanings: Readonly<Record<Exclude<CheckStatus, 'passed' | 'failed'>, Readonly<Record<Language, string>>>> = {
  inconclusive: {
    vi: 'Đã xem xét nhưng thiếu căn cứ: chưa chứng minh được điều gì, cũng chưa phải giả mạo.',
    en: 'Looked at, but a ground is missing: nothing is proven, nor is it a forgery.',
  },
  'not-supported': {
    vi: 'Danh sách do cơ quan cấp ký cho biết chip không có chức năng này.',
    en: 'The list signed by the issuer says that the chip lacks this.',
  },
  'not-performed': {
    vi: 'Không ai thực hiện bước này: chưa chứng minh được điều gì.',
    en: 'Nobody tried: nothing is proven.',
  },
}

const unknown: CheckEntry = {
  title: { vi: 'Kiểm tra chưa biết', en: 'Unknown check' },
  proves: { vi: 'Phiên bản này không biết bước kiểm tra này.', en: 'This version does not know the check.' },
  doesNotProve: { vi: 'Không suy ra được điều gì.', en: 'Nothing follows from it here.' },
  failed: { vi: 'Bước kiểm tra không đạt.', en: 'The check failed.' },
  convincesThirdParty: false,
}

/**
 * What a check is about, what its outcome means, what it proves and does not, and whether a third party can be convinced by it.
 * @example
 * for (const check of report.checks) print(describeCheck(check, 'vi').title, describeCheck(check, 'vi').status)
 */
export function describeCheck(check: Check, language: Language): CheckDescription {
  const entry = checkCatalogue.get(check.id) ?? unknown
  const { status, reason } = check
  const meaning = status === 'passed' ? entry.proves : status === 'failed' ? entry.failed : meanings[status]
  return {
    title: entry.title[language],
    status: statuses[status][language],
    meaning: meaning[language],
    ...(reason === undefined ? {} : { reason: reasonOf(reason)?.[language] ?? reason }),
    proves: entry.proves[language],
    doesNotProve: entry.doesNotProve[language],
    convincesThirdParty: entry.convincesThirdParty,
    catalogueVersion,
  }
}

function reasonOf(reason: string): Readonly<Record<Language, string>> | undefined {
  return Object.hasOwn(reasonTexts, reason) ? reasonTexts[reason] : undefined
}
