import { DhGroup } from '../dh/DhGroup.js'
import { portableGroupPower } from '../dh/portableGroupPower.js'
import { EcPrivateKey } from '../ec/EcPrivateKey.js'
import { PortableCurve } from '../ec/PortableCurve.js'
import { PortableEcPublicKey } from '../ec/PortableEcPublicKey.js'
import { pauseByMacrotask } from '../pause.js'
import { type CryptoPort, type CurveName, curveNames, type DhGroupName, dhGroupNames, hashAlgorithms } from '../port.js'
import { portableCrypto, primitives } from '../portable/portableCrypto.js'
import { RsaPrivateKey } from '../rsa/RsaPrivateKey.js'
import { RsaPublicKey } from '../rsa/RsaPublicKey.js'
import { Slices } from '../Slices.js'
import { tripleDesPort } from '../symmetric/tripleDesPort.js'
import { NodeEcPublicKey, nodeHasEcdsa } from './NodeEcPublicKey.js'
import { nodeAes, nodeHasAes, nodeHasTripleDes, nodeTripleDes } from './nodeCiphers.js'
import { NodeCurve, nodeCurveName } from './nodeCurves.js'
import { nodeGroupPower, nodeHasDhGroup } from './nodeDhGroups.js'
import { createNodeHash, nodeHash, nodeHashName } from './nodeHashes.js'
import { nodeHasRsa, nodeRsaOperation, nodeRsaPrivateOperation } from './nodeRsa.js'

export interface NodeCryptoOptions {
  /**
   * Primitives (names of `CryptoPort.backends`, e.g. `curve:brainpoolP256r1`, `aes`) to take from the portable backend though the
   * runtime has them: how another runtime's mixture is tried here.
   */
  readonly without?: readonly string[]
}

/**
 * `node:crypto`, primitive by primitive: each is asked for a known answer when it is first needed, and taken from the portable backend
 * where the runtime has not got it.
 * @throws RangeError when `without` names no primitive
 * @example nodeCrypto().backends['curve:brainpoolP512r1'] // 'node', or 'portable' under Bun
 */
export function nodeCrypto(options: NodeCryptoOptions = {}): CryptoPort {
  const without = new Set(options.without)
  for (const primitive of without) if (!primitives.includes(primitive)) throw new RangeError('without names an unknown primitive')
  const portable = portableCrypto()
  const slices = new Slices(pauseByMacrotask)

  const hashName = (algorithm: (typeof hashAlgorithms)[number]): string | undefined =>
    without.has(`hash:${algorithm}`) ? undefined : nodeHashName(algorithm)
  const hash: CryptoPort['hash'] = (algorithm, ...data) => {
    const name = hashName(algorithm)
    return name === undefined ? portable.hash(algorithm, ...data) : nodeHash(name, data)
  }
  const hasAes = (): boolean => !without.has('aes') && nodeHasAes()
  const hasTripleDes = (): boolean => !without.has('3des') && nodeHasTripleDes()
  const hasRsa = (): boolean => !without.has('rsa') && nodeHasRsa()
  const hasEcdsa = (name: CurveName): boolean => !without.has(`ecdsa:${name}`) && nodeHasEcdsa(name)
  const nativeCurve = (name: CurveName): string | undefined => (without.has(`curve:${name}`) ? undefined : nodeCurveName(name))
  const curve: CryptoPort['curve'] = (name) => {
    const portableCurve = new PortableCurve(name, slices)
    const native = nativeCurve(name)
    return native === undefined ? portableCurve : new NodeCurve(native, portableCurve)
  }

  const hasDhGroup = (name: DhGroupName): boolean => !without.has(`dh:${name}`) && nodeHasDhGroup(name)

  return {
    name: 'node',
    get backends() {
      const native = new Set<string>()
      for (const algorithm of hashAlgorithms) if (hashName(algorithm) !== undefined) native.add(`hash:${algorithm}`)
      if (hasAes()) native.add('aes').add('cmac')
      if (hasTripleDes()) native.add('3des')
      if (hasRsa()) native.add('rsa')
      for (const name of curveNames) {
        if (nativeCurve(name) !== undefined) native.add(`curve:${name}`)
        if (hasEcdsa(name)) native.add(`ecdsa:${name}`)
      }
      for (const name of dhGroupNames) if (hasDhGroup(name)) native.add(`dh:${name}`)
      return Object.fromEntries(
        Object.entries(portable.backends).map(([primitive, backend]) => [primitive, native.has(primitive) ? 'node' : backend]),
      )
    },
    hash,
    createHash(algorithm) {
      const name = hashName(algorithm)
      return name === undefined ? portable.createHash(algorithm) : createNodeHash(name)
    },
    get aes() {
      return hasAes() ? nodeAes : portable.aes
    },
    async tripleDes() {
      return hasTripleDes() ? tripleDesPort(nodeTripleDes) : portable.tripleDes()
    },
    curve,
    dhGroup(name) {
      const power = portableGroupPower(name, slices)
      return new DhGroup(name, hasDhGroup(name) ? nodeGroupPower(name, power) : power)
    },
    async importPublicKey(spec) {
      if (spec.type === 'rsa')
        return hasRsa() ? new RsaPublicKey(spec, hash, nodeRsaOperation, slices) : portable.importPublicKey(spec)
      const portableKey = () => new PortableEcPublicKey(spec, slices)
      return hasEcdsa(spec.curve) ? new NodeEcPublicKey(spec, portableKey) : portableKey()
    },
    async importPrivateKey(spec) {
      if (spec.type === 'ec') return EcPrivateKey.import(spec, curve(spec.curve))
      return hasRsa() ? new RsaPrivateKey(spec, hash, nodeRsaPrivateOperation, slices) : portable.importPrivateKey(spec)
    },
  }
}
