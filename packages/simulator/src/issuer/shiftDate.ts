export interface Shift {
  readonly years?: number
  readonly months?: number
  readonly days?: number
}

/** The instant some calendar years, months and days later (UTC), whole seconds. @throws RangeError for no ISO 8601 instant */
export function shiftDate(from: string | Date, shift: Shift): Date {
  const out = new Date(from)
  if (Number.isNaN(out.getTime())) throw new RangeError('at must be an ISO 8601 instant')
  out.setUTCMilliseconds(0)
  out.setUTCFullYear(out.getUTCFullYear() + (shift.years ?? 0), out.getUTCMonth() + (shift.months ?? 0))
  out.setUTCDate(out.getUTCDate() + (shift.days ?? 0))
  return out
}
