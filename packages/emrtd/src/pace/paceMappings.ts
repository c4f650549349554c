import type { PaceMapping } from '../lds/securityInfos.js'
import type { MapNonce } from './MapNonce.js'
import { mapGeneric } from './mapGeneric.js'

/** The mappings that are implemented; an offer with another is `PACE_UNSUPPORTED`. */
export const paceMappings: Readonly<Partial<Record<PaceMapping, MapNonce>>> = { GM: mapGeneric }
