import type { DhGroupName } from '../port.js'
import { unsupported } from '../unsupported.js'
import { type DhGroupParameters, dhGroupTable } from './dhGroupTable.js'

/**
 * The domain parameters of a named group. @throws CryptoError `CRYPTO_UNSUPPORTED` for a name that is not a {@link DhGroupName}
 * @example dhGroupParameters('rfc5114-2048-256').q
 */
export function dhGroupParameters(name: DhGroupName): DhGroupParameters {
  if (!Object.hasOwn(dhGroupTable, name)) throw unsupported('group')
  return dhGroupTable[name]
}
