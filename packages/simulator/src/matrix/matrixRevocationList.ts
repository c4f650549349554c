import { concatBytes, encodeTlv } from '@cccd/core'
import { type PrivateKeySpec, publicKeyOf } from '@cccd/crypto'
import { signatureIdentifier } from '../asn1/algorithmIdentifier.js'
import { bitString, integer, sequence, time } from '../asn1/der.js'
import { encode } from '../asn1/encode.js'
import { keyIdentifierOf } from '../issuer/issueCertificate.js'
import { signatureScheme } from '../issuer/KeyAlgorithm.js'
import { shiftDate } from '../issuer/shiftDate.js'
import {
  type Change,
  type DraftExtension,
  type DraftName,
  encodeExtension,
  encodeName,
  type MatrixContext,
  type SignatureDraft,
  signDraft,
} from './CertificateDraft.js'
import { draftName } from './draftCertificate.js'

/** A revocation list before it is signed. */
export interface RevocationListDraft {
  readonly innerAlgorithm: Uint8Array
  readonly outerAlgorithm: Uint8Array
  readonly issuer: DraftName
  readonly thisUpdate: Date
  /** Absent: left out. */
  readonly nextUpdate: Date | undefined
  /** Contents of serial numbers. */
  readonly revoked: readonly Uint8Array[]
  readonly extensions: readonly DraftExtension[]
  readonly signature: SignatureDraft
}

export interface MatrixRevocationListInput {
  readonly issuer: { readonly subject: string; readonly key: PrivateKeySpec }
  readonly revoked: readonly Uint8Array[]
  readonly at: string
}

/** The revocation list of the country CA (Doc 9303-12, 7.2), changed as ways of writing and defects want. */
export async function matrixRevocationList(
  { issuer, revoked, at }: MatrixRevocationListInput,
  changes: readonly Change<RevocationListDraft>[],
  context: MatrixContext,
): Promise<Uint8Array> {
  const scheme = signatureScheme(context.algorithm)
  const stated = encode(signatureIdentifier(scheme))
  const identifier = keyIdentifierOf(publicKeyOf(issuer.key), context.algorithm, context.crypto)
  let draft: RevocationListDraft = {
    innerAlgorithm: stated,
    outerAlgorithm: stated,
    issuer: draftName(issuer.subject),
    thisUpdate: shiftDate(at, { days: -1 }),
    nextUpdate: shiftDate(at, { days: 30 }),
    revoked,
    extensions: [
      { oid: '2.5.29.35', value: sequence(encodeTlv(0x80, identifier)) },
      { oid: '2.5.29.20', value: integer(1) },
    ],
    signature: { key: issuer.key, scheme },
  }
  for (const change of changes) draft = await change(draft, context)
  const revokedAt = time(shiftDate(at, { days: -2 }))
  const entries = draft.revoked.map((serialNumber) => sequence(encodeTlv(0x02, serialNumber), revokedAt))
  const tbs = sequence(
    integer(1),
    draft.innerAlgorithm,
    encodeName(draft.issuer),
    time(draft.thisUpdate),
    draft.nextUpdate === undefined ? concatBytes() : time(draft.nextUpdate),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    encodeTlv(0xa0, sequence(...draft.extensions.map(encodeExtension))),
  )
  return sequence(tbs, draft.outerAlgorithm, bitString(await signDraft(draft.signature, tbs, context)))
}
