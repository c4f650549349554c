import type { CryptoPort, RandomSource } from '@cccd/crypto'
import { signatureIdentifier } from '../asn1/algorithmIdentifier.js'
import { encode } from '../asn1/encode.js'
import type { DemoAuthority } from '../issuer/DemoIssuer.js'
import { signatureScheme } from '../issuer/KeyAlgorithm.js'
import { bitString, sequence } from './der.js'

/** What answers and lists are made with. */
export interface AuthorityContext {
  /** The authority's own clock, ISO 8601. */
  readonly at: string
  readonly crypto?: CryptoPort
  readonly random: RandomSource
}

/** The AlgorithmIdentifier with which an authority signs. */
export const algorithmOf = ({ algorithm }: DemoAuthority): Uint8Array => encode(signatureIdentifier(signatureScheme(algorithm)))

/** SEQUENCE { what is signed, signatureAlgorithm, signature BIT STRING, more }; `broken` turns one bit of the signature. */
export async function signed(
  tbs: Uint8Array,
  signer: DemoAuthority,
  context: { readonly crypto: CryptoPort; readonly random: RandomSource; readonly broken: boolean },
  ...more: readonly Uint8Array[]
): Promise<Uint8Array> {
  const key = await context.crypto.importPrivateKey(signer.privateKey)
  const signature = (await key.sign(signatureScheme(signer.algorithm), tbs, context.random)).slice()
  const last = signature.length - 1
  if (context.broken) signature[last] = (signature[last] as number) ^ 1
  return sequence(tbs, algorithmOf(signer), bitString(signature), ...more)
}
