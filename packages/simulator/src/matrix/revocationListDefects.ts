import { encodeTlv } from '@cccd/core'
import { signatureIdentifier } from '../asn1/algorithmIdentifier.js'
import { sequence } from '../asn1/der.js'
import { encode } from '../asn1/encode.js'
import { shiftDate } from '../issuer/shiftDate.js'
import type { Change, DraftExtension } from './CertificateDraft.js'
import { draftName } from './draftCertificate.js'
import type { MatrixDefect } from './matrixDefects.js'
import type { RevocationListDraft } from './matrixRevocationList.js'
import { otherHash } from './otherHash.js'
import { absentParameters, type SignedDraft, signatureDefects, unknownAlgorithm } from './signatureDefects.js'

type ListChange = Change<RevocationListDraft>

const signing =
  (change: Change<SignedDraft>): ListChange =>
  async (draft, context) => ({ ...draft, ...(await change(draft, context)) })

const shifted =
  (days: number): ListChange =>
  ({ thisUpdate, nextUpdate, ...draft }) => ({
    ...draft,
    thisUpdate: shiftDate(thisUpdate, { days }),
    nextUpdate: nextUpdate && shiftDate(nextUpdate, { days }),
  })

const adding =
  (extension: DraftExtension): ListChange =>
  (draft) => ({ ...draft, extensions: [...draft.extensions, extension] })

/** IssuingDistributionPoint ::= SEQUENCE { …, onlySomeReasons [3], …, onlyContainsAttributeCerts [5] } (RFC 5280 5.2.5) */
const scope = (tag: number, value: Uint8Array): DraftExtension => ({
  oid: '2.5.29.28',
  critical: true,
  value: sequence(encodeTlv(tag, value)),
})

/** What each defect of a revocation list changes in it. */
export const revocationListDefects: Readonly<Partial<Record<MatrixDefect, ListChange>>> = {
  ...Object.fromEntries(Object.entries(signatureDefects).map(([defect, change]) => [defect, signing(change)])),
  expired: shifted(-60),
  'not-yet-valid': shifted(60),
  'no-next-update': (draft) => ({ ...draft, nextUpdate: undefined }),
  'algorithm-differs': (draft) => ({
    ...draft,
    innerAlgorithm: encode(signatureIdentifier({ ...draft.signature.scheme, hash: otherHash(draft.signature.scheme.hash) })),
  }),
  'unknown-algorithm': (draft) => ({ ...draft, innerAlgorithm: unknownAlgorithm, outerAlgorithm: unknownAlgorithm }),
  'pss-parameters-absent': (draft) => ({ ...draft, innerAlgorithm: absentParameters, outerAlgorithm: absentParameters }),
  'unknown-critical-extension': adding({ oid: '1.3.6.1.4.1.99999.1', critical: true, value: encodeTlv(0x05) }),
  // keyCompromise alone.
  'some-reasons': adding(scope(0x83, Uint8Array.of(6, 0x40))),
  'attribute-certificates-only': adding(scope(0x85, Uint8Array.of(0xff))),
  'other-issuer': (draft) => ({ ...draft, issuer: draftName('DEMO CSCA Other') }),
}
