import type { PaceInfo } from '../lds/securityInfos.js'
import type { GroupName } from './paceParameters.js'

/** Why there is no such way of PACE. */
export type PaceExclusion = 'im-needs-p-3-mod-4' | 'cam-needs-ecdh' | 'cam-needs-aes'

/**
 * What the standard excludes: chip-authentication mapping has identifiers for ECDH with AES only (Doc 9303-11, 9.2.1); the point encoding
 * of integrated mapping needs a prime that is 3 modulo 4, and that of P-224 is 1 (appendix B).
 */
export function paceExclusion(
  { mapping, agreement, cipher }: Pick<PaceInfo, 'mapping' | 'agreement' | 'cipher'>,
  group: GroupName,
): PaceExclusion | undefined {
  if (mapping === 'CAM' && cipher === '3DES') return 'cam-needs-aes'
  if (mapping === 'CAM' && agreement === 'DH') return 'cam-needs-ecdh'
  return mapping === 'IM' && group === 'P-224' ? 'im-needs-p-3-mod-4' : undefined
}
