import { type CurveName, curveNames, type HashAlgorithm, type PrivateKeySpec, type RandomSource } from '@cccd/crypto'
import { generateKeyPair } from '@cccd/crypto/default'
import { SimulatorError } from '../errors.js'
import type { ActiveAuthenticationMethod } from './CardImage.js'

/** Kinds of active authentication key, e.g. `rsa-1536`, `ecdsa-brainpoolP256r1`. */
export type ActiveAuthenticationKeyName = `rsa-${(typeof rsaBits)[number]}` | `ecdsa-${CurveName}`

const rsaBits = [1024, 1280, 1536, 1792, 2048, 3072, 4096] as const
const rsaSizes: ReadonlyMap<string, number> = /* @__PURE__ */ new Map(rsaBits.map((bits) => [`rsa-${bits}`, bits]))

/** Whether a text names a kind of key that cards can have. */
export function isActiveAuthenticationKeyName(name: string): name is ActiveAuthenticationKeyName {
  return rsaSizes.has(name) || curveNames.some((curve) => name === `ecdsa-${curve}`)
}

/** The largest SHA-2 hash that is not longer than the order of the curve (Doc 9303-11, 6.1.2.3). */
function hashFor(curve: CurveName): HashAlgorithm {
  const bits = Number(/\d+/.exec(curve)?.[0])
  if (bits >= 512) return 'sha512'
  if (bits >= 384) return 'sha384'
  if (bits >= 256) return 'sha256'
  return bits >= 224 ? 'sha224' : 'sha1'
}

/** A key of the kind and how it signs. @throws SimulatorError `SIMULATOR_UNSUPPORTED` for a name that is none */
export async function activeAuthenticationKey(
  name: ActiveAuthenticationKeyName,
  random: RandomSource,
): Promise<{ key: PrivateKeySpec; method: ActiveAuthenticationMethod }> {
  if (!isActiveAuthenticationKeyName(name))
    throw new SimulatorError('SIMULATOR_UNSUPPORTED', 'no such kind of active authentication key')
  const bits = rsaSizes.get(name)
  if (bits !== undefined)
    return { key: await generateKeyPair({ type: 'rsa', bits }, random), method: { type: 'rsa', trailer: 'BC' } }
  const curve = name.slice('ecdsa-'.length) as CurveName
  return { key: await generateKeyPair({ type: 'ec', curve }, random), method: { type: 'ecdsa', hash: hashFor(curve) } }
}
