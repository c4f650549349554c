import { EmrtdError } from '../errors.js'

/** An object of foreign JSON before its members are checked. */
export type Fields = Readonly<Record<string, unknown>>

/** The error for a member that is missing or not what it must be. The value is never in it. */
export function invalid(field: string): EmrtdError {
  return new EmrtdError('EMRTD_READING_INVALID', 'member is missing or malformed', { params: { field } })
}

export function fieldsOf(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(field)
  return value as Fields
}

export function items(value: unknown, field: string, limit: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > limit) throw invalid(field)
  return value
}

export function text(value: unknown, field: string, limit: number): string {
  if (typeof value !== 'string' || value.length > limit) throw invalid(field)
  return value
}

/** A whole number from 0. */
export function whole(value: unknown, field: string, limit: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > limit) throw invalid(field)
  return value
}

export function trueOrFalse(value: unknown, field: string): boolean {
  if (typeof value !== 'boolean') throw invalid(field)
  return value
}

export function oneOf<Choice extends string>(value: unknown, choices: readonly Choice[], field: string): Choice {
  const found = choices.find((choice) => choice === value)
  if (found === undefined) throw invalid(field)
  return found
}

/** A member that may be absent: present in the result only when it is present in the input. */
export function optional<Key extends string, Value>(
  key: Key,
  value: unknown,
  read: (value: unknown) => Value,
): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: read(value) } as { [K in Key]?: Value })
}
