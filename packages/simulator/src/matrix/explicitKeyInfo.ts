import { bigIntToBytes, concatBytes } from '@cccd/core'
import { curveParameters } from '@cccd/crypto'
import { bitString, integer, objectIdentifier, octetString, sequence } from '../asn1/der.js'
import type { CertificateDraft, Change } from './CertificateDraft.js'

export interface ExplicitForm {
  readonly version?: number
  /** `own`: the public point itself. */
  readonly generator?: 'compressed' | 'own'
  /** `none`: left out. */
  readonly cofactor?: number | 'none'
  readonly seed?: boolean
}

/** The subject's key with every parameter of its curve written out, in another form or with another number. */
export function explicitKeyInfo(form: ExplicitForm): Change<CertificateDraft> {
  return (draft) => {
    const { subjectKey } = draft
    if (subjectKey.type !== 'ec') throw new TypeError('only elliptic-curve keys have curves')
    const { p, a, b, gx, gy, n, h } = curveParameters(subjectKey.curve)
    const length = Math.ceil(p.toString(16).length / 2)
    const element = (value: bigint): Uint8Array => bigIntToBytes(value, length)
    const large = (value: bigint): Uint8Array => integer(bigIntToBytes(value, length + 1))
    const compressed = concatBytes(Uint8Array.of((gy & 1n) === 0n ? 2 : 3), element(gx))
    const whole = form.generator === 'own' ? subjectKey.point : concatBytes(Uint8Array.of(4), element(gx), element(gy))
    const parameters = sequence(
      integer(form.version ?? 1),
      sequence(objectIdentifier('1.2.840.10045.1.1'), large(p)),
      sequence(octetString(element(a)), octetString(element(b)), ...(form.seed === true ? [bitString(new Uint8Array(20))] : [])),
      octetString(form.generator === 'compressed' ? compressed : whole),
      large(n),
      ...(form.cofactor === 'none' ? [] : [form.cofactor === undefined ? large(h) : integer(form.cofactor)]),
    )
    const algorithm = sequence(objectIdentifier('1.2.840.10045.2.1'), parameters)
    return { ...draft, publicKeyInfo: sequence(algorithm, bitString(subjectKey.point)) }
  }
}
