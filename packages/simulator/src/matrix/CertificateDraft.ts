import { concatBytes, encodeTlv, encodeUtf8 } from '@cccd/core'
import type { CryptoPort, PrivateKeySpec, PublicKeySpec, RandomSource, SignatureScheme } from '@cccd/crypto'
import { bitString, integer, objectIdentifier, octetString, sequence, set } from '../asn1/der.js'
import type { KeyAlgorithm } from '../issuer/KeyAlgorithm.js'

export type MatrixRole = 'csca' | 'signer' | 'master-list-signer' | 'deviation-list-signer'

/** Whoever makes something of a cell, and with what. */
export interface MatrixContext {
  readonly algorithm: KeyAlgorithm
  readonly crypto: CryptoPort
  readonly random: RandomSource
  /** A key of nobody. */
  readonly otherKey: () => Promise<PrivateKeySpec>
}

/** A signature as it will be made: with which key, over which hash, and how it is written afterwards. */
export interface SignatureDraft {
  readonly key: PrivateKeySpec
  readonly scheme: SignatureScheme
  /** What becomes of the signature, or stands in its place. */
  readonly finish?: (signature: Uint8Array, message: Uint8Array) => Uint8Array
}

export interface DraftExtension {
  readonly oid: string
  readonly critical?: boolean
  readonly value: Uint8Array
}

export interface DraftName {
  readonly attributes: readonly { readonly oid: string; readonly text: string }[]
  /** Of all but the country, which is a PrintableString. */
  readonly stringTag: number
}

/** Everything that stands in a certificate, before it is signed: what ways of writing and defects change. */
export interface CertificateDraft {
  /** Number of the version less one; absent: left out, which says version 1. */
  readonly version: number | undefined
  /** Content of the INTEGER. */
  readonly serialNumber: Uint8Array
  /** AlgorithmIdentifier in what is signed, and beside the signature. */
  readonly innerAlgorithm: Uint8Array
  readonly outerAlgorithm: Uint8Array
  readonly issuer: DraftName
  readonly notBefore: Uint8Array
  readonly notAfter: Uint8Array
  readonly subject: DraftName
  readonly publicKeyInfo: Uint8Array
  readonly uniqueIdentifier?: Uint8Array
  readonly extensions: readonly DraftExtension[]
  readonly signature: SignatureDraft
  /** Not written: what the certificate is for, and the key that it names. */
  readonly role: MatrixRole
  readonly subjectKey: PublicKeySpec
}

export type Change<Draft> = (draft: Draft, context: MatrixContext) => Draft | Promise<Draft>

/** Signs as a draft says. */
export async function signDraft(
  { key, scheme, finish }: SignatureDraft,
  message: Uint8Array,
  context: MatrixContext,
): Promise<Uint8Array> {
  const imported = await context.crypto.importPrivateKey(key)
  const signature = await imported.sign(scheme, message, context.random)
  return finish === undefined ? signature : finish(signature, message)
}

/** The certificate of a draft, in DER wherever the draft is. */
export async function signCertificateDraft(draft: CertificateDraft, context: MatrixContext): Promise<Uint8Array> {
  const none = new Uint8Array(0)
  const tbs = sequence(
    draft.version === undefined ? none : encodeTlv(0xa0, integer(draft.version)),
    encodeTlv(0x02, draft.serialNumber),
    draft.innerAlgorithm,
    encodeName(draft.issuer),
    sequence(draft.notBefore, draft.notAfter),
    encodeName(draft.subject),
    draft.publicKeyInfo,
    draft.uniqueIdentifier === undefined ? none : encodeTlv(0x82, concatBytes(Uint8Array.of(0), draft.uniqueIdentifier)),
    encodeTlv(0xa3, sequence(...draft.extensions.map(encodeExtension))),
  )
  return sequence(tbs, draft.outerAlgorithm, bitString(await signDraft(draft.signature, tbs, context)))
}

export function encodeExtension({ oid, critical, value }: DraftExtension): Uint8Array {
  return sequence(objectIdentifier(oid), ...(critical === true ? [encodeTlv(0x01, Uint8Array.of(0xff))] : []), octetString(value))
}

const country = '2.5.4.6'

export function encodeName({ attributes, stringTag }: DraftName): Uint8Array {
  return sequence(
    ...attributes.map(({ oid, text }) =>
      set(sequence(objectIdentifier(oid), encodeTlv(oid === country ? 0x13 : stringTag, encodeUtf8(text)))),
    ),
  )
}
