import { signatureIdentifier } from '../asn1/algorithmIdentifier.js'
import { bitString, integer, objectIdentifier, sequence } from '../asn1/der.js'
import { encode } from '../asn1/encode.js'
import type { CertificateDraft, Change } from './CertificateDraft.js'
import { otherHash } from './otherHash.js'

/** The subject's key under id-RSASSA-PSS (RFC 4055 3.1): with the parameters of its signatures, with those of another hash or a longer salt, or without. */
export function pssKeyInfo(parameters: 'own' | 'other-hash' | 'longer-salt' | 'none'): Change<CertificateDraft> {
  return (draft) => {
    const { subjectKey } = draft
    const { scheme } = draft.signature
    if (subjectKey.type !== 'rsa') throw new TypeError('only RSA keys sign with PSS')
    const { hash } = scheme
    const saltLength = (scheme.type === 'rsa-pss' ? scheme.saltLength : 0) + (parameters === 'longer-salt' ? 1 : 0)
    const restricted = parameters === 'other-hash' ? otherHash(hash) : hash
    const identifier =
      parameters === 'none'
        ? sequence(objectIdentifier('1.2.840.113549.1.1.10'))
        : encode(signatureIdentifier({ type: 'rsa-pss', hash: restricted, mgfHash: restricted, saltLength }))
    const key = sequence(integer(subjectKey.modulus), integer(subjectKey.exponent))
    return { ...draft, publicKeyInfo: sequence(identifier, bitString(key)) }
  }
}
