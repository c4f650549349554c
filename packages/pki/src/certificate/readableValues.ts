import { PkiError } from '../errors.js'

/** What an extension of a foreign certificate states. One that cannot be read states nothing. */
export function readableValues<Value>(read: () => readonly Value[]): readonly Value[] {
  try {
    return read()
  } catch (error) {
    if (error instanceof PkiError) return []
    throw error
  }
}
