import type { Check } from '@cccd/core'
import { type ExitCode, exitCodes } from '../exitCodes.js'

/** Checks that `--require` can ask for, by their short names. */
export const requirable: Readonly<Record<string, readonly string[]>> = {
  aa: ['aa.signature'],
  ca: ['ca.keys', 'cam.key'],
}

/**
 * The exit code for a list of checks: 1 when any failed; 0 when the signature, the hash of every file present and one
 * confirmation of the issuer passed, and of each required kind one; else 2.
 *
 * Hashes of files that are not there are `not-performed` and ask for nothing.
 */
export function verdictOf(checks: readonly Check[], required: readonly string[] = []): ExitCode {
  if (checks.some(({ status }) => status === 'failed')) return exitCodes.failed
  const passed = (id: string): boolean => checks.some((check) => check.id === id && check.status === 'passed')
  const hashes = checks.filter(({ id, status }) => /^dg\d+\.hash$/.test(id) && status !== 'not-performed')
  const data = passed('sod.signature') && hashes.length > 0 && hashes.every(({ status }) => status === 'passed')
  const issuer = passed('chain.csca') || passed('signer.pinned')
  const extra = required.every((name) => requirable[name]?.some(passed) === true)
  return data && issuer && extra ? exitCodes.ok : exitCodes.unproven
}
