import type { Mapping } from './Mapping.js'

/** Generic mapping, by a Diffie-Hellman of its own (Doc 9303-11, 4.4.3.3.1); chip-authentication mapping begins alike (4.4.3.3.3). */
export const mapGeneric: Mapping = async ({ group, random, nonce, data }) => {
  const scalar = group.randomScalar(random)
  const generator = await group.mapNonce(nonce, await group.multiply(scalar, data))
  return { generator, answer: await group.publicKey(scalar), scalar }
}
