import type { PaceMapping } from '../lds/securityInfos.js'
import type { MapNonce } from './MapNonce.js'
import { mapGeneric } from './mapGeneric.js'

/** The mappings. Integrated mapping is rare and loaded when a chip wants it. */
export const paceMappings: Readonly<Record<PaceMapping, () => Promise<MapNonce>>> = {
  GM: async () => mapGeneric,
  CAM: async () => mapGeneric,
  IM: async () => (await import('../later.js')).mapIntegrated,
}
