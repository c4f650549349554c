import { parseTlv, readOid } from '@cccd/core'
import { hashIdentifier } from '../asn1/algorithmIdentifier.js'
import { objectIdentifier, octetString } from '../asn1/der.js'
import { encode } from '../asn1/encode.js'
import { signingCertificate } from '../asn1/signingCertificate.js'
import type { Change } from './CertificateDraft.js'
import type { MatrixDefect } from './matrixDefects.js'
import type { MatrixEncoding } from './matrixEncodings.js'
import { attribute, attributeTypes, type SignedDataDraft } from './matrixSignedData.js'
import { otherHash } from './otherHash.js'
import { absentParameters, type SignedDraft, signatureDefects, unknownAlgorithm } from './signatureDefects.js'

type SignedDataChange = Change<SignedDataDraft>

const signing =
  (change: Change<SignedDraft>): SignedDataChange =>
  async (draft, context) => ({ ...draft, ...(await change(draft, context)) })

const adding =
  (added: Uint8Array): SignedDataChange =>
  (draft) => ({ ...draft, attributes: [...(draft.attributes ?? []), added] })

const without =
  (type: string): SignedDataChange =>
  (draft) => ({ ...draft, attributes: (draft.attributes ?? []).filter((each) => readOid(parseTlv(each).children()[0]) !== type) })

/** The attributes with another one of a type. */
const replacing =
  (type: string, value: Uint8Array): SignedDataChange =>
  async (draft, context) =>
    adding(attribute(type, value))(await without(type)(draft, context), context)

const digestDiffers: SignedDataChange = (draft, context) => {
  const digest = otherHash(draft.signature.scheme.hash)
  const value = octetString(context.crypto.hash(digest, draft.content ?? new Uint8Array(0)))
  return replacing(attributeTypes.messageDigest, value)({ ...draft, digestAlgorithm: encode(hashIdentifier(digest)) }, context)
}

/** What each way of writing changes in SignedData. Absent: nothing there. */
export const signedDataEncodings: Readonly<Partial<Record<MatrixEncoding, SignedDataChange>>> = {
  'attributes-unsorted': (draft) => ({ ...draft, attributes: [...(draft.attributes ?? [])].reverse() }),
  'attributes-resorted': (draft) => ({
    ...draft,
    attributes: [...(draft.attributes ?? [])].reverse(),
    signedAttributes: draft.attributes ?? [],
  }),
}

/** What each defect of a security object changes in it. */
export const signedDataDefects: Readonly<Partial<Record<MatrixDefect, SignedDataChange>>> = {
  ...Object.fromEntries(Object.entries(signatureDefects).map(([defect, change]) => [defect, signing(change)])),
  'unknown-algorithm': (draft) => ({ ...draft, signatureAlgorithm: unknownAlgorithm }),
  'pss-parameters-absent': (draft) => ({ ...draft, signatureAlgorithm: absentParameters }),
  'pss-digest-differs': digestDiffers,
  'no-signer-info': (draft) => ({ ...draft, signed: false }),
  'no-content': (draft) => ({ ...draft, content: undefined }),
  'no-certificate': (draft) => ({ ...draft, certificates: [] }),
  'no-attributes': (draft) => ({ ...draft, attributes: undefined }),
  'repeated-digest': adding(attribute(attributeTypes.messageDigest, octetString(new Uint8Array(32)))),
  'other-content-type': replacing(attributeTypes.contentType, objectIdentifier('1.2.840.113549.1.7.1')),
  'other-digest': (draft, context) =>
    replacing(attributeTypes.messageDigest, octetString(context.random(context.crypto.hash(draft.signature.scheme.hash).length)))(
      draft,
      context,
    ),
  'no-signing-time': without(attributeTypes.signingTime),
  'other-signing-certificate': (draft, context) =>
    adding(attribute(attributeTypes.signingCertificateV2, signingCertificate(context.random(32))))(draft, context),
}
