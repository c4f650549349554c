import type { PrivateKeySpec, PublicKeySpec } from './port.js'

/** The public half of a private key. */
export function publicKeyOf(spec: PrivateKeySpec): PublicKeySpec {
  return spec.type === 'ec'
    ? { type: 'ec', curve: spec.curve, point: spec.point }
    : { type: 'rsa', modulus: spec.modulus, exponent: spec.exponent }
}
