import type { CommandSpec } from '../CommandSpec.js'
import type { Context } from '../Context.js'
import { type ExitCode, exitCodes } from '../exitCodes.js'

interface TrustPinOptions {
  readonly pins: string
  readonly operator: string
  readonly source?: string
  readonly from?: string
  readonly to?: string
}

const common: CommandSpec['options'] = [
  { flags: '--pins <file>', text: 'option.pins', required: true },
  { flags: '--operator <name>', text: 'option.operator', required: true },
]

/** `cccd trust pin FINGERPRINT`: a first operator asks for a pin, a second one confirms it. */
export const trustPin: CommandSpec<TrustPinOptions> = {
  path: ['trust', 'pin'],
  arguments: [{ name: '<fingerprint>', text: 'trustPin.argument' }],
  options: [
    ...common,
    { flags: '--source <text>', text: 'option.pinSource' },
    { flags: '--from <date>', text: 'option.pinFrom' },
    { flags: '--to <date>', text: 'option.pinTo' },
  ],
  text: 'trustPin.about',
  run: (context, options, fingerprint = '') => change(context, 'pin', fingerprint, options),
}

/** `cccd trust unpin FINGERPRINT`: withdraws a pin at once. */
export const trustUnpin: CommandSpec<TrustPinOptions> = {
  path: ['trust', 'unpin'],
  arguments: [{ name: '<fingerprint>', text: 'trustPin.argument' }],
  options: common,
  text: 'trustUnpin.about',
  run: (context, options, fingerprint = '') => change(context, 'unpin', fingerprint, options),
}

async function change(
  context: Context,
  action: 'pin' | 'unpin',
  fingerprint: string,
  { pins, operator, source, from, to }: TrustPinOptions,
): Promise<ExitCode> {
  const { pinsOf } = await import('@cccd/pki/trust')
  const { updatePinFile } = await import('@cccd/pki/node')
  const file = await updatePinFile(pins, {
    action,
    fingerprint,
    operator,
    at: new Date(context.io.clock()).toISOString(),
    ...(source !== undefined && { source }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  })
  const changed = file.events[file.events.length - 1]?.fingerprint
  const pin = pinsOf(file).find((each) => each.fingerprint === changed)
  const state = pin?.withdrawn === true ? 'withdrawn' : (pin?.confirmedBy.length ?? 0) < 2 ? 'requested' : 'confirmed'
  context.result({ command: `trust ${action}`, state, pin, exitCode: exitCodes.ok })
  context.say(context.t(`trustPin.${state}`))
  return exitCodes.ok
}
