import { type Check, checkOf, isCccdError } from '@cccd/core'
import { type AttackName, attacks, type CardImage } from '@cccd/simulator'
import { type Inspection, inspect } from './kinds.js'

/**
 * What is wrong with how a verifier took an attack: checks that differ from what the attack expects, that turned to passed, or that failed
 * without belonging to it. Nothing where the card gives the attack no hold, if it is refused. What the verifier could not tell of the
 * genuine card it need not tell of the attacker's.
 */
export async function wrongWith(card: CardImage, genuine: Inspection, name: AttackName): Promise<string[]> {
  const attack = attacks[name]
  const expected = attack.expected(card)
  if (expected.length === 0) {
    const outcome: unknown = await inspect(card, { attack: name }).catch((error: unknown) => error)
    return isCccdError(outcome, 'SIMULATOR_UNSUPPORTED') ? [] : ['not refused']
  }
  const { report } = await inspect(card, { attack: name })
  const told = ({ id, status, reason }: Check): string => `${id} ${status} ${reason ?? ''}`
  const failedBefore = (id: string): boolean => checkOf(genuine.report, id).status === 'failed'
  return [
    ...expected
      .filter(({ id }) => checkOf(genuine.report, id).status === 'passed')
      .filter(({ id, status, reason }) => {
        const found = checkOf(report, id)
        return found.status !== status || (reason !== undefined && found.reason !== reason)
      })
      .map(({ id, status, reason }) => `${id} should be ${status} ${reason ?? ''}, is ${told(checkOf(report, id))}`),
    ...report.checks
      .filter(({ id, status }) => status === 'passed' && checkOf(genuine.report, id).status !== 'passed')
      .map((check) => `newly ${told(check)}`),
    ...report.checks
      .filter(({ id, status }) => status === 'failed' && !failedBefore(id) && !expected.some((one) => one.id === id))
      .map((check) => `besides ${told(check)}`),
  ]
}
