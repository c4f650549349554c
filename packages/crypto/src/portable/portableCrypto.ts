import { assertBytes } from '@cccd/core'
import { DhGroup } from '../dh/DhGroup.js'
import { portableGroupPower } from '../dh/portableGroupPower.js'
import { EcPrivateKey } from '../ec/EcPrivateKey.js'
import { PortableCurve } from '../ec/PortableCurve.js'
import { PortableEcPublicKey } from '../ec/PortableEcPublicKey.js'
import { portableHash } from '../hash/portableHashes.js'
import { type Pause, pauseByMacrotask } from '../pause.js'
import { type CryptoPort, curveNames, dhGroupNames, type HashAlgorithm, hashAlgorithms, type IncrementalHash } from '../port.js'
import { portableRsaPrivateOperation, RsaPrivateKey } from '../rsa/RsaPrivateKey.js'
import { portableRsaOperation, RsaPublicKey } from '../rsa/RsaPublicKey.js'
import { Slices } from '../Slices.js'
import { forgeTripleDes } from '../symmetric/forgeTripleDes.js'
import { portableAes } from '../symmetric/portableAes.js'

export interface PortableCryptoOptions {
  /** Awaited between the slices of public-key operations (default: a macrotask of the runtime). */
  readonly pause?: Pause
}

/**
 * The backend that runs everywhere: noble's curves, ciphers and hashes, node-forge's 3DES, RSA over BigInt.
 * BigInt is not constant in time: keys of a chip session live for seconds, long-lived signing keys belong elsewhere.
 * @example const digest = portableCrypto().hash('sha256', data)
 */
export function portableCrypto(options: PortableCryptoOptions = {}): CryptoPort {
  const slices = new Slices(options.pause ?? pauseByMacrotask)
  const curve: CryptoPort['curve'] = (name) => new PortableCurve(name, slices)
  return {
    name: 'portable',
    backends: portableBackends(),
    hash: hashPortably,
    createHash: (algorithm) => createPortableHash(algorithm),
    aes: portableAes,
    tripleDes: forgeTripleDes,
    curve,
    dhGroup: (name) => new DhGroup(name, portableGroupPower(name, slices)),
    async importPublicKey(spec) {
      return spec.type === 'ec'
        ? new PortableEcPublicKey(spec, slices)
        : new RsaPublicKey(spec, hashPortably, portableRsaOperation, slices)
    },
    async importPrivateKey(spec) {
      return spec.type === 'ec'
        ? EcPrivateKey.import(spec, curve(spec.curve))
        : new RsaPrivateKey(spec, hashPortably, portableRsaPrivateOperation, slices)
    },
  }
}

function hashPortably(algorithm: HashAlgorithm, ...data: readonly Uint8Array[]): Uint8Array {
  for (const part of data) assertBytes(part, 'data')
  const [only] = data
  if (data.length === 1 && only !== undefined) return portableHash(algorithm)(only)
  const state = portableHash(algorithm).create()
  for (const part of data) state.update(part)
  return state.digest()
}

function createPortableHash(algorithm: HashAlgorithm): IncrementalHash {
  const state = portableHash(algorithm).create()
  const incremental: IncrementalHash = {
    update(data) {
      assertBytes(data, 'data')
      state.update(data)
      return incremental
    },
    digest: () => state.digest(),
  }
  return incremental
}

/** Every primitive's name in {@link CryptoPort.backends}. */
export const primitives: readonly string[] = [
  ...hashAlgorithms.map((name) => `hash:${name}`),
  'aes',
  'cmac',
  '3des',
  'rsa',
  ...curveNames.flatMap((name) => [`curve:${name}`, `ecdsa:${name}`]),
  ...dhGroupNames.map((name) => `dh:${name}`),
  'multiply',
  'ecdsa-sign',
]

function portableBackends(): Readonly<Record<string, string>> {
  return Object.fromEntries(primitives.map((primitive) => [primitive, primitive === '3des' ? 'node-forge' : 'portable']))
}
