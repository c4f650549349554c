import { decodeHex } from '@cccd/core'
import type { CommandSpec } from '../CommandSpec.js'
import { CliError } from '../errors.js'
import { loadReading } from '../files/loadReading.js'
import { loadTrust, type TrustOptions, trustOptions } from '../files/loadTrust.js'
import { printReport } from '../report/printReport.js'
import { reportJson } from '../report/reportJson.js'
import { requirable, verdictOf } from '../report/verdictOf.js'

export interface VerifyOptions extends TrustOptions {
  readonly at?: string
  readonly challenge?: string
  readonly require?: string
  readonly reveal?: true
}

export const verifyOptions: CommandSpec['options'] = [
  ...trustOptions,
  { flags: '--at <date>', text: 'option.at' },
  { flags: '--require <checks>', text: 'option.require' },
]

/** `cccd verify DIR`: judges files that somebody read. */
export const verify: CommandSpec<VerifyOptions> = {
  path: ['verify'],
  arguments: [{ name: '<folder>', text: 'verify.argument' }],
  options: [
    ...verifyOptions,
    { flags: '--challenge <hex>', text: 'option.challenge' },
    { flags: '--reveal', text: 'option.reveal' },
  ],
  text: 'verify.about',
  async run(context, options, folder = '') {
    const required = requiredOf(options.require)
    const at = instantOf(options.at, context.io.clock)
    const challenge = challengeOf(options.challenge)
    const { verifyReading } = await import('@cccd/emrtd')
    const reading = await loadReading(folder, context.io.clock)
    const trust = await loadTrust(options, context)
    const report = await verifyReading(reading, {
      trust,
      at,
      ...(challenge === undefined ? {} : { expect: { activeAuthenticationChallenge: challenge } }),
    })
    const code = verdictOf(report.checks, required)
    context.result({ command: 'verify', demo: trust.allowDemo, ...reportJson(report, options.reveal === true), exitCode: code })
    await printReport(context, report, { code, reveal: options.reveal === true, demo: trust.allowDemo })
    return code
  },
}

/** The names of `--require`. @throws CliError `CLI_WRONG_OPTION` */
export function requiredOf(text: string | undefined): string[] {
  const names = (text ?? '').split(/[,\s]+/).filter((name) => name !== '')
  for (const name of names)
    if (!Object.hasOwn(requirable, name))
      throw new CliError('CLI_WRONG_OPTION', 'no such check', {
        params: { option: '--require', accepted: Object.keys(requirable).join(',') },
      })
  return names
}

/** The instant of `--at`; a day is its first instant in UTC. @throws CliError `CLI_WRONG_OPTION` */
export function instantOf(text: string | undefined, clock: () => number): string {
  if (text === undefined) return new Date(clock()).toISOString()
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d|$)/.test(text) ? Date.parse(text) : Number.NaN
  // Date.parse takes 31 February for 3 March.
  const exists = !Number.isNaN(time) && (text.length > 10 || new Date(time).toISOString().startsWith(text))
  if (!exists) throw new CliError('CLI_WRONG_OPTION', 'not a date', { params: { option: '--at', accepted: 'YYYY-MM-DD' } })
  return new Date(time).toISOString()
}

/** Eight bytes that nobody can guess: a constant one makes the answer replayable. */
export function challengeOf(text: string | undefined): Uint8Array | undefined {
  if (text === undefined) return undefined
  const challenge = /^[0-9a-f]{16}$/i.test(text) ? decodeHex(text) : undefined
  if (challenge === undefined || challenge.every((byte) => byte === challenge[0]))
    throw new CliError('CLI_WRONG_OPTION', 'not a challenge of eight bytes', {
      params: { option: '--challenge', accepted: '16 hex digits' },
    })
  return challenge
}
