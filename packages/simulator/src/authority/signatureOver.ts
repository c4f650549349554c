import type { CryptoPort, RandomSource } from '@cccd/crypto'
import type { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import { signatureIdentifier } from '../asn1/algorithmIdentifier.js'
import type { DemoAuthority } from '../issuer/DemoIssuer.js'
import { signatureScheme } from '../issuer/KeyAlgorithm.js'

/** What answers and lists are made with. */
export interface AuthorityContext {
  /** The authority's own clock, ISO 8601. */
  readonly at: string
  readonly crypto?: CryptoPort
  readonly random: RandomSource
}

/** The AlgorithmIdentifier with which an authority signs. */
export const algorithmOf = ({ algorithm }: DemoAuthority): AlgorithmIdentifier => signatureIdentifier(signatureScheme(algorithm))

/** The signature of an authority over what it says; `broken` turns one bit of it. */
export async function signatureOver(
  message: Uint8Array,
  signer: DemoAuthority,
  { crypto, random, broken }: { readonly crypto: CryptoPort; readonly random: RandomSource; readonly broken: boolean },
): Promise<Uint8Array> {
  const key = await crypto.importPrivateKey(signer.privateKey)
  const signature = (await key.sign(signatureScheme(signer.algorithm), message, random)).slice()
  const last = signature.length - 1
  if (broken) signature[last] = (signature[last] as number) ^ 1
  return signature
}
