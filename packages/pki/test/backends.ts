import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'

/** Both backends, for suites that run over each. */
export const backends = [
  { name: 'node', crypto: nodeCrypto() },
  { name: 'portable', crypto: portableCrypto() },
] as const
