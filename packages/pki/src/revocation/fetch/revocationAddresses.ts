import type { Certificate } from '../../certificate/Certificate.js'
import { readableValues } from '../../certificate/readableValues.js'
import { authorityAccessOf } from '../../path/authorityAccessOf.js'
import { distributionPointsOf } from '../distributionPoints.js'

export interface RevocationAddresses {
  /** For each distribution point the places of its list: one of them will do. */
  readonly lists: readonly (readonly string[])[]
  /** Responders: one of them will do. */
  readonly responders: readonly string[]
}

/** Foreign data decides how often we ask: no more than this of each. */
const maxPoints = 4
const maxPlaces = 3

/** Where a certificate says that its revocation is known. Extensions that cannot be read say nothing. */
export function revocationAddresses(certificate: Certificate): RevocationAddresses {
  return {
    lists: readableValues(() => distributionPointsOf(certificate))
      .slice(0, maxPoints)
      .map(({ name }) =>
        name?.type === 'full'
          ? name.names.flatMap((each) => (each.type === 'uniformResourceIdentifier' ? [each.value] : [])).slice(0, maxPlaces)
          : [],
      )
      .filter((places) => places.length > 0),
    responders: readableValues(() => authorityAccessOf(certificate).ocsp).slice(0, maxPlaces),
  }
}
