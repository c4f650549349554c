import type { Attack } from './Attack.js'
import { clone } from './clone.js'
import { editDg13 } from './editDg13.js'
import { expired } from './expired.js'
import { replayedAa } from './replayedAa.js'
import { sameNameCsca } from './sameNameCsca.js'
import { skipAa } from './skipAa.js'
import { swapPhoto } from './swapPhoto.js'
import { unknownCsca } from './unknownCsca.js'

export const attackNames = [
  'clone',
  'swap-photo',
  'edit-dg13',
  'unknown-csca',
  'same-name-csca',
  'skip-aa',
  'expired',
  'replayed-aa',
] as const

export type AttackName = (typeof attackNames)[number]

/** Every attack by its name. */
export const attacks: Readonly<Record<AttackName, Attack>> = {
  clone,
  'swap-photo': swapPhoto,
  'edit-dg13': editDg13,
  'unknown-csca': unknownCsca,
  'same-name-csca': sameNameCsca,
  'skip-aa': skipAa,
  expired,
  'replayed-aa': replayedAa,
}

/** Whether a text names an attack. */
export function isAttackName(name: string): name is AttackName {
  return Object.hasOwn(attacks, name)
}
