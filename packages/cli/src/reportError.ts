import { isCccdError } from '@cccd/core'
import { adviceFor } from './adviceFor.js'
import type { Context } from './Context.js'
import { exitCodeOf } from './exitCodes.js'
import { paint } from './terminal/Look.js'
import { indent } from './terminal/wrap.js'

/** Tells what went wrong and what to do: advice and code, never a stack, never a message of a foreign error. */
export async function reportError(error: unknown, context: Context): Promise<void> {
  const advice = await adviceFor(error, context.language)
  const known = isCccdError(error) ? error : undefined
  const code = known?.code ?? 'CLI_UNEXPECTED'
  const params = { ...(known?.params ?? {}), ...(known === undefined ? { kind: kindOf(error) } : {}) }
  const details = {
    code,
    ...(known?.step === undefined ? {} : { step: known.step }),
    ...(known?.sw === undefined ? {} : { sw: known.sw.toString(16).toUpperCase().padStart(4, '0') }),
    retryable: known?.retryable ?? false,
    params,
  }
  context.result({ error: { ...details, advice }, exitCode: exitCodeOf(error) })
  const look = context.errorLook
  for (const line of indent(advice, 2, look.columns, paint(look, 'red', '✗ '))) context.note(line)
  const facts = [
    code,
    ...(details.step === undefined ? [] : [details.step]),
    ...(details.sw === undefined ? [] : [`SW ${details.sw}`]),
    ...Object.entries(params).map(([name, value]) => `${name}: ${value}`),
  ]
  for (const line of indent(facts.join(' · '), 2, look.columns)) context.note(paint(look, 'dim', line))
}

/** The class of a foreign error; its message may quote what it stumbled over. */
function kindOf(error: unknown): string {
  return error instanceof Error && /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'unknown'
}
