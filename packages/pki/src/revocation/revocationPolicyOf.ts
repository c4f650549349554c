import type { RevocationInput, RevocationPolicy } from './RevocationInput.js'

const policies: readonly string[] = ['require', 'prefer', 'off'] satisfies RevocationPolicy[]

/**
 * The policy of revocation data, `off` without any. A word that is none (out of a configuration file, say) must not mean less than what was meant.
 * @throws RangeError for a policy that is none
 */
export function revocationPolicyOf(input: Pick<RevocationInput, 'policy'> | undefined): RevocationPolicy {
  if (input === undefined) return 'off'
  if (!policies.includes(input.policy)) throw new RangeError('a revocation policy is require, prefer or off')
  return input.policy
}
