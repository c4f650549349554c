import { encodeTlv } from '@cccd/core'
import { extensionOids } from '@cccd/pki'
import { signatureIdentifier } from '../asn1/algorithmIdentifier.js'
import { generalizedTimeText, objectIdentifier, sequence } from '../asn1/der.js'
import type { CertificateDraft, Change } from './CertificateDraft.js'
import { explicitKeyInfo } from './explicitKeyInfo.js'
import type { MatrixEncoding } from './matrixEncodings.js'
import { pssKeyInfo } from './pssKeyInfo.js'

const withSerialNumber =
  (first: number, length: number): Change<CertificateDraft> =>
  (draft, { random }) => {
    const serialNumber = random(length)
    serialNumber[0] = first
    return { ...draft, serialNumber }
  }

/** A time of a certificate as GeneralizedTime, whatever it was. */
function asGeneralizedTime(time: Uint8Array): Uint8Array {
  // UTCTime until 2049: of this century.
  return time[0] === 0x17 ? encodeTlv(0x18, Uint8Array.of(0x32, 0x30), time.subarray(2)) : time
}

/** ECDSA with the NULL that RFC 5758 forbids and some write. */
const nullParameters: Change<CertificateDraft> = (draft) => {
  const { scheme } = draft.signature
  if (scheme.type !== 'ecdsa') return draft
  const stated = sequence(objectIdentifier(signatureIdentifier(scheme).algorithm), encodeTlv(0x05))
  return { ...draft, innerAlgorithm: stated, outerAlgorithm: stated }
}

const keyIdentifiers: readonly string[] = [extensionOids.authorityKeyIdentifier, extensionOids.subjectKeyIdentifier]

/** What each way of writing changes in every certificate, besides names. Absent: nothing there. */
export const certificateEncodings: Readonly<Partial<Record<MatrixEncoding, Change<CertificateDraft>>>> = {
  'negative-serial-number': withSerialNumber(0x91, 16),
  'zero-serial-number': (draft) => ({ ...draft, serialNumber: Uint8Array.of(0) }),
  'long-serial-number': withSerialNumber(0x41, 30),
  'null-parameters': nullParameters,
  'generalized-time': (draft) => ({
    ...draft,
    notBefore: asGeneralizedTime(draft.notBefore),
    notAfter: asGeneralizedTime(draft.notAfter),
  }),
  'valid-past-2050': (draft) => ({ ...draft, notAfter: encodeTlv(0x18, generalizedTimeText(new Date('2056-01-01T00:00:00Z'))) }),
  'no-key-identifiers': (draft) => ({
    ...draft,
    extensions: draft.extensions.filter(({ oid }) => !keyIdentifiers.includes(oid)),
  }),
  'curve-seed': explicitKeyInfo({ seed: true }),
  'compressed-generator': explicitKeyInfo({ generator: 'compressed' }),
  'parameters-version-3': explicitKeyInfo({ version: 3 }),
  'pss-keys': pssKeyInfo('own'),
  'pss-keys-free': pssKeyInfo('none'),
}
