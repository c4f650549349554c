import { concatBytes, encodeTlv, parseTlv } from '@cccd/core'
import { objectIdentifier, sequence } from '../asn1/der.js'
import type { Change, SignatureDraft } from './CertificateDraft.js'
import { forgeForExponent3 } from './forgeForExponent3.js'
import type { MatrixDefect } from './matrixDefects.js'
import { otherHash } from './otherHash.js'

/** What has a signature: a certificate, a security object, a revocation list. */
export interface SignedDraft {
  readonly signature: SignatureDraft
}

export const unknownAlgorithm = sequence(objectIdentifier('1.3.6.1.4.1.99999.2'))
/** id-RSASSA-PSS alone. */
export const absentParameters = sequence(objectIdentifier('1.2.840.113549.1.1.10'))

const finishing =
  (finish: (signature: Uint8Array) => Uint8Array): Change<SignedDraft> =>
  ({ signature }) => ({ signature: { ...signature, finish } })

function broken(signature: Uint8Array): Uint8Array {
  const out = signature.slice()
  const last = out.length - 1
  out[last] = (out[last] as number) ^ 1
  return out
}

/** r of an ECDSA signature with a zero before it (X.690, 8.3.2), an RSA signature a byte longer (RFC 8017, 8.1.2). */
const padded: Change<SignedDraft> = (draft, { algorithm, ...context }) =>
  finishing((signature) => {
    if (algorithm.type === 'rsa') return concatBytes(Uint8Array.of(0), signature)
    const [r, s] = parseTlv(signature).children()
    if (r === undefined || s === undefined) throw new TypeError('no ECDSA signature')
    return sequence(encodeTlv(0x02, Uint8Array.of(0), r.value), s.raw)
  })(draft, { algorithm, ...context })

const wrongSalt: Change<SignedDraft> = ({ signature }) => {
  const { scheme } = signature
  if (scheme.type !== 'rsa-pss') throw new TypeError('only PSS has a salt')
  return { signature: { ...signature, scheme: { ...scheme, saltLength: scheme.saltLength === 0 ? 1 : scheme.saltLength - 1 } } }
}

const forged: Change<SignedDraft> = ({ signature }, { crypto }) => ({
  signature: { ...signature, finish: ({ length }, message) => forgeForExponent3(crypto.hash('sha256', message), length) },
})

/** Defects of a signature alone, whatever it is over: what is stated of it stays. */
export const signatureDefects = {
  'other-key': async ({ signature }, { otherKey }) => ({ signature: { ...signature, key: await otherKey() } }),
  'broken-signature': finishing(broken),
  'padded-signature': padded,
  'other-hash': ({ signature }) => ({
    signature: { ...signature, scheme: { ...signature.scheme, hash: otherHash(signature.scheme.hash) } },
  }),
  'wrong-salt': wrongSalt,
  'forged-for-exponent-3': forged,
} as const satisfies Readonly<Partial<Record<MatrixDefect, Change<SignedDraft>>>>
