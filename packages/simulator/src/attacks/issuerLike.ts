import type { CardImage } from '../card/CardImage.js'
import type { IssuerOptions } from '../issuer/createIssuer.js'

/** What an attacker's issuer has in common with the genuine one: all that can be seen. */
export function issuerLike({ issuer }: CardImage): Pick<IssuerOptions, 'at' | 'state' | 'algorithms'> {
  const { at, state, csca, signer } = issuer
  return { at, state, algorithms: { csca: csca.algorithm, signer: signer.algorithm } }
}
