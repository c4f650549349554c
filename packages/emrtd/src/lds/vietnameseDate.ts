import { isCccdError } from '@cccd/core'
import { isCalendarDate, normaliseText, parseVietnameseDate } from '@cccd/identity'

/**
 * A date of DG13 in ISO form: `dd/MM/yyyy` as cards have it, and the forms that programs between chip and bank turn it into
 * (`yyyy-MM-dd`, `ddMMyyyy`, `yyyyMMdd`). Undefined when it is none of them.
 */
export function vietnameseDate(text: string): string | undefined {
  const trimmed = text.trim()
  if (/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) return isCalendarDate(trimmed) ? trimmed : undefined
  try {
    return parseVietnameseDate(trimmed)
  } catch (error) {
    if (!isCccdError(error)) throw error
  }
  // Not ddMMyyyy: 19 to 23 in front leave no month in the middle, so the two forms never both fit.
  const dense = /^(\d{4})(\d{2})(\d{2})$/.exec(trimmed)
  const iso = dense === null ? '' : `${dense[1]}-${dense[2]}-${dense[3]}`
  return isCalendarDate(iso) ? iso : undefined
}

const noExpiry = /^không (?:xác định )?thời hạn$/

/** Whether a text says that a card does not expire (Law on Identity 2023, article 21). */
export function saysNoExpiry(text: string): boolean {
  return noExpiry.test(normaliseText(text).toLowerCase())
}
