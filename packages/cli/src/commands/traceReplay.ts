import type { Trace } from '@cccd/iso7816'
import type { TrustStore } from '@cccd/pki'
import type { CommandSpec } from '../CommandSpec.js'
import type { Context } from '../Context.js'
import { type AccessOptions, accessGiven, accessOptions } from '../files/accessFor.js'
import { loadTrust, type TrustOptions } from '../files/loadTrust.js'
import { loadTrace } from '../files/traceFile.js'
import { printReport } from '../report/printReport.js'
import { reportJson } from '../report/reportJson.js'
import { verdictOf } from '../report/verdictOf.js'
import { indent } from '../terminal/wrap.js'
import { challengeOf, instantOf, requiredOf, type VerifyOptions, verifyOptions } from './verify.js'

type ReplayOptions = AccessOptions & VerifyOptions

/** `cccd trace replay FILE`: the recorded read once more, without a card, and its verification. */
export const traceReplay: CommandSpec<ReplayOptions> = {
  path: ['trace', 'replay'],
  arguments: [{ name: '<file>', text: 'trace.argument' }],
  options: [
    ...accessOptions,
    ...verifyOptions,
    { flags: '--challenge <hex>', text: 'option.challenge' },
    { flags: '--reveal', text: 'option.reveal' },
  ],
  text: 'trace.replay.about',
  async run(context, options, path = '') {
    const required = requiredOf(options.require)
    const at = instantOf(options.at, context.io.clock)
    const expected = challengeOf(options.challenge)
    const trace = await loadTrace(path)
    const given = await accessGiven(options, context)
    const { replay } = await import('@cccd/iso7816')
    const { decodeReading, encodeReading, parseTraceContext, readChip, verifyReading } = await import('@cccd/emrtd')
    const { access, ...asked } = { access: [], ...(trace.context === undefined ? {} : parseTraceContext(trace.context)) }
    const channel = replay(trace)
    const reading = await readChip(channel, {
      ...asked,
      access: given ?? access,
      random: channel.random,
      clock: context.io.clock,
    })
    const trust = await trustFor(trace, options, context)
    // Nobody here saw the chip: what only the live channel can prove is not proven by its recording.
    const told = decodeReading(encodeReading(reading))
    // A challenge that comes with the answer proves nothing; that of a DEMO is for looking at.
    const challenge = expected ?? (trace.scrubbed ? asked.activeAuthentication?.challenge : undefined)
    const expect = challenge === undefined ? {} : { expect: { activeAuthenticationChallenge: challenge } }
    const report = await verifyReading(told, { trust, at, ...expect })
    const code = verdictOf(report.checks, required)
    const { remaining } = channel
    context.result({
      command: 'trace replay',
      demo: trust.allowDemo,
      remaining,
      ...reportJson(report, options.reveal === true),
      exitCode: code,
    })
    await printReport(context, report, { code, reveal: options.reveal === true, demo: trust.allowDemo })
    for (const row of indent(context.t('trace.replay.note'), 2, context.look.columns)) context.say(context.paint('dim', row))
    return code
  },
}

/** A scrubbed trace brings the country CA of its DEMO with it; any other is judged by what the caller trusts. */
async function trustFor(trace: Trace, options: TrustOptions, context: Context): Promise<TrustStore> {
  const { demoAnchors } = await import('@cccd/simulator')
  const anchors = demoAnchors(trace).map((certificate) => ({ certificate, source: 'DEMO' }))
  if (anchors.length === 0 || options.trust !== undefined || options.pin !== undefined) return loadTrust(options, context)
  const { createTrustStore } = await import('@cccd/pki')
  return createTrustStore({ anchors, allowDemo: true })
}
