import { expectTag, parseTlv, readOid } from '@cccd/core'
import type { PublicKey, SignatureScheme } from '@cccd/crypto'
import { readAlgorithmIdentifier } from '../algorithms/AlgorithmIdentifier.js'
import { signatureSchemeOf } from '../algorithms/signatureSchemeOf.js'
import { withCode } from '../errors.js'

const rsassaPss = '1.2.840.113549.1.1.10'

/**
 * The RSA key of a SubjectPublicKeyInfo, held to what its identifier allows (RFC 4055 1.2, 3.3): id-RSASSA-PSS to PSS alone, and with parameters
 * to their hashes and a salt no shorter. Another signature is none of that key.
 *
 * @throws PkiError `PKI_UNSUPPORTED_ALGORITHM` for parameters that this SDK does not compute, `PKI_BAD_PUBLIC_KEY`
 */
export function restrictedKey(key: PublicKey, subjectPublicKeyInfo: Uint8Array): PublicKey {
  const permits = restrictionIn(subjectPublicKeyInfo)
  if (permits === undefined) return key
  return {
    spec: key.spec,
    bits: key.bits,
    verify: async (scheme, message, signature) => permits(scheme) && key.verify(scheme, message, signature),
    recover: (signature) => key.recover(signature),
  }
}

function restrictionIn(subjectPublicKeyInfo: Uint8Array): ((scheme: SignatureScheme) => boolean) | undefined {
  const algorithm = withCode('PKI_BAD_PUBLIC_KEY', 'public key is malformed', () => {
    const [node] = parseTlv(subjectPublicKeyInfo, { rules: 'der', tag: 0x30 }).children()
    return readOid(expectTag(node, 0x30).children()[0]) === rsassaPss ? readAlgorithmIdentifier(node) : undefined
  })
  if (algorithm === undefined) return undefined
  if (algorithm.parameters === undefined) return ({ type }) => type === 'rsa-pss'
  const own = signatureSchemeOf(algorithm)
  if (own.type !== 'rsa-pss') return () => false
  return (scheme) =>
    scheme.type === 'rsa-pss' && scheme.hash === own.hash && scheme.mgfHash === own.mgfHash && scheme.saltLength >= own.saltLength
}
