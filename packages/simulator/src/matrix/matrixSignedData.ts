import { compareBytes, encodeTlv } from '@cccd/core'
import { hashIdentifier, signatureIdentifier } from '../asn1/algorithmIdentifier.js'
import { integer, objectIdentifier, octetString, sequence, set, time } from '../asn1/der.js'
import { encode } from '../asn1/encode.js'
import { signatureScheme } from '../issuer/KeyAlgorithm.js'
import { type Change, type MatrixContext, type SignatureDraft, signDraft } from './CertificateDraft.js'
import type { MatrixAuthority } from './MatrixAuthority.js'

/** A SignedData before it is signed. */
export interface SignedDataDraft {
  readonly contentType: string
  /** Absent: left out. */
  readonly content: Uint8Array | undefined
  readonly certificates: readonly Uint8Array[]
  readonly digestAlgorithm: Uint8Array
  /** Attributes as sent; absent: none, the signature is over the content. */
  readonly attributes: readonly Uint8Array[] | undefined
  /** As they are signed, where that is another order. */
  readonly signedAttributes?: readonly Uint8Array[]
  readonly signatureAlgorithm: Uint8Array
  readonly signature: SignatureDraft
  /** Whether there is a SignerInfo at all. */
  readonly signed: boolean
}

export interface MatrixSignedDataInput {
  readonly signer: MatrixAuthority
  readonly contentType: string
  readonly content: Uint8Array
  readonly signingTime: Date
}

export const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(objectIdentifier(type), set(value))
export const attributeTypes = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const

/** CMS SignedData of one signer with its certificate (RFC 5652; Doc 9303-10, 4.6.2), changed as ways of writing and defects want. */
export async function matrixSignedData(
  input: MatrixSignedDataInput,
  changes: readonly Change<SignedDataDraft>[],
  context: MatrixContext,
): Promise<Uint8Array> {
  const { signer, contentType, content } = input
  const scheme = signatureScheme(context.algorithm)
  let draft: SignedDataDraft = {
    contentType,
    content,
    certificates: [signer.certificate],
    digestAlgorithm: encode(hashIdentifier(scheme.hash)),
    attributes: [
      attribute(attributeTypes.contentType, objectIdentifier(contentType)),
      attribute(attributeTypes.messageDigest, octetString(context.crypto.hash(scheme.hash, content))),
      attribute(attributeTypes.signingTime, time(input.signingTime)),
    ].sort(compareBytes),
    signatureAlgorithm: encode(signatureIdentifier(scheme)),
    signature: { key: signer.privateKey, scheme },
    signed: true,
  }
  for (const change of changes) draft = await change(draft, context)
  const signers = draft.signed ? [await signerInfo(draft, input, context)] : []
  const { certificates } = draft
  return sequence(
    objectIdentifier('1.2.840.113549.1.7.2'),
    encodeTlv(
      0xa0,
      sequence(
        integer(3),
        set(draft.digestAlgorithm),
        sequence(
          objectIdentifier(draft.contentType),
          ...(draft.content === undefined ? [] : [encodeTlv(0xa0, octetString(draft.content))]),
        ),
        ...(certificates.length === 0 ? [] : [encodeTlv(0xa0, ...certificates)]),
        set(...signers),
      ),
    ),
  )
}

async function signerInfo(draft: SignedDataDraft, input: MatrixSignedDataInput, context: MatrixContext): Promise<Uint8Array> {
  const { attributes, signedAttributes = attributes } = draft
  const message = signedAttributes === undefined ? input.content : set(...signedAttributes)
  return sequence(
    integer(1),
    sequence(input.signer.issuer, encodeTlv(0x02, input.signer.serialNumber)),
    draft.digestAlgorithm,
    ...(attributes === undefined ? [] : [encodeTlv(0xa0, ...attributes)]),
    draft.signatureAlgorithm,
    octetString(await signDraft(draft.signature, message, context)),
  )
}
