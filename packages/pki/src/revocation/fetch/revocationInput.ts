import { tryParseOcspResponse } from '../parseOcspResponse.js'
import { tryParseRevocationList } from '../parseRevocationList.js'
import type { RevocationInput, RevocationPolicy } from '../RevocationInput.js'
import type { RevocationMaterial } from './RevocationMaterial.js'

/**
 * What `verifyChain` and `verifyReading` take as `revocation`, from bytes at hand: fetched now, or stored with an earlier verdict. The same
 * bytes give the same checks. Bytes that cannot be read are left out, as if they had never come.
 *
 * @example
 * await verifyReading(reading, { trust, at: record.at, revocation: revocationInput(record.material, 'require') })
 */
export function revocationInput(
  material: readonly Pick<RevocationMaterial, 'type' | 'bytes'>[],
  policy: RevocationPolicy,
): RevocationInput {
  const lists = []
  const responses = []
  for (const { type, bytes } of material)
    if (type === 'crl') {
      const list = tryParseRevocationList(bytes)
      if (list.ok) lists.push(list.value)
    } else {
      const response = tryParseOcspResponse(bytes)
      if (response.ok) responses.push(response.value)
    }
  return { lists, responses, policy }
}
