import type { Attack } from './Attack.js'
import { camKey } from './camKey.js'
import { clone } from './clone.js'
import { editDg1 } from './editDg1.js'
import { editDg13 } from './editDg13.js'
import { expired } from './expired.js'
import { paceDowngrade } from './paceDowngrade.js'
import { replayedAa } from './replayedAa.js'
import { sameNameCsca } from './sameNameCsca.js'
import { skipAa } from './skipAa.js'
import { swapPhoto } from './swapPhoto.js'
import { unknownCsca } from './unknownCsca.js'

export const attackNames = [
  'clone',
  'swap-photo',
  'edit-dg1',
  'edit-dg13',
  'unknown-csca',
  'same-name-csca',
  'skip-aa',
  'expired',
  'replayed-aa',
  'cam-key',
  'pace-downgrade',
] as const

export type AttackName = (typeof attackNames)[number]

/** Every attack by its name. */
export const attacks: Readonly<Record<AttackName, Attack>> = {
  clone,
  'swap-photo': swapPhoto,
  'edit-dg1': editDg1,
  'edit-dg13': editDg13,
  'unknown-csca': unknownCsca,
  'same-name-csca': sameNameCsca,
  'skip-aa': skipAa,
  expired,
  'replayed-aa': replayedAa,
  'cam-key': camKey,
  'pace-downgrade': paceDowngrade,
}

/** Whether a text names an attack. */
export function isAttackName(name: string): name is AttackName {
  return Object.hasOwn(attacks, name)
}
