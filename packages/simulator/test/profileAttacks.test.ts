import { type AttackName, attackNames, type CardProfileName } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { wrongWith } from './support/attackOutcome.js'
import { cardOf, inspect } from './support/kinds.js'

// Each attack once, on cards that differ; every pair runs in the full suite.
const sample: readonly (readonly [CardProfileName, readonly AttackName[]])[] = [
  ['nz-3des', ['clone', 'replayed-aa', 'same-name-csca', 'pace-downgrade']],
  ['pt-der-aa', ['clone', 'skip-aa', 'edit-dg13', 'pace-downgrade']],
  ['at-td3', ['cam-key', 'swap-photo', 'expired', 'unknown-csca']],
  ['de-cam', ['cam-key', 'clone', 'pace-downgrade']],
  ['bac-only', ['edit-dg1', 'expired', 'clone', 'pace-downgrade']],
]

describe('attacks on cards of other states', () => {
  it.each(sample)('%s', async (profile, names) => {
    const card = await cardOf(profile)
    const genuine = await inspect(card)
    for (const name of names) expect([name, await wrongWith(card, genuine, name)]).toEqual([name, []])
  })

  it('each at least once', () => {
    expect(new Set(sample.flatMap(([, names]) => names))).toEqual(new Set(attackNames))
  })
})
